"""The API's document from the command line."""

import click


@click.command()
def openapi() -> None:
    """Print the document of the API (OpenAPI 3.1): `storefront openapi > docs/openapi.json`."""
    from flask import current_app

    from storefront.platform.json_api import openapi as assembled

    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented
    click.echo(assembled.written(app))
