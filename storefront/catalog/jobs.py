"""What the worker does for pictures, and for searching."""

from storefront.catalog.bringing import bring_pictures
from storefront.catalog.rendering import render_image
from storefront.catalog.searching import actions as searches
from storefront.catalog.searching import rebuilding
from storefront.catalog.sweeping import sweep_pictures
from storefront.platform import jobs, storage


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
    """Count the words again, and forget what was missed long ago."""
    rebuilding.count_words()
    searches.forget_missed()


@jobs.periodic("catalog.sweep_pictures", "47 3 * * *")
def sweep() -> None:
    """Remove the files of pictures that are gone."""
    sweep_pictures(storage.media())
