"""What a view says of its page: that it is the same for everybody, what it tells of, what it is asked by."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, has_request_context, request
from werkzeug.datastructures import MultiDict

BUILD = "storefront.build"  # where a request that builds a page carries its Build

Parameters = list[tuple[str, str]]
Allow = Callable[[MultiDict[str, str]], Parameters]
Known = Callable[[Mapping[str, Any]], bool]
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Policy:
    """How a page is kept."""

    kind: str
    tags: frozenset[str]
    allow: Allow
    known: Known | None = None
    """Whether the values of its route may lead somewhere at all."""


@dataclass(slots=True)
class Build:
    """What becomes known of a page while it is built."""

    tags: set[str] = field(default_factory=set)
    nowhere: bool = False
    """Whether it is the page for whatever is not there."""
    behind: bool = False
    """Whether it is built anew behind the back of a reader, who did not ask for that."""
    kept: bool = True


def only(*names: str) -> Allow:
    """Allow these parameters, the first of each, and no others."""
    return lambda args: [(name, args[name]) for name in sorted(names) if name in args]


NOTHING = only()


def all_of_them(args: MultiDict[str, str]) -> Parameters:
    """Allow everything, in one order: a view that refuses what it does not know must hear of it."""
    return sorted(args.items(multi=True))


def cached_page(
    kind: str, *, tags: Iterable[str] = (), allow: Allow = NOTHING, known: Known | None = None
) -> Callable[[Callable[P, Response]], Callable[P, Response]]:
    """Keep what this view answers, for everybody who asks with the same allowed parameters.

    Stands under the route. `tags` name what the page always tells of; what it tells of beside that, the
    view names by `about`. When many ask for what is not there, `known` is asked before the view is.
    """
    policy = Policy(kind, frozenset(tags), allow, known)

    def cached(view: Callable[P, Response]) -> Callable[P, Response]:
        @wraps(view)
        def run(*args: P.args, **kwargs: P.kwargs) -> Response:
            about(*policy.tags)
            return view(*args, **kwargs)

        run.policy = policy  # type: ignore[attr-defined]  # Flask's own way to mark a view; `policy_of` reads it.
        return run

    return cached


def policy_of(view: Any) -> Policy | None:
    """How a view's page is kept, if it is."""
    found: Policy | None = getattr(view, "policy", None)
    return found


def about(*tags: str) -> None:
    """This page tells of these things: when one of them changes, it is built anew."""
    if build := _current():
        build.tags.update(tags)


def passing() -> None:
    """This answer is not worth keeping: hardly anybody will ask for it again."""
    if build := _current():
        build.kept = False


def for_everybody() -> bool:
    """Whether this is the page for whatever is not there, which cannot bear the number of one request."""
    build = _current()
    return bool(build and build.nowhere)


def is_public() -> bool:
    """Whether a public page is built, whose address bears no secret."""
    return _current() is not None


def behind_the_back() -> bool:
    """Whether nobody waits for this page, so that it is not put down to anybody."""
    build = _current()
    return bool(build and build.behind)


def _current() -> Build | None:
    found: Build | None = request.environ.get(BUILD) if has_request_context() else None
    return found
