"""Every polite "no" of the cart, with what the shopper needs to go on."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from storefront.cart.basket import Line
from storefront.platform.errors import Refusal


@dataclass
class NotUnderstood(Refusal):
    """A form held something else than our pages send."""

    sentence: str
    status = 422
    code = "not-understood"

    def message(self) -> str:
        return self.sentence


class NotSold(Refusal):
    """No such thing is sold, or not any more."""

    status = 404
    code = "not-sold"

    def message(self) -> str:
        return _("This is no longer sold here.")


class NotMade(Refusal):
    """The options that were chosen do not go together."""

    status = 404
    code = "not-made"

    def message(self) -> str:
        return _("This combination is not made. Please choose another one.")


@dataclass
class NotEnough(Refusal):
    """Fewer are left than `line` would hold, of which `already` lie in the cart."""

    line: Line
    already: int = 0
    code = "not-enough"

    @property
    def left(self) -> int:
        return self.line.obtainable

    @property
    def addable(self) -> int:
        """How many could still be added."""
        return max(0, self.left - self.already)

    def message(self) -> str:
        if self.left == 0:
            return _("“%(thing)s” is sold out.", thing=self.line.title)
        thing, left = self.line.title, self.left
        if self.already == 0:
            return ngettext(
                "Only one of “%(thing)s” is left.", "Only %(num)s of “%(thing)s” are left.", left, thing=thing
            )
        if self.addable == 0:
            return ngettext(
                "Only one of “%(thing)s” is left, and it is in your cart already.",
                "Only %(num)s of “%(thing)s” are left, and all of them are in your cart already.",
                left,
                thing=thing,
            )
        return _(
            "Only %(left)s of “%(thing)s” are left, and your cart holds %(already)s already.",
            left=left,
            thing=thing,
            already=self.already,
        )


@dataclass
class TooMany(Refusal):
    """More of one thing than a cart takes."""

    most: int
    already: int
    status = 422
    code = "too-many"

    @property
    def addable(self) -> int:
        return max(0, self.most - self.already)

    def message(self) -> str:
        return _(
            "At most %(most)s of one thing fit into a cart, and yours has %(already)s already.",
            most=self.most,
            already=self.already,
        )


@dataclass
class CartFull(Refusal):
    """More different things than a cart takes."""

    most: int
    code = "cart-full"

    def message(self) -> str:
        return _("At most %(most)s different things fit into a cart.", most=self.most)


class LineGone(Refusal):
    """That line is no longer in this visitor's cart, or never was."""

    status = 404
    code = "line-gone"

    def message(self) -> str:
        return _("This is no longer in your cart.")
