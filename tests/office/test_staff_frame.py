"""The frame of staff pages: the ways around by role, what was just done, and lists that go on."""

import pytest
from flask import Flask
from flask_babel import lazy_gettext

from storefront.platform import staff_pages
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.people import signed_in, staff


def test_each_role_has_its_ways(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    staff(another_client, "orders", who=ada)
    assert {"Orders", "Settings", "Audit log"} <= set(client.see("/admin").texts(".desk-links a"))
    hers = another_client.see("/admin").texts(".desk-links a")
    assert "Orders" in hers
    assert "Settings" not in hers
    for link in client.see("/admin").all(".desk a"):
        assert client.get(link.get("href", "")).status_code == 200


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/admin", ["Today"]),
        ("/admin/orders", ["Orders"]),
        ("/admin/settings/taxes", ["Settings"]),
        ("/admin/search", []),
        ("/admin/staff/new", ["Staff"]),
    ],
)
def test_one_sees_where_one_is(client: InspectingClient, address: str, here: list[str]) -> None:
    staff(client)
    assert client.see(address).texts(".desk-links [aria-current='page']") == here


def test_a_page_without_a_section_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no section 'attic'"):
        staff_pages.entry("office_home.show", lazy_gettext("Attic"), "attic")


def test_what_was_done_is_told_once_and_nothing_else(client: InspectingClient) -> None:
    staff(client)
    assert client.see("/admin/settings?done=settings-saved").text("[role='status']").startswith("Saved.")
    assert client.see("/admin/settings?done=nonsense").all(".just-done") == []
    tabs = client.see("/admin/jobs?done=job-dropped&after=7").all(".tabs a")
    assert not any("done=" in tab.get("href", "") or "after=" in tab.get("href", "") for tab in tabs)


def test_a_number_of_things_was_done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staff_pages, "_sentences", {"fired": lambda count: f"{count} kettles"})
    for asked, told in (
        ("fired&count=12", "12 kettles"),
        ("fired&count=-1", "1 kettles"),
        ("fired", "1 kettles"),
    ):
        with app.test_request_context(f"/admin?done={asked}"):
            assert staff_pages.just_done() == told


def test_charlie_leaves(client: InspectingClient) -> None:
    staff(client)
    assert client.submit(client.get("/admin"), "Sign out").status_code == 303
    assert client.get("/admin").status_code == 303


def test_a_customer_never_gets_in(client: InspectingClient) -> None:
    signed_in(client, ada)
    assert client.get("/admin").status_code == 403
