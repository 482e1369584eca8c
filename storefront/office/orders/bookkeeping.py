"""Invoices and credit notes of a period, as whoever keeps the books wants them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storefront.orders.credit.models import CreditNote
from storefront.orders.models import Invoice, Order
from storefront.platform import db
from storefront.platform.money import Money
from storefront.taxes.calculation import Taxed


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included, as the shop's clocks have them."""

    first: date
    last: date
    zone: str

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """The first moment, and the first after it."""
        zone = ZoneInfo(self.zone)
        after = self.last + timedelta(days=1)
        return datetime.combine(self.first, time(), zone), datetime.combine(after, time(), zone)

    @classmethod
    def last_month(cls, now: datetime, zone: str) -> "Period":
        """What is asked for most."""
        end = now.astimezone(ZoneInfo(zone)).date().replace(day=1) - timedelta(days=1)
        return cls(end.replace(day=1), end, zone)


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice, or a credit note, whose amounts are below nothing."""

    label: str
    credits: str
    """The invoice that it takes back, or nothing."""
    order_number: str
    issued_at: datetime
    buyer: dict[str, Any]
    currency: str
    taxes: tuple[Taxed, ...]

    @property
    def net(self) -> int:
        return sum(part.net for part in self.taxes)

    @property
    def tax(self) -> int:
        return sum(part.tax for part in self.taxes)

    def at(self, rate: Decimal) -> Taxed:
        """Net and tax at a rate; nothing where it has none."""
        return next((part for part in self.taxes if part.rate == rate), Taxed(0, 0, rate))


def documents(period: Period) -> Sequence[Document]:
    """All of a period, invoices before credit notes, each by number. Two statements."""
    start, end = period.bounds
    asked = select(Invoice, Order.number, Order.taxes).join(Order, Order.id == Invoice.order_id)
    invoices = asked.where(Invoice.issued_at >= start, Invoice.issued_at < end)
    credited = (
        select(CreditNote, Order.number, Invoice)
        .join(Order, Order.id == CreditNote.order_id)
        .join(Invoice, Invoice.id == CreditNote.invoice_id)
        .where(CreditNote.issued_at >= start, CreditNote.issued_at < end)
    )
    rows = db.session.execute(invoices.order_by(Invoice.series, Invoice.number)).all()
    notes = db.session.execute(credited.order_by(CreditNote.series, CreditNote.number)).all()
    return [
        *(_document(paper, "", number, taxes, 1) for paper, number, taxes in rows),
        *(_document(paper, invoice.label, number, paper.taxes, -1) for paper, number, invoice in notes),
    ]


def how_many(period: Period) -> int:
    """How many documents there are, without reading them."""
    start, end = period.bounds
    counts = [
        select(func.count()).where(kind.issued_at >= start, kind.issued_at < end).scalar_subquery()
        for kind in (Invoice, CreditNote)
    ]
    return sum(db.session.execute(select(*counts)).one())


def rates(found: Sequence[Document]) -> list[Decimal]:
    """Every rate that any of them has, highest first."""
    return sorted({part.rate for document in found for part in document.taxes}, reverse=True)


def sums(found: Sequence[Document]) -> list[Taxed]:
    """What they come to at each rate."""
    return [
        Taxed(
            sum(document.at(rate).net for document in found),
            sum(document.at(rate).tax for document in found),
            rate,
        )
        for rate in rates(found)
    ]


def cells(document: Document, at: Sequence[Decimal], zone: str) -> Iterator[str | Decimal]:
    """One row of the file."""
    buyer = document.buyer
    yield document.label
    yield f"{document.issued_at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
    yield document.order_number
    yield document.credits
    yield str(buyer.get("company") or buyer.get("name") or "")
    yield str(buyer.get("country") or "")
    yield str(buyer.get("vat_id") or "")
    yield document.currency
    amounts = [document.net, document.tax, document.net + document.tax]
    for rate in at:
        amounts += [document.at(rate).net, document.at(rate).tax]
    for amount in amounts:
        yield Money(amount, document.currency).decimal


def _document(
    paper: Invoice | CreditNote, takes_back: str, number: str, taxes: list[dict[str, Any]], sign: int
) -> Document:
    parts = (Taxed(sign * it["net"], sign * it["tax"], Decimal(it["rate"])) for it in taxes)
    return Document(
        paper.label, takes_back, number, paper.issued_at, paper.buyer, paper.currency, tuple(parts)
    )
