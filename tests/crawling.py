"""Walk through the shop as a search engine would: along every link and every search form."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.inspecting import Answer, InspectingClient

FOLLOWED = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}


def crawl(client: InspectingClient, *starts: str, at_most: int = 300) -> Iterator[Answer]:
    """Every answer that can be reached by reading, each address once."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address)
        yield answer
        for found in leads_to(address, answer):
            if found not in seen:
                seen.add(found)
                waiting.append(found)
        assert len(seen) <= at_most, f"the shop is endless: {sorted(seen)[-5:]}"


def leads_to(address: str, answer: Answer) -> list[str]:
    """Where an answer leads: its redirect, its links, its forms that only ask."""
    if "Location" in answer.headers:
        return [urljoin(address, answer.headers["Location"])]
    if not answer.is_html:
        return []
    found = []
    for element in answer.document.elements():
        attribute = FOLLOWED.get(element.tag)
        target = element.get(attribute, "") if attribute else ""
        if attribute is None or not target or element.get("method", "get").lower() == "post":
            continue
        parts = urlsplit(target)
        if not parts.netloc and parts.scheme in {"", "http"}:
            found.append(urldefrag(urljoin(address, target)).url)
    return found
