"""Prove that what htmx gets is what the page already shows in that region."""

from xml.etree.ElementTree import Element, tostring

from tests.documents import Document
from tests.inspecting import InspectingClient

TELLS_THEM_APART = {"HX-Request", "HX-Request-Type"}


def assert_fragment_is_part_of_page(
    client: InspectingClient, address: str, selector: str, *, fresh: str | None = None
) -> Document:
    """The fragment at an address is the same region of the page there, and nothing besides; returns it.

    `fresh` selects fields whose value is new each time, such as a one-time key.
    """
    page, fragment = client.get(address), client.fragment(address)
    assert page.document.whole, f"{address} is no page"
    assert not fragment.document.whole, f"{address} has no fragment"
    roots = list(fragment.document.root)
    assert len(roots) == 1, f"the fragment has {len(roots)} elements at its top, not one"
    assert fragment.document.all(selector)[:1] == roots, f"the fragment is not {selector}"
    for document in (page.document, fragment.document):
        for field in document.all(fresh) if fresh else []:
            field.set("value", "fresh")
    assert _written(roots[0]) == _written(page.document.one(selector))
    for answer in (page, fragment):
        assert set(answer.vary) >= TELLS_THEM_APART, "caches would mix page and fragment up"
    assert "s-maxage" not in fragment.headers.get("Cache-Control", ""), "a shared cache would keep it"
    return fragment.document


def _written(element: Element) -> str:
    """An element's HTML with single spaces, for comparing."""
    copy = Element(element.tag, element.attrib)
    copy.text, copy[:] = element.text, list(element)
    return " ".join(tostring(copy, encoding="unicode").split())
