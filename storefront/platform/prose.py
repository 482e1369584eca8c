"""Merchants' Markdown as safe HTML whose headings fit into the page."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
TOP = 3  # A product's page has headings of its own, h1 and h2.
BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|pre)>")
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=256)
def html(markdown: str, top: int = TOP, link_rel: str | None = "nofollow noopener") -> Markup:
    """The text as HTML with headings from `top` on; whatever could harm or would not load is taken out."""
    tokens = _parser.parse(markdown)
    _fit_headings(tokens, top)
    made = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        made,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=link_rel,
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it


@lru_cache(maxsize=256)
def plain(markdown: str, most: int) -> str:
    """The text in one line without any form, cut after a whole word."""
    text = ""
    for block in BLOCK_END.split(html(markdown)):
        if said := Markup(block).striptags():  # noqa: S704 - its tags are taken away this moment
            text += f" · {said}" if text[-1:].isalnum() else f" {said}"
    text = text.strip()
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ·,;:–-") + " …"


def _fit_headings(tokens: list[Token], top: int) -> None:
    """Start below the page's own headings and never skip a level, whatever the merchant starts with."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    before, least = top - 1, min(levels, default=1)
    for token in tokens:
        if token.type == "heading_open":
            before = min(int(token.tag[1]) - least + top, before + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"
