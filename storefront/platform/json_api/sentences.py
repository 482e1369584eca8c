"""What is wrong with a value, in a sentence: pydantic's own are about Python, and in one language."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

Facts = Mapping[str, Any]


def about(kind: str, facts: Facts, otherwise: str) -> str:
    """The sentence for a kind of mistake; pydantic's own for what never happens here."""
    say = SENTENCES.get(kind)
    return say(facts) if say else otherwise


def _whole_number(_facts: Facts) -> str:
    return _("This must be a whole number.")


def _several(_facts: Facts) -> str:
    return _("This must be a list.")


def _least_letters(facts: Facts) -> str:
    least = facts["min_length"]
    return ngettext(
        "Please use at least %(num)s character.", "Please use at least %(num)s characters.", least
    )


def _most_letters(facts: Facts) -> str:
    most = facts["max_length"]
    return ngettext("Please use at most %(num)s character.", "Please use at most %(num)s characters.", most)


def _least_entries(facts: Facts) -> str:
    least = facts["min_length"]
    return ngettext("At least %(num)s entry is needed.", "At least %(num)s entries are needed.", least)


def _most_entries(facts: Facts) -> str:
    most = facts["max_length"]
    return ngettext("At most %(num)s entry is read.", "At most %(num)s entries are read.", most)


SENTENCES: Mapping[str, Callable[[Facts], str]] = {
    "extra_forbidden": lambda _facts: _("There is no such field."),
    "missing": lambda _facts: _("This is needed."),
    "int_type": _whole_number,
    "int_parsing": _whole_number,
    "int_parsing_size": _whole_number,
    "int_from_float": _whole_number,
    "string_type": lambda _facts: _("This must be text."),
    "string_unicode": lambda _facts: _("This must be text."),
    "bool_type": lambda _facts: _("This must be true or false."),
    "bool_parsing": lambda _facts: _("This must be true or false."),
    "tuple_type": _several,
    "list_type": _several,
    "model_type": lambda _facts: _("This must be an object."),
    "model_attributes_type": lambda _facts: _("This must be an object."),
    "greater_than_equal": lambda facts: _("This must be at least %(least)s.", least=facts["ge"]),
    "less_than_equal": lambda facts: _("This must be at most %(most)s.", most=facts["le"]),
    "string_too_short": _least_letters,
    "string_too_long": _most_letters,
    "too_short": _least_entries,
    "too_long": _most_entries,
    "string_pattern_mismatch": lambda facts: _("This must match %(pattern)s.", pattern=facts["pattern"]),
    "literal_error": lambda facts: _("This must be one of %(choices)s.", choices=facts["expected"]),
}
