"""Two people change the shop's facts at once: what does not collide is kept, what does is asked about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from storefront.platform import db
from storefront.platform.audit import AuditEntry
from storefront.platform.errors import Refusal


@dataclass(frozen=True, slots=True)
class Collision:
    """A fact that both changed: what it was when the form was opened, what the other made of it, and ours."""

    name: str
    base: Any
    theirs: Any
    ours: Any
    actor: tuple[str, str | None]
    """Who the other is."""


@dataclass
class ChangedMeanwhile(Refusal):
    """Somebody else changed the same facts after the form was opened, so nothing was saved."""

    collisions: Sequence[Collision]
    version: int
    """The version that these are of: whoever has seen them saves on top of it."""
    code = "changed-meanwhile"

    def message(self) -> str:
        return _("Somebody else changed the same while you were typing. Nothing was saved yet.")


def ours_alone(seen: int, version: int, now: Mapping[str, Any], ours: Mapping[str, Any]) -> dict[str, Any]:
    """What of our facts we changed since the version we saw. Part of a change. Raises ChangedMeanwhile.

    The audit log knows what each later version changed; so it knows what ours was made from.
    """
    later = select(AuditEntry).where(AuditEntry.subject == "shop", AuditEntry.version > seen)
    base, who = dict(now), dict[str, tuple[str, str | None]]()
    for entry in db.inside().session.scalars(later.order_by(AuditEntry.id.desc())):
        for name, value in (entry.before or {}).items():
            if name in base:
                base[name] = value
                who.setdefault(name, (entry.actor_kind, entry.actor_id))
    changed = {name: value for name, value in ours.items() if value != base[name]}
    collisions = [
        Collision(name, base[name], now[name], value, who[name])
        for name, value in changed.items()
        if now[name] not in (base[name], value)
    ]
    if collisions:
        raise ChangedMeanwhile(collisions, version)
    return changed
