"""What the shop says no to, where people sign in, up and out."""

from flask_babel import gettext as _

from storefront.platform.errors import Refusal


class WrongPassword(Refusal):
    """There is no such account, or the password is another one: nobody is told which."""

    status = 422
    code = "wrong-password"

    def message(self) -> str:
        return _("E-mail and password do not go together.")


class WrongCode(Refusal):
    """Not the code of this half minute, or one that was used already."""

    status = 422
    code = "wrong-code"

    def message(self) -> str:
        return _(
            "This code is not right, or it was used already. Your app shows a new one every half minute."
        )


class Unconfirmed(Refusal):
    """The password is right, but nobody has shown yet that letters to the address arrive."""

    status = 422
    code = "unconfirmed"

    def message(self) -> str:
        return _("Please open the link that we have sent you first.")


class LinkOver(Refusal):
    """The link of a letter was used, is too old, or was never ours."""

    status = 404
    code = "link-over"

    def message(self) -> str:
        return _("This link works only once, and not for long. It is over.")


class AddressBookFull(Refusal):
    """Nobody lives in so many places."""

    status = 422
    code = "address-book-full"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def message(self) -> str:
        return _("Your address book is full: it holds %(most)s addresses.", most=self.most)
