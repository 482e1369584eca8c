"""Read HTML as strictly as the standard does, and find things in it by CSS selectors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

HIDDEN = {"script", "style", "template", "noscript", "head"}
STEP = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)|\#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)
      |\[(?P<name>[\w:-]+)(?:(?P<how>[*^$~]?)=["']?(?P<value>[^\]"']*)["']?)?\]""",
    re.VERBOSE,
)
Path = list[list[re.Match[str]]]
"""The steps of a selector from the outermost to the last, each with all it asks for."""


@dataclass(eq=False)
class Document:
    """A page, or a piece of one, with its parents known."""

    root: Element
    whole: bool
    """Whether it is a page of its own and not a fragment."""

    @classmethod
    def read(cls, text: str) -> "Document":
        """Parse strictly. Raises ParseError at the first thing the HTML standard calls an error."""
        whole = text.lstrip()[:9].lower() == "<!doctype"
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        root = parser.parse(text) if whole else parser.parseFragment(text)
        _drop_comments(root)
        return cls(root, whole)

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def all(self, selector: str) -> list[Element]:
        """Every element that a selector of tags, ids, classes, attributes, descendants and commas means."""
        paths = _paths(selector)
        return [each for each in self.elements() if any(self._ends(path, each) for path in paths)]

    def one(self, selector: str) -> Element:
        """The only such element."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def elements(self) -> Iterator[Element]:
        return self.root.iter()

    def ancestors(self, element: Element) -> Iterator[Element]:
        while (parent := self.parents.get(element)) is not None:
            yield parent
            element = parent

    def text(self, selector: str | None = None) -> str:
        """What can be read in the whole document, or in the one element meant."""
        return words(self.root if selector is None else self.one(selector))

    def texts(self, selector: str) -> list[str]:
        return [words(element) for element in self.all(selector)]

    def _ends(self, path: Path, element: Element) -> bool:
        """Whether a path of steps from above leads to an element."""
        *rest, last = path
        if not all(_has(element, part) for part in last):
            return False
        return not rest or any(self._ends(rest, above) for above in self.ancestors(element))


def _drop_comments(element: Element) -> None:
    before: Element | None = None
    for child in list(element):
        tag: object = child.tag  # A comment's is a function, whatever the types say.
        if isinstance(tag, str):
            _drop_comments(child)
            before = child
            continue
        element.remove(child)
        if before is None:
            element.text = (element.text or "") + (child.tail or "")
        else:
            before.tail = (before.tail or "") + (child.tail or "")


@cache
def _paths(selector: str) -> list[Path]:
    return [[_parts(step) for step in path.split()] for path in selector.split(",")]


def _parts(step: str) -> list[re.Match[str]]:
    parts = list(STEP.finditer(step))
    assert "".join(part.group() for part in parts) == step, f"{step!r} is more than this reads"
    return parts


def _has(element: Element, part: re.Match[str]) -> bool:
    if tag := part["tag"]:
        return tag in ("*", element.tag)
    if part["id"]:
        return element.get("id") == part["id"]
    if part["class"]:
        return part["class"] in element.get("class", "").split()
    value = element.get(part["name"])
    if value is None or part["value"] is None:
        return value is not None
    wanted = part["value"]
    return {
        "": value == wanted,
        "*": wanted in value,
        "^": value.startswith(wanted),
        "$": value.endswith(wanted),
        "~": wanted in value.split(),
    }[part["how"] or ""]


def words(element: Element) -> str:
    """The readable text of an element, with single spaces."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in HIDDEN:
        return
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if element.tag not in {"a", "b", "em", "i", "s", "small", "span", "strong"}:
        yield " "


@dataclass
class Form:
    """A form as a browser without scripts would send it."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document, element: Element, button: Element | None = None) -> "Form":
        """What is filled in now, and the button if it says something itself."""
        action, method = element.get("action", ""), element.get("method", "get")
        if button is not None:
            action, method = button.get("formaction", action), button.get("formmethod", method)
        form = cls(action, method.lower())
        for control in _controls(document, element):
            form.names.add(control.get("name", ""))
            for value in _sent(control, button):
                form.fields.setdefault(control.get("name", ""), []).append(value)
        return form

    def fill(self, **values: str | int | list[str] | None) -> "Form":
        """Type into fields; None leaves one out. A field the form does not have is a mistake of the test."""
        for name, value in values.items():
            assert name in self.names, f"there is no {name!r} among {sorted(self.names)}"
            if value is None:
                self.fields.pop(name, None)
            else:
                self.fields[name] = value if isinstance(value, list) else [str(value)]
        return self


def _controls(document: Document, form: Element) -> list[Element]:
    inside = set(form.iter())
    name = form.get("id")
    return [
        control
        for control in document.all("input, select, textarea, button")
        if control.get("name")
        and control.get("disabled") is None
        and (control.get("form") == name if control.get("form") else control in inside)
    ]


def _sent(control: Element, button: Element | None) -> list[str]:
    kind = control.get("type", "text" if control.tag == "input" else "submit").lower()
    if control.tag == "button" or (control.tag == "input" and kind in {"submit", "image"}):
        return [control.get("value", "")] if control is button else []
    if control.tag == "textarea":
        return ["".join(control.itertext()).removeprefix("\n")]
    if control.tag == "select":
        return _chosen(control)
    if kind in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [] if kind in {"button", "reset", "file"} else [control.get("value", "")]


def _chosen(select: Element) -> list[str]:
    options = [option for option in select.iter("option") if option.get("disabled") is None]
    chosen = [option for option in options if option.get("selected") is not None]
    if select.get("multiple") is None:
        chosen = chosen[-1:] or options[:1]
    return [option.get("value", words(option)) for option in chosen]


__all__ = ["Document", "Form", "ParseError", "words"]
