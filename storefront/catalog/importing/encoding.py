"""Find out how the bytes of a file spell its letters."""

import codecs
from typing import BinaryIO

SAMPLE = 256 * 1024
LEGACY = ["cp1252", "cp1250", "cp1251", "mac_roman", "shift_jis", "gb18030"]
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(file: BinaryIO) -> str:
    """The encoding's name for Python: what a mark says, UTF-8 if that fits, else the likeliest."""
    start = file.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    file.seek(0)
    good, bad, sample = _utf8_letters(file)
    # One torn character in a UTF-8 file is a bad row, not another encoding.
    return "utf-8" if bad == 0 or good > bad else _likeliest(sample)


def _utf8_letters(file: BinaryIO) -> tuple[int, int, bytes]:
    """How many letters beyond ASCII are good UTF-8, how many bytes are not, and lines that hold any."""
    good = bad = 0
    sample = bytearray()
    for line in iter(lambda: file.readline(SAMPLE), b""):
        if line.isascii():
            continue
        text = line.decode("utf-8", "surrogateescape")
        torn = sum("\udc80" <= letter <= "\udcff" for letter in text)
        bad += torn
        good += sum(letter > "\x7f" for letter in text) - torn
        if torn and len(sample) < SAMPLE:
            sample += line
    return good, bad, bytes(sample)


def _likeliest(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - most files are UTF-8, and no page reads any

    matches = list(from_bytes(sample, cp_isolation=LEGACY))
    if not matches:
        return "cp1252"
    best = matches[0]
    tied = {
        name
        for match in matches
        if (match.chaos, match.coherence) == (best.chaos, best.coherence)
        for name in (match.encoding, *match.could_be_from_charset)
    }
    # Western Europe's is by far the commonest, so it wins where nothing speaks against it.
    return "cp1252" if "cp1252" in tied else best.encoding
