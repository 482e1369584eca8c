"""A page built anew behind a reader's back is not put down to that reader; a refusal is nobody else's."""

import time
from collections.abc import Callable

from flask import Flask

from tests.characters import a_kettle
from tests.platform.conftest import another_app

__all__ = ["another_app"]


def status(app: Flask, address: str = "192.0.2.7") -> tuple[int, str]:
    answer = app.test_client().get("/search?q=kettle", headers={"X-Forwarded-For": address})
    return answer.status_code, answer.headers["Cache-Status"]


def test_building_anew_is_put_down_to_nobody(another_app: Callable[..., Flask]) -> None:
    a_kettle()
    app = another_app(rate_limit_search="1/hour", rate_limit_calls=1, cache_search=1)
    assert status(app) == (200, "storefront; fwd=miss; stored")
    time.sleep(1.1)  # The page's own time, not luck: after it the page is old.
    assert status(app) == (200, "storefront; hit; detail=stale")
    deadline = time.monotonic() + 20
    while (found := status(app)) != (200, "storefront; hit"):
        assert found[0] == 200
        assert time.monotonic() < deadline


def test_a_refusal_is_kept_for_nobody(another_app: Callable[..., Flask]) -> None:
    a_kettle()
    app = another_app(rate_limit_search="1/hour", trusted_proxies=1)
    app.test_client().get("/search?q=none", headers={"X-Forwarded-For": "192.0.2.7"})
    assert status(app) == (429, "storefront; fwd=bypass")
    assert status(app, "192.0.2.8") == (200, "storefront; fwd=miss; stored")
    assert status(app) == (200, "storefront; hit")
