"""All PDFs of a period in one ZIP, drawn while it is sent."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from storefront.checkout.papers import pdf, queries
from storefront.checkout.papers.paper import Paper
from storefront.office.orders.bookkeeping import Document
from storefront.orders import queries as orders
from storefront.platform import db
from storefront.platform.i18n import spoken_in
from storefront.shop import queries as shop_queries


class _Stream(io.RawIOBase):
    """Takes what the ZIP writes, and gives it on in pieces."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object) -> int:
        told = bytes(part)  # type: ignore[call-overload]  # zipfile writes bytes-like things only.
        self._parts.append(told)
        return len(told)

    def taken(self) -> bytes:
        """What was written since the last time."""
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


def zipped(found: Sequence[Document]) -> Iterator[bytes]:
    """One file for each document, named by its number."""
    shop = shop_queries.facts()
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in found:
            paper, language = _paper(document)
            db.release()
            if paper is not None:
                with spoken_in(language):
                    drawn = pdf.draw(paper, shop.time_zone, shop.country)
                archive.writestr(f"{paper.kind}-{paper.label}.pdf", drawn)
            yield stream.taken()
    yield stream.taken()


def _paper(document: Document) -> tuple[Paper | None, str]:
    order = orders.numbered(document.order_number)
    if order is None:
        return None, ""
    with spoken_in(order.locale):
        found = queries.credit_note(order, document.label) if document.credits else queries.invoice(order)
    return found, order.locale
