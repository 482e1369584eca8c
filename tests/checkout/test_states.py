"""The state tables in the documentation are those in the code, and nothing moves besides."""

import re

import pytest

from storefront.orders.models import FULFILMENT_MOVES, ORDER_MOVES
from storefront.payments.models import DEAD, MOVES
from storefront.platform import ROOT

Moves = set[tuple[str, str]]
ARROW = re.compile(r"^\s+(\S+) --> (\S+)$", re.MULTILINE)
TABLES = {"Order": ORDER_MOVES, "Fulfilment": FULFILMENT_MOVES, "Payment": MOVES}


def drawn(title: str) -> Moves:
    text = (ROOT / "docs" / "architecture.md").read_text()
    section = text.partition(f"\n### {title}\n")[2].partition("\n##")[0]
    return set(ARROW.findall(section))


@pytest.mark.parametrize("title", TABLES)
def test_what_is_drawn_is_what_is_allowed(title: str) -> None:
    assert {move for move in drawn(title) if move[0] != "[*]"} == TABLES[title]


@pytest.mark.parametrize("title", TABLES)
def test_every_state_can_be_reached(title: str) -> None:
    reached = {to for start, to in drawn(title) if start == "[*]"}
    for _ in TABLES[title]:
        reached |= {to for start, to in TABLES[title] if start in reached}
    assert reached == {state for move in TABLES[title] for state in move}


def test_a_dead_payment_lives_again_only_by_late_money() -> None:
    assert {move for move in MOVES if move[0] in DEAD} == {("expired", "captured")}
