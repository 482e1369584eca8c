"""Every "no" that belongs to the grammar and not to a resource, each with what a program needs to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from flask_babel import gettext as _

from storefront.platform.errors import Refusal

REALM = 'Bearer realm="storefront"'


class BadKey(Refusal):
    """What was shown is no key, or none any more."""

    status = 401
    code = "key-unknown"

    def message(self) -> str:
        return _("This key is not known, has ended or was revoked.")

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": f'{REALM}, error="invalid_token"'}


class KeyNeeded(Refusal):
    """Strangers may not do this."""

    status = 401
    code = "key-needed"

    def message(self) -> str:
        return _("Please show a key: Authorization: Bearer sf_…")

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": REALM}


@dataclass
class ScopeNeeded(Refusal):
    """The key is good, and not for this."""

    scope: str
    status = 403
    code = "scope-needed"

    def message(self) -> str:
        return _("This needs a key with the scope %(scope)s.", scope=self.scope)

    def facts(self) -> dict[str, Any]:
        return {"scope": self.scope}

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": f'{REALM}, error="insufficient_scope", scope="{self.scope}"'}


class CannotAnswerSo(Refusal):
    """The program reads no kind of document that this can be."""

    status = 406
    code = "not-acceptable"

    def message(self) -> str:
        return _("This can be had in no format that the header Accept names.")


@dataclass
class WrongKind(Refusal):
    """The body is said to be of another kind."""

    kinds: Sequence[str]
    status = 415
    code = "unsupported-media-type"

    def message(self) -> str:
        return _("Please send the body as %(kind)s.", kind=" / ".join(self.kinds))

    def headers(self) -> dict[str, str]:
        return {"Accept": ", ".join(self.kinds)}


@dataclass
class NotJson(Refusal):
    """The body cannot be read at all."""

    where: str
    status = 400
    code = "malformed-json"

    def message(self) -> str:
        return _("The body is no JSON: %(where)s.", where=self.where)


@dataclass
class Invalid(Refusal):
    """Parts of the request are not what the document asks for: one entry for each."""

    errors: Sequence[Mapping[str, str]]
    status = 422
    code = "invalid"

    def message(self) -> str:
        return _("Some of this cannot be used; see errors.")

    def facts(self) -> dict[str, Any]:
        return {"errors": list(self.errors)}


@dataclass
class BadHeader(Refusal):
    """A header that is needed is missing, or cannot be read."""

    header: str
    sentence: str
    status = 400
    code = "bad-header"

    def message(self) -> str:
        return self.sentence

    def facts(self) -> dict[str, Any]:
        return {"errors": [{"header": self.header, "code": self.code, "detail": self.sentence}]}


class Unconditional(Refusal):
    """Who changes something must say which version of it was seen."""

    status = 428
    code = "if-match-needed"

    def message(self) -> str:
        return _("Please send If-Match with the ETag of what you read, so that nobody's change is lost.")


@dataclass
class ChangedSince(Refusal):
    """Somebody else was faster; `etag` is what it would have to be now."""

    etag: str
    status = 412
    code = "changed-since"

    def message(self) -> str:
        return _("This was changed since you read it. Please read it again and decide anew.")

    def facts(self) -> dict[str, Any]:
        return {"current_etag": self.etag}

    def headers(self) -> dict[str, str]:
        return {"ETag": self.etag}


class MadeAndGone(Refusal):
    """The key's first request was done; what it made is no longer there."""

    status: ClassVar[int] = 409
    code = "made-and-gone"

    def message(self) -> str:
        return _("This was done already, and what it made has been deleted since.")


@dataclass
class Contradiction(Refusal):
    """A part of the request is well formed and yet cannot be, as the shop stands; `errors` says which."""

    errors: Sequence[Mapping[str, str]]
    status: ClassVar[int] = 409
    code = "contradiction"

    @classmethod
    def at(cls, pointer: str, why: str, sentence: str) -> Self:
        """About one part."""
        return cls([{"pointer": pointer, "code": why, "detail": sentence}])

    def message(self) -> str:
        return self.errors[0]["detail"]

    def facts(self) -> dict[str, Any]:
        return {"errors": list(self.errors)}


class Missing(Contradiction):
    """Something that the request refers to is not there."""

    code = "reference-missing"
