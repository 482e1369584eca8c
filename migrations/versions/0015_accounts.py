"""Accounts: who somebody is, where they are signed in, their addresses; which orders and carts are theirs.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    empty, no = sa.text("''"), sa.text("false")
    op.create_table(
        "accounts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), server_default=empty, nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("locale", sa.Text(), server_default=sa.text("'en'"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_counter", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "password IS NULL OR password LIKE '$argon2id$%'", name=op.f("ck_accounts_password")
        ),
        sa.CheckConstraint("email_key <> ''", name=op.f("ck_accounts_email_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_key", name=op.f("uq_accounts_email_key")),
    )
    op.create_table(
        "account_roles",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("name IN ('owner', 'catalogue', 'orders')", name=op.f("ck_account_roles_name")),
        owner("account_roles"),
        sa.PrimaryKeyConstraint("account_id", "name", name=op.f("pk_account_roles")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("second_factor", sa.Text(), server_default=sa.text("'none'"), nullable=False),
        sa.Column("began_at", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("fresh_at", moment, nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("browser", sa.Text(), server_default=empty, nullable=False),
        sa.CheckConstraint(
            "second_factor IN ('none', 'owed', 'given')", name=op.f("ck_sign_ins_second_factor")
        ),
        owner("sign_ins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_ins_key_hash")),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id", "id"])
    op.create_index(op.f("ix_sign_ins_seen_at"), "sign_ins", ["seen_at"])
    op.create_table(
        "mailed_keys",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_at", moment, nullable=True),
        sa.CheckConstraint(
            "purpose IN ('confirm', 'reset', 'change-email', 'keep-email', 'invite')",
            name=op.f("ck_mailed_keys_purpose"),
        ),
        owner("mailed_keys"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_keys")),
    )
    op.create_index("ix_mailed_keys_account_id", "mailed_keys", ["account_id", "purpose"])
    op.create_index(op.f("ix_mailed_keys_expires_at"), "mailed_keys", ["expires_at"])
    op.create_table(
        "recovery_codes",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", moment, nullable=True),
        owner("recovery_codes"),
        sa.PrimaryKeyConstraint("account_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "addresses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), server_default=empty, nullable=False),
        sa.Column("vat_id", sa.Text(), server_default=empty, nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("for_delivery", sa.Boolean(), server_default=no, nullable=False),
        sa.Column("for_billing", sa.Boolean(), server_default=no, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        owner("addresses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
    )
    op.create_index("ix_addresses_account_id", "addresses", ["account_id", "id"])
    for use in ("delivery", "billing"):
        op.create_index(
            f"uq_addresses_{use}",
            "addresses",
            ["account_id"],
            unique=True,
            postgresql_where=sa.text(f"for_{use}"),
        )
    for table in ("orders", "carts"):
        op.add_column(table, sa.Column("account_id", sa.BigInteger(), nullable=True))
        # Checked from the next row on; those that are there have none.
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT fk_{table}_account_id FOREIGN KEY (account_id)"
            " REFERENCES accounts (id) ON DELETE SET NULL NOT VALID"
        )
        op.execute(
            "-- squawk-ignore constraint-missing-not-valid\n"  # No row has one yet: it is read once, quickly.
            f"ALTER TABLE {table} VALIDATE CONSTRAINT fk_{table}_account_id"
        )
    # Every row is passed over, so that none of these takes longer than reading the table once.
    for index in (
        "INDEX ix_orders_account_id ON orders (account_id, placed_at, id) WHERE account_id IS NOT NULL",
        "UNIQUE INDEX uq_carts_account_id ON carts (account_id) WHERE NOT closed AND account_id IS NOT NULL",
        "INDEX ix_carts_account_id ON carts (account_id) WHERE account_id IS NOT NULL",
    ):
        op.execute(f"-- squawk-ignore require-concurrent-index-creation\nCREATE {index}")


def owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=op.f(f"fk_{table}_account_id"), ondelete="CASCADE"
    )
