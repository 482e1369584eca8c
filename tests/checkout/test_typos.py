"""What somebody probably meant, and what nobody should be asked about."""

import pytest

from storefront.checkout.typos import meant


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmai.com", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("yaho.com", "yahoo.com"),
        ("icloud.co", "icloud.com"),
        ("t-onlin.de", "t-online.de"),
        ("GMIAL.com", "gmail.com"),
    ],
)
def test_a_slip_of_the_finger_is_seen(typed: str, better: str) -> None:
    assert meant(f"ada@{typed}") == f"ada@{better}"


@pytest.mark.parametrize(
    "domain",
    [
        *("gmail.com", "GMAIL.COM", "gmx.de", "gmx.com", "web.de", "mail.com", "hotmail.es", "yahoo.co.uk"),
        *(
            "yahoo.com.br",
            "live.nl",
            "example.com",
            "kiln.example",
            "uni-hamburg.de",
            "posteo.de",
            "exämple.de",
        ),
    ],
)
def test_nobody_is_asked_without_need(domain: str) -> None:
    assert meant(f"ada@{domain}") is None
