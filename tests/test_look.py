"""The look keeps its promises: contrasts of the tokens, the weight of what is sent, what others made."""

import base64
import gzip
import hashlib
import re
from itertools import product
from pathlib import Path

import pytest

from storefront.platform import ROOT

STATIC = ROOT / "static"
SHEET = (STATIC / "site.css").read_text(encoding="utf-8")
TOKENS = {
    name: (day, night)
    for name, day, night in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", SHEET)
}
PAGES = sorted({*ROOT.glob("templates/**/*.html")} - {*ROOT.glob("templates/mail/*")})
GROUNDS = ("paper", "raised", "card")
KIB = 1024


def luminance(colour: str) -> float:
    """As WCAG measures it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def both(one: str, other: str) -> float:
    """The lower contrast of two tokens, by day and by night."""
    return min(contrast(a, b) for a, b in zip(TOKENS[one], TOKENS[other], strict=True))


@pytest.mark.parametrize(
    ("text", "ground"), list(product(("ink", "soft", "accent", "sale", "good", "warn", "bad"), GROUNDS))
)
def test_every_text_can_be_read(text: str, ground: str) -> None:
    assert both(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["good-ground", "warn-ground", "bad-ground"])
def test_notices_can_be_read(ground: str) -> None:
    assert both("ink", ground) >= 4.5


@pytest.mark.parametrize("ground", ["accent", "accent-strong"])
def test_buttons_can_be_read(ground: str) -> None:
    assert both("on-accent", ground) >= 4.5


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edges_of_controls_can_be_seen(ground: str) -> None:
    assert both("edge", ground) >= 3
    assert both("accent", ground) >= 3


def test_no_rule_outside_the_tokens_names_a_colour() -> None:
    tokens = SHEET.index("@layer tokens"), SHEET.index("@layer base")
    rules = SHEET[: tokens[0]] + SHEET[tokens[1] :]
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl|oklch", rules)


def test_browsers_are_told_the_colours_of_the_paper() -> None:
    page = (ROOT / "templates/layouts/bare.html").read_text(encoding="utf-8")
    assert tuple(re.findall(r'name="theme-color" content="(#\w+)"', page)) == TOKENS["paper"]


def test_scripts_stay_small() -> None:
    """All that a page of the shop, of an account or of the staff may load; only the API's pages load more."""
    ours = [path for path in STATIC.glob("*.js") if path.name != "api-docs.js"]
    sent = [gzip.compress(path.read_bytes(), 6) for path in (*ours, *STATIC.glob("vendor/htmx/*.js"))]
    assert sum(map(len, sent)) <= 17 * KIB


def test_a_first_view_without_photographs_stays_light() -> None:
    compressed = ["site.css", "site.js", "vendor/htmx/htmx-4.0.1.min.js", "img/icon.svg"]
    sent = sum(len(gzip.compress((STATIC / name).read_bytes(), 6)) for name in compressed)
    font = (STATIC / "vendor/fraunces/fraunces.woff2").stat().st_size
    assert font <= 20 * KIB
    assert sent + font <= 42 * KIB  # So that 8 KiB of the 50 are left for the page itself.


def test_htmx_is_what_the_page_says_it_is() -> None:
    page = (ROOT / "templates/layouts/page.html").read_text(encoding="utf-8")
    digest = hashlib.sha384((STATIC / "vendor/htmx/htmx-4.0.1.min.js").read_bytes()).digest()
    assert f'integrity="sha384-{base64.b64encode(digest).decode()}"' in page


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_leave_looks_and_scripts_to_their_files(template: Path) -> None:
    text = re.sub(r"<hx-partial[^>]*>", "", template.read_text(encoding="utf-8"))
    assert not re.findall(r'\sstyle="|<style|\son\w+="|\shx-[\w:-]+="', text)
