"""ETag and If-Match: nobody changes what they have not seen."""

import hashlib
import re

from flask import request
from flask_babel import gettext as _
from pydantic import BaseModel
from sqlalchemy import text

from storefront.platform import db
from storefront.platform.json_api.refusals import BadHeader, ChangedSince, Unconditional

SEEN = re.compile(r'(?:W/)?"([0-9]{1,18})(?:-[0-9A-Za-z:-]*)?"', re.ASCII)
NAMES = re.compile(r'"([0-9a-f]{16})(?::[a-z]+)?"', re.ASCII)
TAGS = re.compile(
    r'\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*|\s*\*\s*'
)

_HOLD = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def etag_of(content: bytes, version: int | None = None) -> str:
    """A name for these bytes; it begins with the version of the row, which is what If-Match is about.

    The rest changes with stock or ratings, too, which are nobody's edit.
    """
    digest = hashlib.sha256(content).hexdigest()[:16]
    return digest if version is None else f"{version}-{digest}"


def demand(version: int) -> int:
    """The caller has seen this version. Raises Unconditional, BadHeader or ChangedSince."""
    given = request.headers.get("If-Match")
    if given is None:
        raise Unconditional
    if not TAGS.fullmatch(given):
        raise BadHeader("If-Match", _("If-Match holds an ETag as we sent it, in its quotes."))
    if given.strip() != "*" and str(version) not in SEEN.findall(given):
        raise ChangedSince(f'"{version}"')
    return version


def hold(name: str) -> None:
    """From here on, no other program changes what bears this name. Part of a change."""
    db.inside().execute(_HOLD, {"name": name})


def demand_same(told: BaseModel) -> None:
    """The caller has seen what counts no versions as it is. Raises Unconditional, BadHeader or ChangedSince.

    Part of a change that holds it.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise Unconditional
    if not TAGS.fullmatch(given):
        raise BadHeader("If-Match", _("If-Match holds an ETag as we sent it, in its quotes."))
    tag = etag_of(told.__pydantic_serializer__.to_json(told))
    if given.strip() != "*" and tag not in NAMES.findall(given):
        raise ChangedSince(f'"{tag}"')


def allow(version: int) -> int | None:
    """The version that the caller has seen, where it may be left unsaid. Raises BadHeader or ChangedSince."""
    return demand(version) if "If-Match" in request.headers else None
