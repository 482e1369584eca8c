"""The shop without what keeps its pages, and beside it the cheapest page that Flask can make.

`gunicorn tests.bench.pages.beside:app`; both are answered by the same processes.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from storefront import create_app
from tests.bench.pages import constant

_shop, _plain = create_app(), Flask("plain")


@_plain.get(constant.ADDRESS)
def page() -> str:
    return constant.PAGE


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI, straight into Flask: every page is built."""
    answers = _plain if environ["PATH_INFO"] == constant.ADDRESS else _shop
    return Flask.wsgi_app(answers, environ, start_response)
