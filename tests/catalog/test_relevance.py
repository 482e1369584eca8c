"""Sixty searches in the shop's first catalog, and what must stand first."""

from pathlib import Path

import pytest

from storefront.catalog.finding import find
from storefront.catalog.sorting import RELEVANCE
from storefront.catalog.wishes import Wish
from storefront.config import Settings
from storefront.demo import mark, seed
from storefront.demo.window import SAME
from storefront.platform import db
from tests.characters import CURRENCY

RIGHT = 58
SEARCHES = {
    # by their names, in full and in part
    "harbour vase": "harbour-vase",
    "vase": "harbour-vase",
    "moon jar": "moon-jar",
    "teapot": "slow-teapot",
    "slow": "slow-teapot",
    "salt": "salt-cellar",
    "porridge": "porridge-bowl",
    "waffle": "waffle-towel",
    "tiles": "hand-cut-tiles",
    "trowel": "hand-trowel",
    "watering": "watering-can",
    # plurals, and words in another form
    "mugs": "everyday-mug",
    "vases": "harbour-vase",
    "teapots": "slow-teapot",
    "napkin": "table-napkins",
    "candle": "beeswax-candles",
    "baskets": "willow-basket",
    "stacking cup": "stacking-cups",
    "planters": "step-planter",
    "box": "nesting-boxes",
    "brushes": "dish-brush",
    # beginnings, ends and insides of words
    "plant": "step-planter",
    "chamber": "chamberstick",
    "stick": "chamberstick",
    "wax": "beeswax-candles",
    "nest": "nesting-boxes",
    "breadboard": "bread-board",
    "soapdish": "soap-dish",
    # slips of the finger
    "teapto": "slow-teapot",
    "porrige bowl": "porridge-bowl",
    "wafle towel": "waffle-towel",
    "chambrestick": "chamberstick",
    "harbor vase": "harbour-vase",
    "mgu": "everyday-mug",
    "jgu": "pouring-jug",
    "wilow basket": "willow-basket",
    "wattering can": "watering-can",
    "candels": "beeswax-candles",
    "plater": "step-planter",
    "naptkins": "table-napkins",
    # accents, capitals and signs
    "TEAPOT": "slow-teapot",
    "tèapot": "slow-teapot",
    "hand cut tiles": "hand-cut-tiles",
    "Hand-cut tiles!": "hand-cut-tiles",
    "  moon   jar ": "moon-jar",
    # article numbers and barcodes, whole and in part
    "HV-TID-L": "harbour-vase",
    "hv-tid": "harbour-vase",
    "wt-sag-b": "waffle-towel",
    "PR-5": "peg-rail",
    "bc": "beeswax-candles",
    "2004000000433": "bread-board",
    "0433": "bread-board",
    "TID-12": "pouring-jug",
    # what it is made of, its colour, its maker, what it is for
    "terracotta": "step-planter",
    "oak": "bread-board",
    "celadon teapot": "slow-teapot",
    "wool": "wool-throw",
    "slow suds": "three-soaps",
    "beech": "dish-brush",
    # in other words
    "pitcher": "pouring-jug",
    "blanket": "wool-throw",
    "coat rack": "peg-rail",
    "serviettes": "table-napkins",
    "flowerpot": "step-planter",
    # only in what is told of it
    "picnic": "wool-throw",
    "the strainer": "slow-teapot",
}


@pytest.fixture
def _catalog(database: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The first catalog without its pictures."""
    (settings.storefront_var / mark.NAME).unlink(missing_ok=True)
    monkeypatch.setattr(seed, "PICTURES", tmp_path)
    seed.load()


@pytest.mark.usefixtures("_catalog")
def test_what_is_looked_for_stands_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(SEARCHES) >= 60
    firsts = {words: first(words) for words in SEARCHES}
    db.release()
    wrong = [
        f"{words!r}: {found}, not {SEARCHES[words]}"
        for words, found in firsts.items()
        if found != SEARCHES[words]
    ]
    assert len(SEARCHES) - len(wrong) >= len(SEARCHES) * RIGHT / 60, "\n".join(wrong)


def first(words: str) -> str | None:
    found = find(Wish(words.strip(), sort=RELEVANCE), CURRENCY)
    return found.goods.items[0].slug if found.sieved.total else None


def test_no_word_means_itself() -> None:
    assert all(len(set(phrases)) == len(phrases) > 1 for phrases in SAME)
