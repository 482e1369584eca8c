"""What is there to be found, read from the catalog's own tables: SQL that the index is written from."""

BOUNDS = (1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000)
"""Where one price range ends and the next begins, in minor units: 10, 25, 50, 100 and so on."""
MOST_STARS = 4
"""So many stars and up may be asked for; nobody would find anything by all five."""
PARAMETERS = (
    *("q", "price", "in_stock", "sort", "after", "from", "to", "brand", "category", "variant", "rating"),
    *("endpoint", "slug"),
)
"""Words that addresses are made with, which an option of that name must not take over.

The database knows them, too: its function option_facet() gives such an option another name."""
ZERO = "B'0'::bit(4096)"  # A literal, so that it is made once in a statement and not once in a row.

_BOUNDS = ", ".join(map(str, BOUNDS))

# Products on sale between two ids, with all that is said of them.
SPOKEN = """
    wanted AS (
        SELECT id AS product_id, title, price_from AS price, featured, published_at, brand,
            array_to_string(tags, ' ') AS tags, description, option_names, rating_average,
            coalesce((rating_average * 100)::bigint, 0) * 1000000 + least(rating_count, 999999) AS rating
        FROM products
        WHERE id BETWEEN :low AND :high
          AND status = 'active' AND published_at IS NOT NULL AND price_from IS NOT NULL
    ), above (product_id, category_id) AS (
        SELECT product_id, category_id FROM shelf_places JOIN wanted USING (product_id)
        UNION
        SELECT product_id, parent_id FROM above JOIN categories ON categories.id = above.category_id
        WHERE parent_id IS NOT NULL
    ), live AS (
        SELECT product_id, id, position, sku, barcode, option_values
        FROM variants JOIN wanted USING (product_id) WHERE archived_at IS NULL
    ), shelves AS (
        SELECT product_id, string_agg(title, ' ' ORDER BY title) AS shelves
        FROM above JOIN categories ON categories.id = above.category_id GROUP BY product_id
    ), options AS (
        SELECT product_id, string_agg(DISTINCT value, ' ') AS options
        FROM live CROSS JOIN unnest(option_values) AS value GROUP BY product_id
    ), codes AS (
        SELECT product_id, string_agg(
            lower(sku) || coalesce(E'\\n' || nullif(lower(barcode), ''), ''), E'\\n' ORDER BY position, id
        ) AS codes
        FROM live GROUP BY product_id
    ), spoken AS (
        SELECT wanted.*, concat_ws(' ', brand, shelves, tags) AS around, coalesce(options, '') AS options,
            E'\\n' || coalesce(codes, '') || E'\\n' AS codes
        FROM wanted
        LEFT JOIN shelves USING (product_id) LEFT JOIN options USING (product_id)
        LEFT JOIN codes USING (product_id)
    )
"""

# Each facet's value that each of them has.
MARKS = f"""
    marks (product_id, facet, value, name, title, category_id) AS (
        SELECT product_id, '', 'all', '', '', NULL::bigint FROM wanted
        UNION ALL
        SELECT product_id, 'category', category_id::text, '', '', category_id FROM above
        UNION ALL
        SELECT product_id, 'brand', address_part(brand), '', brand, NULL FROM wanted WHERE brand <> ''
        UNION ALL
        SELECT product_id, 'price', width_bucket(price, ARRAY[{_BOUNDS}]::bigint[])::text, '', '', NULL
        FROM wanted
        UNION ALL
        SELECT product_id, 'rating', stars::text, '', '', NULL
        FROM wanted JOIN generate_series(1, {MOST_STARS}) AS stars ON rating_average >= stars
        UNION ALL
        SELECT DISTINCT product_id, option_facet(name), address_part(value), name, value, NULL::bigint
        FROM live JOIN wanted USING (product_id)
        CROSS JOIN unnest(option_names, option_values) AS said(name, value)
        WHERE name IS NOT NULL AND value IS NOT NULL
    )
"""  # noqa: S608 - every part is ours

HEAD = """
    setweight(to_tsvector('storefront', title), 'A') || setweight(to_tsvector('storefront', around), 'B')
    || setweight(to_tsvector('storefront', options), 'C')
"""
BODY = "strip(to_tsvector('storefront', description))"
NAMES = "to_tsvector('storefront_plain', concat_ws(' ', title, around, options))"
WORDS = "to_tsvector('storefront_plain', concat_ws(' ', title, around, options, description))"

# Words that English leaves out have no stem; a colon in SQL of ours needs its backslash.
STEM = "(ts_lexize('english_stem', word))[1]"
IS_WORD = rf"word ~ '^[[\:alnum\:]]{{2,40}}$' AND {STEM} IS NOT NULL"
