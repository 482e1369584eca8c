"""Pages that the merchant writes, a welcome and a logo, and the colours that choices have by their names.

It only adds: the version before goes on beside it. The common names of colours are there from the start,
so that a new shop shows them; whoever deletes one is not given it again.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLOURS = {
    "black": "#1f1f1f", "charcoal": "#3b3f42", "anthracite": "#383e42", "grey": "#8a8d8f", "gray": "#8a8d8f",
    "silver": "#c0c2c4", "white": "#ffffff", "ivory": "#f8f4e6", "cream": "#f3ead3", "beige": "#dfd0b8",
    "sand": "#d6c19c", "brown": "#6f4e37", "tan": "#c19a6b", "camel": "#b98f5f", "chocolate": "#4b3225",
    "red": "#c02f2f", "burgundy": "#6d1f33", "coral": "#ee7863", "orange": "#e07b2a", "rust": "#a9552f",
    "yellow": "#eac13c", "mustard": "#c99a2e", "gold": "#c7a24a", "green": "#3f7d4e", "olive": "#77774a",
    "sage": "#a3ad93", "mint": "#b4dcc5", "teal": "#2b7a78", "turquoise": "#3fb0ac", "blue": "#2f5f9e",
    "navy": "#22304f", "sky blue": "#9fc4e0", "purple": "#6d4a8d", "violet": "#7b5ba6", "lilac": "#c3aed6",
    "pink": "#e6a5b4", "rose": "#d49a92",
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_pages_name")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pages")),
    )
    swatches = op.create_table(
        "swatches",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.CheckConstraint("colour ~ '^#[0-9a-f]{6}$'", name=op.f("ck_swatches_colour")),
        sa.CheckConstraint("name <> '' AND name = lower(name)", name=op.f("ck_swatches_name")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_swatches")),
    )
    op.bulk_insert(swatches, [{"name": name, "colour": colour} for name, colour in COLOURS.items()])
    op.add_column("shop", sa.Column("welcome", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("shop", sa.Column("logo", postgresql.JSONB(), nullable=True))
    empty = sa.text("'{}'")
    op.add_column("shop", sa.Column("page_titles", postgresql.JSONB(), server_default=empty, nullable=False))
