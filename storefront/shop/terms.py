"""On which terms the merchant sells: those of the shop's facts that decide about an order and its price."""

from typing import Protocol


class Terms(Protocol):
    """The shop's row is one; who is about to charge reads no more than this of it."""

    @property
    def currency(self) -> str: ...
    @property
    def prices_include_tax(self) -> bool: ...
    @property
    def delivery_rate(self) -> int: ...
    @property
    def delivery_countries(self) -> list[str]: ...
    @property
    def delivery_methods(self) -> list[str]: ...
    @property
    def payment_methods(self) -> list[str]: ...
