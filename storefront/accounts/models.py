"""Who someone is: customers and staff, what they may do, where they live, and where they are signed in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.platform import db
from storefront.platform.addresses import Address as Letter

MAX_NAME = 100
MAX_EMAIL = 254
MAX_PHONE = 40
MAX_ADDRESSES = 30
PEOPLE = (
    "to_tsvector('simple'::regconfig,"
    " translate((name || ' '::text) || email, '@.-_+/'::text, '      '::text))"
)
"""Who it is, as staff look for somebody: by the beginnings of words and of parts of addresses."""


class Account(db.Model):
    """A person who can sign in: a customer, and one of the staff if there are roles."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("password IS NULL OR password LIKE '$argon2id$%'", name="password"),
        CheckConstraint("email_key <> ''", name="email_key"),
        Index("ix_accounts_people", text(PEOPLE), postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    """As it is written to."""
    email_key: Mapped[str] = mapped_column(unique=True)
    """The same for every spelling of one mailbox (`emails.key_of`), so that nobody has two accounts."""
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(server_default=text("''"))
    password: Mapped[str | None]
    """Only ever its argon2id hash; null until somebody who was invited has chosen one."""
    locale: Mapped[str] = mapped_column(server_default=text("'en'"))
    active: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether they may sign in; false for whom the shop suspended."""
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    """When they proved that letters to the address reach them."""
    totp_secret: Mapped[str | None]
    """What their authenticator app shares with us, encrypted; null without a second factor."""
    totp_counter: Mapped[int | None]
    """Which of its codes was used last, so that none is used twice."""

    roles: Mapped[list["Role"]] = relationship(lazy="raise", order_by="Role.name")

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.name for role in self.roles)


class Role(db.Model):
    """What somebody may do in the back office; who has none is a customer."""

    __tablename__ = "account_roles"
    __table_args__ = (CheckConstraint("name IN ('owner', 'catalogue', 'orders')", name="name"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(primary_key=True)


class SignIn(db.Model):
    """One browser in which somebody is signed in: its cookie is worth as much as this row says."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("second_factor IN ('none', 'owed', 'given')", name="second_factor"),
        Index("ix_sign_ins_account_id", "account_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """Of what the cookie holds, which stands nowhere else."""
    second_factor: Mapped[str] = mapped_column(server_default=text("'none'"))
    """While it is owed, nobody is signed in yet."""
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    fresh_at: Mapped[datetime]
    """When the password was last typed here."""
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(server_default=text("''"))
    """In words its owner knows it by: Firefox on Windows."""


class MailedKey(db.Model):
    """A link in a letter that proves who reads it; the link's secret is derived and stands nowhere."""

    __tablename__ = "mailed_keys"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('confirm', 'reset', 'change-email', 'keep-email', 'invite')", name="purpose"
        ),
        Index("ix_mailed_keys_account_id", "account_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    purpose: Mapped[str]
    salt: Mapped[str]
    email: Mapped[str]
    """The address it is sent to, or that it is about."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class RecoveryCode(db.Model):
    """What somebody types once who has lost the second factor; kept as its hash alone."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    used_at: Mapped[datetime | None]


class Address(db.Model):
    """One place in somebody's address book."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_account_id", "account_id", "id"),
        Index("uq_addresses_delivery", "account_id", unique=True, postgresql_where=text("for_delivery")),
        Index("uq_addresses_billing", "account_id", unique=True, postgresql_where=text("for_billing")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    country: Mapped[str]
    name: Mapped[str]
    company: Mapped[str] = mapped_column(server_default=text("''"))
    vat_id: Mapped[str] = mapped_column(server_default=text("''"))
    street: Mapped[str]
    postal_code: Mapped[str]
    city: Mapped[str]
    area: Mapped[str]
    for_delivery: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether checkout begins with it; of one customer's addresses one at most does."""
    for_billing: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime]

    def letter(self) -> Letter:
        """As it is written on a letter."""
        names = ("country", "name", "company", "vat_id", "street", "postal_code", "city", "area")
        return Letter(**{name: getattr(self, name) for name in names})
