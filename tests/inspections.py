"""What every answer of the shop must be: readable by people, by screen readers and by the standard."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from storefront.platform.security import FOR_FILES, HEADERS, WITH_STYLES
from tests.documents import Document, words

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage")
FACTS = "application/ld+json"
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
LEAKS = re.compile(r"Traceback|psycopg|sqlalchemy|SELECT .* FROM|INSERT INTO|\[parameters", re.IGNORECASE)


def of_page(document: Document) -> Iterator[str]:
    """What only a whole page has."""
    if (headings := len(document.all("h1"))) != 1:
        yield f"it has {headings} h1"
    if not "".join(document.texts("head title") or [e.text or "" for e in document.all("title")]).strip():
        yield "its title is empty"
    if not document.root.get("lang"):
        yield "it does not say its language"
    if len(document.all("main")) != 1:
        yield "it needs one main landmark"
    for element in document.all("[href^='#']"):
        if (name := element.get("href", "")[1:]) and not document.all(f"#{name}"):
            yield f"a link leads to #{name}, which is not there"
    yield from _dangling(document, REFERENCES)


def of_anything(document: Document) -> Iterator[str]:
    """What pages and fragments have in common."""
    ids = Counter(element.get("id") for element in document.elements() if element.get("id") is not None)
    yield from (f"the id {name!r} is there {times} times" for name, times in ids.items() if times > 1)
    for inspection in (_labels, _names, _pictures, _headings, _groups, _active_content, _fallbacks, _nesting):
        yield from inspection(document)


def _dangling(document: Document, attributes: tuple[str, ...]) -> Iterator[str]:
    known = {element.get("id") for element in document.elements()}
    for element in document.elements():
        for attribute in attributes:
            for name in element.get(attribute, "").split():
                if name not in known:
                    yield f"{shown(element)} refers to #{name} by {attribute}, which is not there"


def _labels(document: Document) -> Iterator[str]:
    yield from _dangling(document, ("for", "list", "form"))
    named = {label.get("for") for label in document.all("label[for]") if words(label)}
    for control in document.all("input, select, textarea"):
        if control.get("type") in UNLABELLED:
            continue
        around = [above for above in document.ancestors(control) if above.tag == "label" and words(above)]
        if not (around or control.get("id") in named or _aria_name(document, control)):
            yield f"{shown(control)} has no label"


def _names(document: Document) -> Iterator[str]:
    for element in document.all("a, button, summary, [role='button'], [role='link']"):
        if not (_aria_name(document, element) or spoken(element)):
            yield f"{shown(element)} says nothing"
        if element.tag == "a" and not element.get("href"):
            yield f"{shown(element)} leads nowhere"
    for element in document.all("input[type='submit'], input[type='button']"):
        if not (element.get("value") or _aria_name(document, element)):
            yield f"{shown(element)} says nothing"


def _pictures(document: Document) -> Iterator[str]:
    for picture in document.all("img"):
        if picture.get("alt") is None:
            yield f"{shown(picture)} has no alt"
        if not (picture.get("width") and picture.get("height")):
            yield f"{shown(picture)} does not keep its place: width and height are missing"


def _headings(document: Document) -> Iterator[str]:
    before = 0 if document.whole else None
    for heading in (element for element in document.elements() if element.tag in HEADINGS):
        level = int(heading.tag[1])
        if not words(heading):
            yield f"{shown(heading)} is empty"
        if before is not None and level > before + 1:
            yield f"{shown(heading)} skips a level after h{before}"
        before = level


def _groups(document: Document) -> Iterator[str]:
    for group in document.all("fieldset"):
        if not (any(words(legend) for legend in group.findall("legend")) or _aria_name(document, group)):
            yield f"{shown(group)} has no legend"


def _active_content(document: Document) -> Iterator[str]:
    for element in document.elements():
        if element.tag == "script" and element.get("type") == FACTS:
            yield from _facts("".join(element.itertext()))
        elif element.tag == "style" or (element.tag == "script" and "".join(element.itertext()).strip()):
            yield f"{shown(element)} is inline; the content policy drops it"
        for name, value in element.attrib.items():
            if name == "style" or name.removeprefix("data-").startswith(("on", "hx-on")):
                yield f"{shown(element)} has {name}=; the content policy drops it"
            if value.strip().lower().startswith(("javascript:", "js:")):
                yield f"{shown(element)} runs a script from {name}="


def _facts(text: str) -> Iterator[str]:
    """Data for search engines is never run, so the content policy lets it be; it must be readable."""
    try:
        told = json.loads(text)
    except ValueError as error:
        yield f"its JSON-LD cannot be read: {error}"
        return
    for fact in told:
        if not (fact.get("@context") == "https://schema.org" and fact.get("@type")):
            yield f"its JSON-LD does not say what it is: {fact}"


def _fallbacks(document: Document) -> Iterator[str]:
    for element in document.all("[hx-post], [data-hx-post]"):
        around = [element, *document.ancestors(element)]
        if document.whole and not any(above.tag == "form" for above in around):
            yield f"{shown(element)} sends nothing without scripts: no form is around it"


def _nesting(document: Document) -> Iterator[str]:
    for element in document.all("a, button, input, select, textarea, summary"):
        for above in document.ancestors(element):
            if above.tag in {"a", "button"}:
                yield f"{shown(element)} stands inside {shown(above)}"


def _aria_name(document: Document, element: Element) -> str:
    names = [element.get("aria-label", "")]
    for reference in element.get("aria-labelledby", "").split():
        names += document.texts(f"#{reference}")
    return " ".join(names).strip()


def spoken(element: Element) -> str:
    """What a screen reader says of an element's content: text and alt, without what is hidden from it."""
    if element.get("aria-hidden") == "true" or element.get("hidden") is not None:
        return ""
    pieces = [element.text or "", element.get("alt", ""), element.get("aria-label", "")]
    for child in element:
        pieces += [spoken(child), child.tail or ""]
    return " ".join(pieces).strip()


def of_headers(headers: dict[str, str]) -> Iterator[str]:
    """What browsers are told with every answer."""
    policy = headers.get("content-security-policy")
    is_file = policy == FOR_FILES["Content-Security-Policy"] and "html" not in headers.get("content-type", "")
    told = FOR_FILES if is_file else HEADERS
    if policy == WITH_STYLES:  # tests/api/test_document.py knows the one page that has it.
        told = told | {"Content-Security-Policy": WITH_STYLES}
    for name, value in told.items():
        if headers.get(name.lower()) != value:
            yield f"its header {name} is {headers.get(name.lower())!r}"


def of_error(status: int, text: str) -> Iterator[str]:
    """An error is said in words, and without any of our own."""
    if leak := LEAKS.search(text):
        yield f"it shows {leak.group()!r} to people"
    if status >= 500 and status != 503:
        yield "we broke"


def shown(element: Element) -> str:
    """An element's opening tag, for a person to find it."""
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    return f"<{element.tag}{attributes}>"
