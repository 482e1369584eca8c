-- A year of a shop, written past the shop: its goods, people, their orders, and what comes with them.
-- Filled in by years.py.

INSERT INTO products (slug, title, description, brand, tags, status, option_names, price_from, created_at, updated_at,
    published_at)
SELECT 'kettle-' || n,
       (ARRAY['Kettle','Teapot','Jug','Bowl','Plate','Vase','Lamp','Mug'])[1 + n % 8] || ' no. ' || n, 'Made by hand.',
       'Kiln', '{}', CASE WHEN n % 50 = 0 THEN 'draft' ELSE 'active' END, '{}', 4800, now() - n * interval '5 minutes',
       now() - n * interval '5 minutes', now()
FROM generate_series(1, :products) n;

INSERT INTO variants (product_id, sku, barcode, option_values, position)
SELECT id, 'KILN-' || id, '', '{}', 0 FROM products ORDER BY id;

INSERT INTO prices (variant_id, currency, amount) SELECT id, 'EUR', 4800 FROM variants;

INSERT INTO stock (variant_id, product_id, on_hand) SELECT id, product_id, id % 60 FROM variants;

INSERT INTO accounts (email, email_key, name, phone, locale, created_at, confirmed_at)
SELECT 'customer' || n || '@example.com', 'customer' || n || '@example.com',
       (ARRAY['Ada','Ben','Carla','Dmitri','Elif','Femi','Greta','Hugo'])[1 + n % 8] || ' '
       || (ARRAY['Lindt','Okafor','Weiss','Novak','Yilmaz','Adeyemi','Berg','Marchetti'])[1 + n / 8 % 8]
       || ' ' || n, '', 'en', now() - n * interval '8 minutes', now() - n * interval '8 minutes'
FROM generate_series(1, :accounts) n;

INSERT INTO orders (token, account_id, state, currency, prices_include_tax, name, email, phone, locale, note,
    delivery_method, payment_method, shipping_price, shipping_net, shipping_tax, shipping_tax_rate, discount,
    tax, taxes, total, placed_at)
SELECT md5('order' || n), CASE WHEN n % 3 = 0 THEN a.id END,
       CASE WHEN n < 300 THEN 'open' WHEN n % 20 = 0 THEN 'cancelled' ELSE 'closed' END, 'EUR', true,
       coalesce(a.name, 'Guest ' || n), coalesce(a.email, 'guest' || n / 2 || '@example.net'), '+49 30 555', 'en',
       '', 'pickup', 'pay_on_pickup', 0, 0, 0, 0.19, 0, 900 + n % 700, '[]', 4800 + 37 * (n % 200),
       now() - n * interval '160 seconds'
FROM generate_series(1, :orders) n
LEFT JOIN accounts a ON n % 3 = 0 AND a.email_key = 'customer' || 1 + n * 7 % :accounts || '@example.com';

INSERT INTO order_lines (order_id, position, variant_id, product_id, sku, title, choice, tracked, quantity,
    unit_price, discount, tax_class, tax_rate, net, tax)
SELECT o.id, p, v.id, v.product_id, v.sku, 'Kettle ' || v.product_id, '', true, 1 + o.id % 3,
       4800, 0, 'standard', 0.19, 4034, 766
FROM orders o CROSS JOIN generate_series(0, 1) p
JOIN variants v ON v.sku = 'KILN-' || (SELECT min(id) FROM products) + (o.id * 13 + p * 7919) % :products;

INSERT INTO fulfilments (order_id, state, handed_over_at)
SELECT id, CASE state WHEN 'closed' THEN 'delivered' ELSE 'waiting' END,
       CASE state WHEN 'closed' THEN placed_at + interval '2 days' END FROM orders;
INSERT INTO payments (order_id, method, provider, state, currency, amount, authorised, captured, created_at)
SELECT id, 'pay_on_pickup', 'manual', CASE state WHEN 'closed' THEN 'captured' WHEN 'open' THEN 'authorised'
       ELSE 'voided' END, 'EUR', total, total, CASE state WHEN 'closed' THEN total ELSE 0 END, placed_at FROM orders;
INSERT INTO messages (dedupe_key, recipient, state, created_at, sent_at)
SELECT 'order-placed:' || id, email, CASE WHEN id % 5000 = 0 THEN 'waiting' ELSE 'sent' END, placed_at,
       placed_at FROM orders;
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
SELECT 'default', 'checkout.confirm', jsonb_build_object('order_id', id),
       CASE WHEN id % 4000 = 0 THEN 'failed' ELSE 'succeeded' END::procrastinate_job_status, 1 FROM orders;
INSERT INTO procrastinate_events (job_id, type, at) SELECT id, 'deferred', now() FROM procrastinate_jobs;
INSERT INTO audit_log (subject, subject_id, version, before, after, actor_kind, actor_id, request_id, address, at)
SELECT (ARRAY['orders','products','variants','stock'])[1 + id % 4], id::text, 1, '{"state": "waiting"}',
       '{"state": "packed"}', CASE WHEN id % 7 = 0 THEN 'cli' ELSE 'staff' END, (id % 9)::text,
       md5(id::text), '192.0.2.1', placed_at FROM orders ORDER BY placed_at;
