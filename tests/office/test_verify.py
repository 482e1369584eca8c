"""Each invariant finds what is planted for it, and nothing in a shop that does its business."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, text

from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.changing import CameBack, cancel_lines, take_back
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.office import commands, verify
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform import audit, db
from storefront.platform.acting import Actor, acting_as
from storefront.platform.money import Money
from tests.characters import a_kettle, a_product, a_variant, ada, ben
from tests.people import an_account
from tests.reviewing import a_review
from tests.shopping import a_cart, an_order


@pytest.fixture
def busy_shop(database: None) -> Order:
    """A shop in which everything has happened once; returns an order that is open and unpaid."""
    money_comes_back()
    reduced = a_variant(a_product("Book", tax_class="reduced"), price=1999, tracked=False)
    kettle = a_kettle(20)
    fetched = an_order((kettle, 2), (reduced, 1))
    pack_order(fetched.id)
    ready_order(fetched.id)
    deliver_order(fetched.id)
    settle_order(fetched.id)
    sent = an_order((kettle, 1), who=ben, delivery="home", payment="bank_transfer")
    settle_order(sent.id)
    pack_order(sent.id)
    ship_order(sent.id)
    cancel_order(an_order((kettle, 3)).id)
    overdue(an_order((kettle, 1), payment="bank_transfer"))
    assert expire_one_order()
    a_cart((kettle, 1))
    a_review(kettle, 4)
    rename_kettle(kettle.product_id)
    return an_order((kettle, 4), (reduced, 2), delivery="home", payment="cash_on_delivery")


def money_comes_back() -> None:
    """Lines are cancelled before and after the payment, a parcel comes back, and money with it."""
    kettle, cup = a_kettle(20), a_kettle(20, title="Cup", price=1250)
    order = an_order((kettle, 3), (cup, 4), delivery="home", payment="bank_transfer")
    kettles, cups = (line.id for line in orders.with_id(order.id).lines)
    cancel_lines(order.id, {kettles: 1}, "broken")
    settle_order(order.id)
    cancel_lines(order.id, {cups: 1}, "gone")
    pack_order(order.id)
    ship_order(order.id)
    take_back(order.id, {cups: CameBack(1, 1), kettles: CameBack(1)}, "chipped")
    refund_order(order.id, RefundRequest(Money(2500, "EUR"), "cash"))
    refused = an_order((kettle, 3), delivery="home", payment="cash_on_delivery")
    lines = [line.id for line in orders.with_id(refused.id).lines]
    cancel_lines(refused.id, {lines[0]: 1})
    pack_order(refused.id)
    ship_order(refused.id)
    take_back(refused.id, {lines[0]: CameBack(1)})
    an_account(ada)


def rename_kettle(product_id: int) -> None:
    with acting_as(Actor("staff", "1")), db.transaction() as session:
        session.execute(
            text("UPDATE products SET title = 'Jug', version = 2 WHERE id = :it"), {"it": product_id}
        )
        audit.note("products", product_id, {"title": "Kettle"}, {"title": "Jug"}, version=2)


def overdue(order: Order) -> None:
    with db.transaction() as session:
        session.execute(
            text("UPDATE orders SET expires_at = now() - interval '3 minutes' WHERE id = :id"),
            {"id": order.id},
        )


@pytest.fixture
def planting(busy_shop: Order) -> Iterator[Connection]:
    """A connection on which every rule of the database is off; what it plants is undone."""
    db.release()  # Nobody else may hold a table whose constraint is dropped.
    with db.engine().connect() as connection:
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.rollback()


def broken(connection: Connection) -> set[str]:
    return {finding.invariant.code for finding in verify.examine(connection) if finding.violations}


def test_a_shop_that_does_its_business_is_clean(busy_shop: Order) -> None:
    with verify.snapshot() as connection:
        findings = verify.examine(connection)
    assert [(found.invariant.code, found.rows) for found in findings if found.violations] == []
    assert all(found.checked > 0 for found in findings)


def test_an_empty_shop_is_clean(database: None) -> None:
    with verify.snapshot() as connection:
        assert broken(connection) == set()


STOCK = "variant_id = (SELECT max(variant_id) FROM stock)"
LATEST = "id = (SELECT max(id) FROM orders)"
WORKER = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now());"

PLANTS = {
    "I1 a unit appears": f"UPDATE stock SET on_hand = on_hand + 1 WHERE {STOCK}",
    "I1 a movement of nothing counted": "INSERT INTO stock_movements"
    " (variant_id, quantity, reason, actor_kind, at)"
    " SELECT id, 1, 'count', 'cli', now() FROM variants WHERE NOT tracked",
    "I2 oversold": "ALTER TABLE stock DROP CONSTRAINT ck_stock_never_oversold;"
    f" UPDATE stock SET reserved = on_hand + 1 WHERE {STOCK}",
    "I3 a promise forgotten": f"UPDATE stock SET reserved = 0 WHERE {STOCK}",
    "I4 a hold outlives its end": f"{WORKER} UPDATE orders SET expires_at = now() - interval '3 minutes'"
    f" WHERE {LATEST}",
    "I5 a sale less": "UPDATE stock_movements SET quantity = quantity + 1 WHERE reason = 'sale'"
    " AND quantity < -1",
    "I5 a sale of another variant": "UPDATE stock_movements SET variant_id = variant_id - 1"
    " WHERE reason = 'sale'",
    "I5 more came back than went": "INSERT INTO stock_movements"
    " (variant_id, quantity, reason, order_line_id, actor_kind, at)"
    " SELECT variant_id, 99, 'return', order_line_id, 'cli', now() FROM stock_movements"
    " WHERE reason = 'sale'",
    "I5 more on the shelf again than came": "UPDATE line_reductions SET restocked = restocked + 1"
    " WHERE restocked < quantity",
    "I5 written off and not noted": "DELETE FROM stock_movements WHERE reason = 'write_off'",
    "I6 a cancelled line forgotten": "DELETE FROM line_reductions WHERE credit_note_id IS NULL",
    "I6 a cent more": f"UPDATE orders SET total = total + 1 WHERE {LATEST}",
    "I7 a tax less": f"UPDATE orders SET tax = tax - 1 WHERE {LATEST}",
    "I7 a rate less": f"UPDATE orders SET taxes = taxes - 0 WHERE {LATEST}",
    "I7 a discount": f"UPDATE orders SET discount = 1 WHERE {LATEST}",
    "I7 a discount of a line": "UPDATE order_lines SET discount = 1",
    "I7 a cancelled tax less": "UPDATE line_reductions SET tax = tax - 1, net = net + 1"
    " WHERE credit_note_id IS NULL",
    "I8 no invoice": "DELETE FROM invoices",
    "I8 an invoice of nothing": f"UPDATE invoices SET order_id = (SELECT id FROM orders WHERE {LATEST})"
    " WHERE number = 1",
    "I8 two invoices": "ALTER TABLE invoices DROP CONSTRAINT uq_invoices_order_id;"
    " UPDATE invoices SET order_id = (SELECT min(order_id) FROM invoices)",
    "I9 a gap": "UPDATE invoices SET number = number + 9 WHERE number = 2",
    "I9 a number twice": "ALTER TABLE invoices DROP CONSTRAINT uq_invoices_series_number;"
    " UPDATE invoices SET number = 1",
    "I9 a gap between credit notes": "UPDATE credit_notes SET number = 9 WHERE number = 2",
    "I9 a series without invoices": "INSERT INTO number_series VALUES ('1999', 3)",
    "I10 another total": "UPDATE invoices SET total = total + 1 WHERE number = 1",
    "I10 credited and never to be sent": "UPDATE payments SET to_refund = 0",
    "I10 more credited than invoiced": "UPDATE credit_notes SET total = 10 ^ 6, tax = 0,"
    ' taxes = \'[{"net": 1000000, "tax": 0}]\', lines = \'[{"net": 1000000, "tax": 0}]\'',
    "I10 a credit note that does not add up": "UPDATE credit_notes SET taxes = '[]'",
    "I10 a credit note gone": "DELETE FROM credit_notes WHERE number = 1",
    "I11 less to pay, and nobody knows why": "UPDATE credit_notes SET paid = true",
    "I11 captured more": "ALTER TABLE payments DROP CONSTRAINT ck_payments_amounts;"
    " UPDATE payments SET captured = authorised + 1",
    "I11 paid in part": "UPDATE payments SET captured = 1 WHERE state = 'captured'",
    "I11 another amount": "UPDATE payments SET amount = amount + 1",
    "I12 two alive": "DROP INDEX uq_payments_one_alive;"
    " INSERT INTO payments (order_id, method, provider, state, currency, amount, created_at)"
    " SELECT order_id, method, provider, 'created', currency, amount, created_at FROM payments",
    "I12 none at all": "DELETE FROM payments",
    "I13 an event twice": "INSERT INTO payment_events (payment_id, provider, event_id, kind, amount, at)"
    " SELECT payment_id, provider, event_id || '2', kind, amount, at FROM payment_events",
    "I13 a refund without its way": "DELETE FROM refunds",
    "I17 a key without its order": "UPDATE idempotency_keys SET answer = 'gone'",
    "I17 two orders of a cart": "ALTER TABLE orders DROP CONSTRAINT uq_orders_cart_id;"
    " UPDATE orders SET cart_id = (SELECT min(cart_id) FROM orders)",
    "I17 a cart still open": "UPDATE carts SET closed = false",
    "I17 a cart closed without an order": "UPDATE carts SET closed = true",
    "I18 a state without a step": f"UPDATE orders SET state = 'closed' WHERE {LATEST}",
    "I18 a step too far": "UPDATE state_changes SET to_state = 'delivered' WHERE to_state = 'packed'",
    "I18 no history": "DELETE FROM state_changes WHERE subject = 'payment'",
    "I19 no confirmation": "DELETE FROM messages WHERE starts_with(dedupe_key, 'order-placed:')",
    "I19 no receipt": "DELETE FROM messages WHERE starts_with(dedupe_key, 'order-paid:')",
    "I19 waits too long": f"{WORKER} UPDATE messages SET created_at = now() - interval '11 minutes'",
    "I20 two for one reason": "ALTER TABLE messages DROP CONSTRAINT uq_messages_dedupe_key;"
    " INSERT INTO messages (dedupe_key, recipient, created_at)"
    " SELECT dedupe_key, recipient, now() FROM messages",
    "I20 sent without a moment": "UPDATE messages SET state = 'sent'",
    "I21 no lines": "DELETE FROM order_lines",
    "I21 no order": "DELETE FROM orders",
    "I21 no fulfilment": "DELETE FROM fulfilments",
    "I21 a hold of a cancelled order": "UPDATE orders SET state = 'cancelled' WHERE state = 'open'",
    "I21 a hold let go": "UPDATE reservations SET state = 'released'",
    "I21 more cancelled than ordered": "UPDATE line_reductions SET quantity = 100",
    "I22 a credit note rewritten": "UPDATE credit_notes SET buyer = '{}'",
    "I22 a reduction rewritten": "UPDATE line_reductions SET reason = 'other'",
    "I22 a refund rewritten": "UPDATE refunds SET reference = 'other'",
    "I22 a line rewritten": "UPDATE order_lines SET title = 'Teapot'",
    "I22 an invoice rewritten": "UPDATE invoices SET buyer = '{}'",
    "I22 a movement rewritten": "UPDATE stock_movements SET at = at - interval '1 day'",
    "I22 an entry rewritten": "UPDATE audit_log SET actor_id = '2'",
    "I23 a version of nobody": "DELETE FROM audit_log",
    "I24 a review uncounted": "UPDATE reviews SET rating = 1",
    "I24 stars of nobody": "UPDATE products SET rating_average = 5, rating_count = 1",
    "I25 a password in plain": "ALTER TABLE accounts DROP CONSTRAINT ck_accounts_password;"
    " UPDATE accounts SET password = 'three blue kettles'",
    "I25 a secret in plain": "UPDATE accounts SET totp_secret = 'JBSWY3DPEHPK3PXP'",
    "I25 a code in plain": "INSERT INTO recovery_codes (account_id, code_hash)"
    " SELECT id, 'abcd-efgh' FROM accounts",
    "I24 another order in lists": "UPDATE search_entries SET rating = rating + 1",
}


def test_each_planted_violation_is_found(planting: Connection, subtests: pytest.Subtests) -> None:
    assert broken(planting) == set()
    for plant, statements in PLANTS.items():
        with subtests.test(plant):
            savepoint = planting.begin_nested()
            planting.exec_driver_sql(statements)
            found = broken(planting)
            savepoint.rollback()
            assert plant.partition(" ")[0] in found


def test_every_invariant_has_a_plant() -> None:
    assert {plant.partition(" ")[0] for plant in PLANTS} == {found.code for found in verify.INVARIANTS}


def test_the_snapshot_cannot_write(database: None) -> None:
    with verify.snapshot() as connection, pytest.raises(Exception, match="read-only transaction"):
        connection.execute(text("DELETE FROM carts"))


def test_a_worker_that_is_gone_excuses_what_is_late(planting: Connection) -> None:
    planting.exec_driver_sql(PLANTS["I4 a hold outlives its end"].removeprefix(WORKER))
    planting.exec_driver_sql(PLANTS["I19 waits too long"].removeprefix(WORKER))
    assert broken(planting) == set()


def test_the_command_prints_a_table_and_succeeds(busy_shop: Order) -> None:
    done = CliRunner().invoke(commands.verify)
    assert done.exit_code == 0, done.output
    assert "I1 " in done.output
    assert "on hand of each variant is the sum of its stock movements" in done.output


def test_the_command_names_the_rows_and_fails(busy_shop: Order) -> None:
    with db.transaction() as session:
        session.execute(text("SET LOCAL session_replication_role = replica"))
        session.execute(text(f"UPDATE orders SET total = total + 100 WHERE {LATEST}"))
    done = CliRunner().invoke(commands.verify)
    assert done.exit_code == 1
    assert f"number {busy_shop.number}, total {busy_shop.total + 100}" in done.output
