"""Single cells: what is taken, and the reason when it is not."""

from dataclasses import replace

import pytest

from storefront.catalog.importing.cells import (
    CellRefused,
    address,
    amount,
    check_characters,
    count,
    grams,
    yes_or_no,
)
from storefront.catalog.importing.descriptions import markdown
from storefront.catalog.importing.handles import is_slug, sku_of, slug_of
from storefront.catalog.importing.lists import shelf, shelves, tags
from tests.catalog.catalog_files import RULES


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12.50", 1250),
        ("12,50", 1250),
        ("12,5", 1250),
        ("50", 5000),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("12.500", 1250),
        (" 12.50 ", 1250),
        ("10000", 1000000),
    ],
)
def test_prices_as_shops_write_them(text: str, minor: int) -> None:
    assert amount(RULES, text) == minor


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1e400", "not a plain number"),
        ("-5", "below zero"),
        ("−5", "below zero"),
        ("NaN", "not a plain number"),
        ("Infinity", "not a plain number"),
        ("€12.50", "not a plain number"),
        ("12.50 EUR", "not a plain number"),
        ("١٢", "not a plain number"),
        ("1,250", "not a plain number"),
        ("12.505", "finer than EUR allows"),
        ("0.49", "below the lowest price of this shop, 0.50"),
        ("10000.01", "above the highest price of this shop, 10000.00"),
        ("9" * 20 + "." + "9" * 20, "above the highest"),
        ("9" * 200, "not a plain number"),
    ],
)
def test_prices_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(CellRefused, match=reason):
        amount(RULES, text)


def test_a_german_thousand_is_not_taken_for_one_euro_twenty_five() -> None:
    with pytest.raises(CellRefused, match="thousands or decimals"):
        amount(replace(RULES, decimal_comma=True), "1.250")
    assert amount(RULES, "1.250") == 125


def test_currencies_have_their_own_decimals() -> None:
    yen = replace(RULES, currency="JPY")
    assert amount(yen, "500") == 500
    with pytest.raises(CellRefused, match="finer than JPY"):
        amount(yen, "500.50")


def test_counts_are_whole_and_bounded() -> None:
    assert count("5.0") == 5
    for text, reason in (("2.5", "whole"), ("-1", "below zero"), ("1e3", "plain"), ("9" * 12, "too large")):
        with pytest.raises(CellRefused, match=reason):
            count(text)


def test_weights_come_out_in_grams() -> None:
    assert grams("1.5", "kg") == 1500
    assert grams("1", "lbs") == 454
    assert grams("0.5", "oz") == 14
    assert grams("") is None
    with pytest.raises(CellRefused, match="too heavy"):
        grams("1000000", "kg")


def test_yes_and_no_in_any_capitals() -> None:
    assert yes_or_no("TRUE", blank=False)
    assert not yes_or_no("false", blank=True)
    assert yes_or_no("", blank=True)
    with pytest.raises(CellRefused, match="neither"):
        yes_or_no("vrai", blank=True)


@pytest.mark.parametrize("text", ["a\0b", "bell\x07", "torn\udce9", "\uffff"])
def test_characters_that_cannot_be_kept(text: str) -> None:
    with pytest.raises(CellRefused, match="holds a"):
        check_characters(text)


def test_addresses_and_file_names() -> None:
    assert address("https://example.com/a b.jpg") == "https://example.com/a%20b.jpg"
    assert address("shirt.jpg") == "shirt.jpg"
    for text in ("javascript:alert(1)", "../etc/passwd", "/etc/passwd", "ftp://x/y", "https://", "http://[x"):
        with pytest.raises(CellRefused):
            address(text)
    for name in ("a" * 2000, "青" * 700):
        with pytest.raises(CellRefused, match="longer"):
            address("https://example.com/" + name)


def test_html_becomes_markdown_and_plain_text_stays() -> None:
    assert markdown("<p>Soft <b>wool</b></p><ul><li>warm</li></ul>") == "Soft **wool**\n\n- warm"
    assert markdown("Soft *wool*, size < 5 & > 3") == "Soft *wool*, size < 5 & > 3"
    assert markdown("Salt &amp; pepper") == "Salt & pepper"
    assert markdown("<p>a</p><script>steal()</script><style>p{}</style>") == "a"
    assert markdown("one\r\ntwo\x0bthree  \n\n\n\nfour") == "one\ntwo\nthree\n\nfour"


@pytest.mark.parametrize(
    ("html", "reason"), [("<b>" * 20_000, "nested"), ("x" * 50_001, "longer"), ("x" * 200_001, "longer")]
)
def test_descriptions_that_are_refused(html: str, reason: str) -> None:
    with pytest.raises(CellRefused, match=reason):
        markdown(html)


def test_handles_stay_when_an_address_can_hold_them() -> None:
    for handle in ("ocean-blue-shirt", "Café_crème", "青いシャツ", "a--b"):
        assert is_slug(handle)
    for handle in ("", "two words", "a/b", "50%", "..", "a#b", "x" * 201, "zero\u200bwidth"):
        assert not is_slug(handle)


def test_slugs_are_made_of_plain_letters() -> None:
    assert slug_of("Ben's Café Crème — 50% off!") == "bens-cafe-creme-50-off"
    assert slug_of("Straße Łódź") == "strasse-lodz"
    assert slug_of("青いシャツ") == slug_of("青いシャツ") != slug_of("赤いシャツ")
    assert len(slug_of("word " * 100)) <= 200


def test_made_skus_tell_choices_apart_and_are_the_same_each_time() -> None:
    assert sku_of("tee", ()) == "tee"
    assert sku_of("tee", ("Small", "Sky Blue")) == "tee-small-sky-blue"
    assert len({sku_of("tee", (value,)) for value in ("S/M", "S M", "S-M", "S+M", "½", "¼")}) == 6
    assert len(sku_of("t" * 200, ("Small",))) <= 100
    assert sku_of("t" * 200, ("Small",)) != sku_of("t" * 200, ("Large",))


def test_lists_in_one_cell() -> None:
    assert tags("men, Shirts ,men,MEN,,summer") == ("men", "Shirts", "summer")
    assert shelves("Clothing > Shirts, Sale, Clothing > Shirts") == (("Clothing", "Shirts"), ("Sale",))
    assert shelves(r"Bed\, bath > Towels") == (("Bed, bath", "Towels"),)
    assert shelf(" Home &amp; Garden >  > Pots ") == ("Home & Garden", "Pots")
    with pytest.raises(CellRefused, match="tags"):
        tags(",".join(map(str, range(300))))
    with pytest.raises(CellRefused, match="shelves"):
        shelf(" > ".join("abcdefghi"))
