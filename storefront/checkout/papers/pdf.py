"""A paper as a PDF; what draws it is only loaded where one is drawn, because it takes as long as all else."""

from storefront.checkout.papers.paper import Paper


def draw(paper: Paper, zone: str, country: str = "") -> bytes:
    """The file, the same for the same paper, byte by byte; `country` decides the size of the sheet."""
    from storefront.checkout.papers import sheet  # noqa: PLC0415 - see above

    return sheet.draw(paper, zone, country)
