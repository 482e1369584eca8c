"""What is one mailbox, however it is spelled."""

import unicodedata

from email_validator import EmailNotValidError, validate_email


def key_of(address: str) -> str:
    """The same for every spelling of a mailbox: capitals, forms of Unicode, and names of hosts in ASCII.

    What is no address has a key too, so that it can be looked for in vain.
    """
    folded = unicodedata.normalize("NFKC", address.strip()).casefold()
    folded = unicodedata.normalize("NFKC", folded)
    local, at, host = folded.rpartition("@")
    try:
        known = validate_email(f"x@{host}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return folded
    return f"{local}{at}{(known.ascii_domain or host).lower()}"
