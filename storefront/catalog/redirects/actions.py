"""Let old addresses lead on, and let go of them again."""

import re
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.redirects.models import MAX_PATH, Redirect
from storefront.catalog.refusals import BadWish
from storefront.platform import audit, db

CLEAN = re.compile(r"^/[^\s\\]*$")
OURS = re.compile(r"^/(admin|static|media|api)(/|$)")


@db.retried
def set_redirect(path: str, target: str) -> None:
    """From now on whoever asks for the path is led to the target, a page of this shop. Raises BadWish."""
    path, target = path_of(path, "path"), path_of(target, "target")
    if OURS.match(path):
        raise BadWish("path", _("This address belongs to the shop itself."))
    if path == target.partition("?")[0].partition("#")[0]:
        raise BadWish("target", _("It would lead to itself."))
    with db.transaction() as session:
        before = session.scalar(select(Redirect.target).where(Redirect.path == path))
        put = insert(Redirect).values(path=path, target=target, at=db.inside().now)
        session.execute(put.on_conflict_do_update(index_elements=[Redirect.path], set_={"target": target}))
        audit.note("redirects", path, {"target": before} if before else None, {"target": target})


@db.retried
def forget_redirect(path: str) -> bool:
    """Let the path lead nowhere; False when it did not lead anywhere."""
    with db.transaction() as session:
        gone = session.scalar(delete(Redirect).where(Redirect.path == path).returning(Redirect.target))
        if gone is not None:
            audit.note("redirects", path, {"target": gone}, None)
        return gone is not None


def path_of(typed: str, field: str) -> str:
    """The part of an address within this shop; a path has no question. Raises BadWish."""
    try:
        parts = urlsplit(typed.strip())
    except ValueError:
        parts = urlsplit("")
    path = parts.path or ("/" if parts.netloc else "")
    if field == "target" and parts.netloc:  # Only the old address may name the old shop.
        path = ""
    if field == "target":
        path += f"?{parts.query}" if parts.query else ""
        path += f"#{parts.fragment}" if parts.fragment else ""
    if not CLEAN.match(path) or path.startswith("//") or len(path) > MAX_PATH or not path.isprintable():
        raise BadWish(field, _("Please write an address of this shop, such as /old-page."))
    return path
