"""Guess what somebody meant who typed gmial.com; the guess is offered, never forced."""

import re
from difflib import get_close_matches
from functools import lru_cache

_DOMAINS = """
    gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.de hotmail.fr
    hotmail.co.uk live.com msn.com icloud.com me.com mac.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk
    ymail.com aol.com mail.com email.com fastmail.com proton.me protonmail.com gmx.de gmx.net gmx.at
    gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org arcor.de orange.fr free.fr laposte.net
    libero.it bluewin.ch btinternet.com
"""
COMMON = _DOMAINS.split()
# These have an address in most countries; .co and .cm are more often a .com that lost a letter.
WORLDWIDE = re.compile(r"(hotmail|outlook|yahoo|live|gmx)\.(co\.|com\.)?(?!co$|cm$)[a-z]{2}")
ALIKE = 0.8  # gmial.com is 0.89 like gmail.com; example.com is like none of them.


def meant(email: str) -> str | None:
    """The address that was probably meant, or None when nothing about this one is odd."""
    name, _, domain = email.rpartition("@")
    better = _better(domain.lower())
    return f"{name}@{better}" if better else None


@lru_cache(maxsize=1024)
def _better(domain: str) -> str | None:
    if domain in COMMON or WORLDWIDE.fullmatch(domain):
        return None
    return next(iter(get_close_matches(domain, COMMON, n=1, cutoff=ALIKE)), None)
