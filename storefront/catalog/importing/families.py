"""Which rows of a file belong to one product, told from a first look at each."""

from array import array
from collections.abc import Iterable
from typing import Protocol

from storefront.catalog.importing.columns import Columns
from storefront.catalog.importing.reading import RawRow


class Families(Protocol):
    """Collects where the rows of each product stand."""

    def add(self, row: RawRow, place: int) -> None: ...

    def places(self) -> "Iterable[array[int]]": ...


def families_of(columns: Columns) -> Families:
    """The way rows belong together in a file of this format."""
    if columns.format == "woocommerce":
        return Parents(columns)
    return Handles(columns)


class Handles:
    """Shopify: rows with one handle are one product, wherever they stand."""

    def __init__(self, columns: Columns) -> None:
        self._handle = columns.places.get("handle")
        self._places: dict[str | int, array[int]] = {}

    def add(self, row: RawRow, place: int) -> None:
        # A row without a handle is a product by itself, called by its number.
        key = _cell(row, self._handle) or row.number
        self._places.setdefault(key, array("q")).append(place)

    def places(self) -> "Iterable[array[int]]":
        return self._places.values()


class Parents:
    """WooCommerce: variations name their parent by SKU or as id:NN, before it or long after it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns.places
        self._places: list[array[int]] = []
        self._known: dict[str, int] = {}
        self._children: list[tuple[str, int]] = []

    def add(self, row: RawRow, place: int) -> None:
        kind, parent = (_cell(row, self._columns.get(name)) for name in ("type", "parent"))
        if "variation" in kind.lower() or (parent and not kind):
            self._children.append((parent, place))
            return
        for key in (self._name(row, "id"), self._name(row, "sku")):
            if key:
                self._known.setdefault(key, len(self._places))
        self._places.append(array("q", [place]))

    def places(self) -> "Iterable[array[int]]":
        for parent, place in self._children:
            self._family(parent).append(place)
        self._children = []
        return self._places

    def _name(self, row: RawRow, meaning: str) -> str:
        text = _cell(row, self._columns.get(meaning))
        return f"id:{text}" if text and meaning == "id" else text

    def _family(self, parent: str) -> "array[int]":
        if parent not in self._known:
            self._known[parent] = len(self._places)
            self._places.append(array("q"))
        return self._places[self._known[parent]]


def _cell(row: RawRow, column: int | None) -> str:
    return row.cells[column] if column is not None and column < len(row.cells) else ""
