"""Who is signed in: known where somebody asks, for as long as the row says, and nowhere else."""

from flask import Flask

from storefront.platform import http, security
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.people import signed_in


def test_ada_is_known_and_a_guest_is_not(app: Flask, database: None, client: InspectingClient) -> None:
    account = signed_in(client, ada)
    key = client.get_cookie(http.cookie_name("account"))
    assert key is not None
    with app.test_request_context(headers={"Cookie": f"{key.key}={key.value}"}):
        found = security.person()
    assert found is not None
    assert (found.id, found.name, found.email, found.roles) == (account.id, ada.name, ada.email, frozenset())
    with app.test_request_context():
        assert security.person() is None
