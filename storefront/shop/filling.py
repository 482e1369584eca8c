"""Put facts of the shop where a text names them: {{name}}, {{delivery}} and their like."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{\{ *([a-z_]+) *\}\}")
SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The Markdown with every fact in its place. A name that is no fact stays, so that it is noticed."""
    return PLACE.sub(lambda place: facts.get(place[1], place[0]), text)


def literal(text: str) -> str:
    """What means itself in Markdown, whatever signs it holds; its lines stay lines."""
    return "\\\n".join(SIGNS.sub(r"\\\1", line.strip()) for line in text.splitlines() if line.strip())
