"""What the worker does for pictures, for searching, for many products, for imports, and by the clock."""

from storefront.catalog.bringing import bring_pictures
from storefront.catalog.bulk.actions import carry_out
from storefront.catalog.rendering import render_image
from storefront.catalog.scheduling import actions as planned
from storefront.catalog.searching import rebuilding
from storefront.catalog.shelving.actions import find_all_again
from storefront.catalog.uploaded import running
from storefront.platform import jobs


@jobs.task("catalog.render_image")
def render(image_id: int) -> None:
    """Make the sizes that pages choose from."""
    render_image(image_id)


@jobs.task("catalog.bring_pictures")
def bring(product_id: int, attempt: int) -> None:
    """Fetch what an import named by its address."""
    bring_pictures(product_id, attempt)


@jobs.periodic("catalog.tidy_search", "17 4 * * *")
def tidy_search() -> None:
    """Count the words again."""
    rebuilding.count_words()


@jobs.task("catalog.change_in_bulk")
def change_in_bulk(bulk_id: int) -> None:
    """Change many products, one after the other."""
    carry_out(bulk_id)


@jobs.task("catalog.run_upload")
def run_upload(upload_id: int) -> None:
    """Rehearse a catalog that staff brought, or import it."""
    running.run(upload_id)


@jobs.task("catalog.find_again")
def find_again(category_id: int) -> None:
    """Let lists and searches know a shelf's products by its new words."""
    find_all_again(category_id)


@jobs.errand
def turn_prices() -> None:
    """Begin and end sales."""
    planned.turn_prices()


@jobs.errand
def publish_due() -> None:
    """Publish drafts whose time has come."""
    planned.publish_due()
