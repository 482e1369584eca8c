"""What values look like in JSON and in addresses, said so that the document says it too."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic import StringConstraints as Text

MAX_BIGINT = 2**63 - 1
MAX_COUNT = 2**31 - 1
UNREADABLE = r"\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff"
"""As `platform.forms` has it: what turns text around, and what never was a character."""
LINE = rf"^[^\u0000-\u001f\u007f-\u009f{UNREADABLE}]*$"
LINES = rf"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f{UNREADABLE}]*$"
SPOKEN = rf"^[^\u0000-\u0020\u007f-\u00a0{UNREADABLE}][^\u0000-\u001f\u007f-\u009f{UNREADABLE}]*$"
"""A line that begins with something one can see."""
EMAIL = (
    r"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$"
)
DIGITS = re.compile(r"-?[0-9]{1,19}", re.ASCII)


def _from_address(value: object) -> object:
    return int(value) if isinstance(value, str) and DIGITS.fullmatch(value) else value


def _yes_or_no(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _integral(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Each stands behind the bounds of its number, so that the document tells them.
ASKED = BeforeValidator(_from_address)
"""A number in an address: digits and nothing else."""
INTEGRAL = BeforeValidator(_integral)
"""A number in JSON, which may be written 3.0, too."""


class Shape(BaseModel):
    """What is sent to us: nothing beside what is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """What we send."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class Amount(Told):
    """Money in whole minor units (cents), never a fraction."""

    amount: int = Field(examples=[1250])
    currency: str = Field(examples=["EUR"])


class AmountMeant(Shape):
    """Money in whole minor units (cents)."""

    amount: Annotated[int, Field(ge=0, le=10**12, examples=[1250]), INTEGRAL]
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["EUR"])


def line(most: int, *, least: int = 0) -> Any:
    """One readable line of text; with `least`, one that says something."""
    return Text(max_length=most, min_length=least, pattern=SPOKEN if least else LINE)


def lines(most: int) -> Any:
    """Several readable lines."""
    return Text(max_length=most, pattern=LINES)


YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no)]
"""`true` or `false` in an address."""
Key = Annotated[int, Field(ge=1, le=MAX_BIGINT), INTEGRAL]
"""What something is called by."""
AskedKey = Annotated[int, Field(ge=1, le=MAX_BIGINT), ASKED]
Email = Annotated[str, Text(max_length=254, pattern=EMAIL)]


def _spelled(when: datetime) -> str:
    return when.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


Moment = Annotated[
    AwareDatetime,
    PlainSerializer(_spelled, return_type=str),
    WithJsonSchema(
        {"type": "string", "format": "date-time", "examples": ["2026-05-04T09:30:00Z"]}, mode="serialization"
    ),
]
"""RFC 3339; always UTC in what we send."""
