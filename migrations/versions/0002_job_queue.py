"""The job queue's own tables, as the installed procrastinate brings them."""

from typing import Any

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Its SQL holds several statements, so it goes to the driver as it is.
    schema = SchemaManager.get_schema()
    if op.get_context().as_sql:
        op.execute(schema)
    else:
        driver: Any = op.get_bind().connection.driver_connection
        driver.execute(schema)
