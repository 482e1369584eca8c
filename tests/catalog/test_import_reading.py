"""Files as they come: marks, old encodings, delimiters, torn quotes, and what is no catalog at all."""

from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.catalog.importing.reading import UnreadableCatalog, open_catalog
from storefront.catalog.importing.spool import Spool
from tests.catalog.catalog_files import notes, only, parsed, problems, written

HEADER = "Handle,Title,Variant Price"
CAFE = f"{HEADER}\ncafe,Café crème für Łódź,2.50\n"
WESTERN = CAFE.replace("Łódź", "Köln")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CAFE.encode("utf-8"), "utf-8"),
        (CAFE.encode("utf-8-sig"), "utf-8-sig"),
        (CAFE.encode("utf-16"), "utf-16"),
        (CAFE.encode("utf-16-be").join([b"\xfe\xff", b""]), "utf-16"),
        (WESTERN.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "cafe.csv"
    path.write_bytes(content)
    assert open_catalog(path).encoding == encoding
    assert str(only(parsed(path)).facts.title).startswith("Café crème für")


def test_cyrillic_of_old(tmp_path: Path) -> None:
    title = "Платье из мягкого хлопка и большие карманы"
    path = tmp_path / "dress.csv"
    path.write_bytes(f"{HEADER}\ndress,{title},2.50\n".encode("cp1251"))
    assert only(parsed(path)).facts.title == title


def test_one_torn_letter_is_one_bad_row(tmp_path: Path) -> None:
    path = tmp_path / "torn.csv"
    path.write_bytes(CAFE.encode() + b"torn,T\xe9,1\n" + "tea,Thé vert à la menthe,1\n".encode())
    assert problems(parsed(path)) == [(3, "Title", "holds a byte that is no letter here (0xE9)")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    row = {"Handle": "a", "Title": "A, B; C\t| D", "Variant Price": "12,50"}
    path = written(tmp_path, [row], delimiter=delimiter)
    assert open_catalog(path).delimiter == delimiter
    assert only(parsed(path)).variants[0].price == 1250


def test_excel_s_hint_and_blank_lines_count_as_rows(tmp_path: Path) -> None:
    path = tmp_path / "hint.csv"
    path.write_text("sep=;\n\nHandle;Title;Variant Price\n\n;;\na;A;x\n")
    assert problems(parsed(path))[0][0] == 6


def test_old_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "mac.csv"
    path.write_bytes(CAFE.replace("\n", "\r").encode())
    assert only(parsed(path)).handle == "cafe"


def test_both_header_dialects_and_both_shops_are_told_apart(tmp_path: Path) -> None:
    for header, expected in (
        ("Handle,Title,Variant Price", "shopify"),
        ("Title,URL handle,Price", "shopify"),
        (" title , url HANDLE ,Price", "shopify"),
        ("Handle,Title", "shopify"),
        ("ID,Type,SKU,Name,Published,Regular price", "woocommerce"),
        ("SKU,Name,Regular price", "woocommerce"),
        ("SKU,Regular price,In stock?", "woocommerce"),
    ):
        path = tmp_path / "header.csv"
        path.write_text(header + "\n")
        assert open_catalog(path).columns.format == expected, header


def test_unknown_and_doubled_columns_are_kept_in_mind(tmp_path: Path) -> None:
    path = tmp_path / "more.csv"
    path.write_text("Handle,Title,Colour of the box,Variant Price,Empty,Title,Refused row\na,A,red,1,,B,4\n")
    opened = open_catalog(path)
    with closing(Spool(opened)) as spool:
        assert spool.ignored_columns(filled=True) == ["Colour of the box"]
        assert spool.ignored_columns(filled=False) == ["Empty"]
    assert opened.columns.twice == ("Title",)
    assert only(parsed(path)).facts.title == "A"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('a,"A" B,1', "a quotation mark stands where none belongs"),
        ('a,"A,1', "never closed"),
        ("a,A,1,extra", "has 4 cells, the header only 3"),
        (f"a,{'x' * 1_000_001},1", "longer than 1000000"),
    ],
)
def test_rows_that_cannot_be_taken_apart(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "torn.csv"
    path.write_text(f"{HEADER}\nz,Z,1\n{line}\n")
    found = parsed(path)
    assert [(row, column) for row, column, _ in problems(found)] == [(3, "the row")]
    assert reason in problems(found)[0][2]


def test_a_short_row_says_nothing_of_the_columns_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "short.csv"
    path.write_text("Handle,Title,Variant Price,Vendor\na,A,1\n")
    assert not only(parsed(path)).facts.brand
    assert only(parsed(path)).facts.brand != ""


def test_a_spreadsheet_s_guard_against_formulas_is_no_part_of_a_value(tmp_path: Path) -> None:
    path = written(tmp_path, [{"Handle": "a", "Title": "'=5-inch pot", "Variant Price": "1"}])
    assert only(parsed(path)).facts.title == "=5-inch pot"
    assert notes(parsed(path)) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n \n", "is empty"),
        (b"PK\x03\x04 xlsx", "save it as CSV"),
        (b"name;colour\na;b\n", "has no columns of Shopify or WooCommerce"),
        (bytes(range(256)) * 16, "has no columns of"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "has no columns of"),
    ],
)
def test_what_is_no_catalog(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "no.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableCatalog, match=reason):
        open_catalog(path)


def test_a_file_of_the_other_kind_is_refused_when_the_kind_was_named(tmp_path: Path) -> None:
    path = tmp_path / "shopify.csv"
    path.write_text(CAFE)
    with pytest.raises(UnreadableCatalog, match="columns of WooCommerce"):
        open_catalog(path, "woocommerce")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(UnreadableCatalog, match="cannot be read"):
            open_catalog(path)


SHOPIFY_START = b"Handle,Title,Option1 Name,Option1 Value,Variant Price,Image Src,Tags,Body (HTML)\n"
WOO_START = b"ID,Type,SKU,Name,Parent,Regular price,Sale price,Stock,Attribute 1 name,Attribute 1 value(s)\n"
CELL = st.sampled_from(
    [
        "",
        "a",
        "b",
        "variable",
        "variation",
        "Default Title",
        "1",
        "-1",
        "1e400",
        "9" * 30,
        "\0",
        "<b>",
        "id:1",
    ]
)
ROWS = st.lists(st.lists(CELL | st.text(max_size=8), max_size=12), max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([b"", SHOPIFY_START, WOO_START]), content=st.binary(max_size=400))
def test_any_bytes_are_rows_or_a_named_refusal(tmp_path: Path, start: bytes, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(start + content)
    with suppress(UnreadableCatalog):
        parsed(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from([SHOPIFY_START, WOO_START]), rows=ROWS)
def test_any_cells_are_products_or_named_problems(
    tmp_path: Path, start: bytes, rows: list[list[str]]
) -> None:
    path = tmp_path / "any.csv"
    lines = (",".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows)
    path.write_bytes(start + "\n".join(lines).encode("utf-8", "surrogatepass"))
    for one in parsed(path):
        refused = {row.number for row in one.rows if row.problems}
        assert one.product is not None or refused
        if one.product:
            assert refused.isdisjoint(variant.row for variant in one.product.variants)
