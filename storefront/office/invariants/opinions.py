"""What must be true of ratings: a product's is what its published reviews say, and lists go by it."""

from storefront.office.invariants.invariant import Invariant

RATED = Invariant(
    "I24",
    "average and number of a product's ratings are those of its published reviews, in lists too",
    "SELECT count(*) FROM products",
    """
    WITH said AS (
        SELECT products.id, round(sum(rating)::numeric / count(rating), 2) AS average,
            count(rating) AS reviews
        FROM products LEFT JOIN reviews ON product_id = products.id AND state = 'published'
        GROUP BY products.id
    )
    SELECT slug, rating_average, average, rating_count, reviews, entry.rating AS in_lists
    FROM said JOIN products USING (id) LEFT JOIN search_entries AS entry ON entry.product_id = products.id
    WHERE (rating_average, rating_count) IS DISTINCT FROM (average, reviews)
       OR entry.rating <> coalesce((average * 100)::bigint, 0) * 1000000 + least(reviews, 999999)
    """,
)
INVARIANTS = (RATED,)
