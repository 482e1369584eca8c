"""What was typed, taken apart: words to look for, and what may be an article number."""

import re
import unicodedata
from dataclasses import dataclass

MAX_WORDS = 10
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """A search as somebody typed it."""

    text: str

    @property
    def words(self) -> list[str]:
        """Its words, each once; the rest of an endless list is not looked at."""
        apart = WORD.findall(unicodedata.normalize("NFC", self.text).replace("'", "").replace("’", ""))
        return list(dict.fromkeys(word.lower() for word in apart))[:MAX_WORDS]

    @property
    def code(self) -> str:
        """The whole of it as an article number or barcode would be written, in small letters."""
        return self.text.strip().lower()

    @property
    def pieces(self) -> list[str]:
        """All of it, and what stands between spaces: each might be an article number.

        What is nothing but signs is none: no index would find it, and "Salt & Sea" has one.
        """
        apart = list(dict.fromkeys([self.code, *self.code.split()]))
        return [piece for piece in apart if WORD.search(piece)][: MAX_WORDS + 1]


def code_pattern(piece: str) -> str:
    """What LIKE looks for among article numbers: a part of one, or a whole one if there are few letters."""
    quoted = piece.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    long_enough = len(piece) >= (4 if piece.isdigit() else 3) and WORD.search(piece)
    return f"%{quoted}%" if long_enough else f"%\n{quoted}\n%"
