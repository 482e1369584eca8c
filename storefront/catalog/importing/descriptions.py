"""Turn the HTML of other shops into our Markdown, and leave everything else as it is."""

import re
from html import unescape

from storefront.catalog.importing.cells import CellRefused, check_characters
from storefront.catalog.models import MAX_DESCRIPTION

TAG = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>|<!--", re.IGNORECASE)
ENTITY = re.compile(r"&(#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,10});", re.IGNORECASE)
SILENT = re.compile(r"<(script|style)\b.*?(</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
MAX_HTML = 4 * MAX_DESCRIPTION


def markdown(text: str) -> str:
    """The description in Markdown. Raises CellRefused when it is too long or too deep."""
    if len(text) > MAX_HTML:
        raise CellRefused(f"is longer than {MAX_HTML} characters")
    if TAG.search(text):
        text = _converted(SILENT.sub("", text))
    elif ENTITY.search(text):
        text = unescape(text)
    text = re.sub(r"\r\n?|\v|\f", "\n", text)
    text = re.sub(r"[ \t]*\n", "\n", text).strip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    if len(text) > MAX_DESCRIPTION:
        raise CellRefused(f"is longer than {MAX_DESCRIPTION} characters")
    check_characters(text)
    return text


def _converted(html: str) -> str:
    from markdownify import markdownify  # noqa: PLC0415 - it brings two readers of HTML, which no page needs

    try:
        return markdownify(html, heading_style="ATX", bullets="-")
    except RecursionError:
        raise CellRefused("holds HTML that is nested too deep") from None
