"""Which colour a choice of a name has: a swatch of it is shown beside the name."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.models import Swatch
from storefront.platform import db


def mix_colours(colours: Mapping[str, str]) -> None:
    """From now on choices of these names have these colours, such as #4e7f86; an empty one has none."""
    with db.transaction() as session:
        for name, colour in sorted(colours.items()):
            if not colour:
                session.execute(delete(Swatch).where(Swatch.name == name.lower()))
                continue
            new = insert(Swatch).values(name=name.lower(), colour=colour.lower())
            session.execute(
                new.on_conflict_do_update(index_elements=[Swatch.name], set_={"colour": new.excluded.colour})
            )
        db.inside().tag("shop")


def known() -> Mapping[str, str]:
    """Every name that has a colour."""
    rows = db.session.execute(select(Swatch.name, Swatch.colour).order_by(Swatch.name))
    return {row.name: row.colour for row in rows}
