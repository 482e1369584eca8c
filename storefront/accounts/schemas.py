"""Customers, their addresses and their tokens as programs read and write them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from storefront.accounts.models import MAX_EMAIL, MAX_NAME, MAX_PHONE
from storefront.platform.addresses import MAX_PART
from storefront.platform.json_api.kinds import EMAIL, Moment, Shape, Told, line
from storefront.platform.json_api.slices import Slicing

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
Email = Annotated[
    str, StringConstraints(max_length=MAX_EMAIL, pattern=EMAIL), Field(examples=["ada@example.com"])
]
Name = Annotated[str, line(MAX_NAME, least=1), Field(examples=["Ada Lindt"])]
Phone = Annotated[str, line(MAX_PHONE), Field(examples=["+49 30 5550101"])]
Part = Annotated[str, line(MAX_PART)]


class CustomerTold(Told):
    """Somebody with an account."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Ada Lindt"])
    email: str = Field(examples=["ada@example.com"])
    phone: str = Field(examples=["+49 30 5550101"])
    locale: str = Field(examples=["en"])
    confirmed: bool = Field(examples=[True])
    """Whether letters to the address are known to reach them."""
    active: bool = Field(examples=[True])
    created_at: Moment


class CustomerQuery(Slicing):
    """Which customers, by ascending id."""

    email: Annotated[Email | None, Field(examples=["ada@example.com"])] = None


class CustomerNew(Shape):
    """Somebody who wants an account; a letter asks them to confirm it."""

    name: Name
    email: Email
    phone: Phone = ""
    password: Annotated[
        str,
        StringConstraints(min_length=LEAST_PASSWORD, max_length=MOST_PASSWORD),
        Field(examples=["copper kettles sing"]),
    ]
    """It is never told again, to nobody."""


class CustomerChange(Shape):
    """What is left out stays. An e-mail address is changed by its owner alone, who proves it."""

    name: Annotated[Name | None, Field(examples=["Ada Lindt"])] = None
    phone: Annotated[Phone | None, Field(examples=["+49 30 5550101"])] = None


class AddressTold(Told):
    """A place in somebody's address book."""

    id: int = Field(examples=[8])
    customer_id: int = Field(examples=[3])
    country: str = Field(examples=["DE"])
    name: str = Field(examples=["Ada Lindt"])
    company: str = Field(examples=[""])
    vat_id: str = Field(examples=[""])
    street: str = Field(examples=["Torstraße 12"])
    postal_code: str = Field(examples=["10119"])
    city: str = Field(examples=["Berlin"])
    area: str = Field(examples=[""])
    for_delivery: bool = Field(examples=[True])
    """Whether checkout begins with it."""
    for_billing: bool = Field(examples=[False])


class AddressNew(Shape):
    """Which parts are needed is a matter of the country."""

    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["DE"])]
    name: Name
    company: Annotated[Part, Field(examples=[""])] = ""
    vat_id: Annotated[str, line(30), Field(examples=[""])] = ""
    street: Annotated[Part, Field(examples=["Torstraße 12"])] = ""
    postal_code: Annotated[Part, Field(examples=["10119"])] = ""
    city: Annotated[Part, Field(examples=["Berlin"])] = ""
    area: Annotated[Part, Field(examples=[""])] = ""
    for_delivery: Annotated[bool, Field(examples=[True])] = False
    for_billing: Annotated[bool, Field(examples=[False])] = False


class AddressChange(Shape):
    """What is left out stays."""

    country: Annotated[str | None, StringConstraints(pattern="^[A-Z]{2}$"), Field(examples=["DE"])] = None
    name: Annotated[Name | None, Field(examples=["Ada Lindt"])] = None
    company: Annotated[Part | None, Field(examples=[""])] = None
    vat_id: Annotated[str | None, line(30), Field(examples=[""])] = None
    street: Annotated[Part | None, Field(examples=["Torstraße 12"])] = None
    postal_code: Annotated[Part | None, Field(examples=["10119"])] = None
    city: Annotated[Part | None, Field(examples=["Berlin"])] = None
    area: Annotated[Part | None, Field(examples=[""])] = None
    for_delivery: Annotated[bool | None, Field(examples=[True])] = None
    for_billing: Annotated[bool | None, Field(examples=[False])] = None


class Credentials(Shape):
    """What a customer signs in with."""

    email: Email
    password: Annotated[
        str,
        StringConstraints(min_length=1, max_length=MOST_PASSWORD),
        Field(examples=["copper kettles sing"]),
    ]


class TokenTold(Told):
    """What a customer's own program shows from now on; it is told once."""

    token: str = Field(examples=["sf_12_k3J0mQ"])
    customer_id: int = Field(examples=[3])
    expires_at: Moment
