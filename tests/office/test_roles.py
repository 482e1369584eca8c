"""Who may open which staff page: the table in docs/roles.md, held against every address as everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from storefront.platform import ROOT
from storefront.platform.security import ROLES
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.people import signed_in, staff

TABLE = ROOT / "docs/roles.md"
CONVERTER = re.compile(r"<(?:[^:>]+:)?(\w+)>")
GUEST, CUSTOMER = "guest", "customer"


@dataclass(frozen=True)
class Way:
    """One address and a method it answers to."""

    address: str
    method: str

    def concrete(self) -> str:
        """The address of something that is not there."""
        return CONVERTER.sub("1", self.address)


def ways_of(rule: Rule) -> Iterator[Way]:
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield Way(CONVERTER.sub(r"<\1>", rule.rule), method)


def staff_ways(app: Flask) -> set[Way]:
    """Every address of the application that belongs to staff."""
    rules = (rule for rule in app.url_map.iter_rules() if re.match(r"/admin(/|$)", rule.rule))
    return {way for rule in rules for way in ways_of(rule)}


def written() -> dict[Way, frozenset[str]]:
    """What the table says: which roles may go where."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")] for line in TABLE.read_text().splitlines()
    ]
    found = [row for row in rows if row[0].startswith("/admin")]
    heads = next(row for row in rows if row[0] == "Address")[2:]
    assert tuple(heads) == ROLES
    return {
        Way(row[0], method.strip()): frozenset(
            role for role, may in zip(heads, row[2:], strict=True) if may == "yes"
        )
        for row in found
        for method in row[1].split(",")
    }


def test_the_table_names_every_staff_page_and_no_other(app: Flask) -> None:
    known, there = set(written()), staff_ways(app)
    lines = [
        f"| {way.address} | {way.method} | yes | ? | ? |"
        for way in sorted(there - known, key=lambda way: (way.address, way.method))
    ]
    assert not lines, "docs/roles.md does not say who may go there; add, with yes or no:\n" + "\n".join(lines)
    assert not known - there, "docs/roles.md names what is no longer there"


def test_owners_may_do_everything() -> None:
    assert [way for way, roles in written().items() if "owner" not in roles] == []


@pytest.mark.parametrize("who", [GUEST, CUSTOMER, *ROLES])
def test_everybody_opens_what_is_theirs_and_nothing_else(
    client: InspectingClient, app: Flask, who: str
) -> None:
    if who == CUSTOMER:
        signed_in(client, ada)
    elif who != GUEST:
        staff(client, who)
    wrong = []
    for way, roles in written().items():
        # Whether the pages are as pages must be is for their own tests.
        answer = FlaskClient.open(client, way.concrete(), method=way.method, buffered=True)
        found = what_happened(app, answer)
        wanted = "led to the door" if who == GUEST else "opened" if who in roles else "refused"
        if found != wanted:
            wrong.append(f"{way.method} {way.address}: {who} was {found} ({answer.status_code})")
    assert wrong == []


def what_happened(app: Flask, answer: TestResponse) -> str:
    with app.test_request_context():
        door = url_for("sign_in.new")
    if answer.status_code == 303 and answer.headers["Location"].startswith(door):
        return "led to the door"
    if answer.status_code == 500:
        return "met by a broken page"
    return "refused" if answer.status_code == 403 else "opened"
