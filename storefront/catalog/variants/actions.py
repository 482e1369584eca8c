"""Changes of a product's choices: what there is to choose, their order, codes and prices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from sqlalchemy import select, update

from storefront.catalog import changing, pricing
from storefront.catalog.locks import lock_variants
from storefront.catalog.models import MAX_OPTIONS, MAX_VARIANTS, Product, Variant
from storefront.catalog.refusals import BadWish, collisions
from storefront.catalog.removing import remove
from storefront.catalog.variants import adding, writing
from storefront.catalog.variants.matrix import Known, Matrix, Option, matrix
from storefront.catalog.variants.refusals import PriceMoved
from storefront.catalog.wanted import EditVariants, NewVariant, VariantFacts
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.money import Money
from storefront.shop.queries import read


@dataclass(frozen=True, slots=True)
class SetOptions:
    """What there is to choose from now on; new choices are like `pattern`."""

    version: int
    options: tuple[Option, ...]
    pattern: VariantFacts


@dataclass(frozen=True, slots=True)
class SetPrice:
    """Another usual price, by somebody who saw the one before."""

    seen: int
    amount: int


@db.retried
def add_variants(product_id: int, new: Sequence[NewVariant], version: int | None = None) -> list[int]:
    """Add choices; returns their ids. Raises Stale, NotFound, Taken or BadWish."""
    with collisions(), db.transaction():
        product = changing.hold(product_id)
        changing.expect(product, version)
        ids = adding.add(product_id, product.slug, len(product.option_names), new)
        changing.finish(product, {}, {"new variants": ids})
        return ids


@db.retried
def edit_variants(product_id: int, wish: EditVariants) -> int:
    """Make choices so; returns the product's version.

    Raises Stale, NotFound, Taken, BadWish, or StillPromised when one is no longer to be counted.
    """
    with collisions(), db.transaction():
        product = changing.hold(product_id)
        changing.expect(product, wish.version)
        lock_variants(product_id)
        if not writing.write(product, wish.variants):
            return product.version
        return changing.finish(product, {}, {"variants": sorted(wish.variants)})


@db.retried
def set_options(product_id: int, wish: SetOptions) -> int:
    """Let the product be chosen by these options: every combination is a variant, the others go.

    Those that are sold no more are archived. Returns the version. Raises Stale, NotFound or BadWish.
    """
    _check(wish.options)
    with collisions(), db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, wish.version)
        lock_variants(product_id)
        before = list(product.option_names)
        names = [option.name for option in wish.options]
        made = matrix(before, wish.options, _known(product_id))
        session.execute(update(Product).where(Product.id == product_id).values(option_names=names))
        _apply(product, made)
        new = [NewVariant(replace(wish.pattern, sku="", values=values)) for values in made.new]
        adding.add(product_id, product.slug, len(names), new)
        _order(product_id, made)
        return changing.finish(product, {"options": before}, {"options": names})


@db.retried
def set_price(variant_id: int, wish: SetPrice) -> int:
    """Change a usual price where it stands. Returns the product's version.

    Raises NotFound, PriceMoved when it is not the price that was seen, or BadWish.
    """
    with db.transaction():
        product, variant = changing.hold_of(variant_id)
        currency = read().currency
        cost = pricing.costs_of(product.id, currency).get(variant_id)
        if cost is not None and cost.amount != wish.seen:
            raise PriceMoved(Money(cost.amount, currency))
        facts = writing.facts_of(variant, cost)
        if not writing.write(product, {variant_id: replace(facts, price=wish.amount)}):
            return product.version
        return changing.finish(product, {}, {"variants": [variant_id]})


@db.retried
def archive_variant(variant_id: int, version: int | None = None) -> int:
    """Sell it no more; orders go on telling of it. Returns the product's version. Raises Stale."""
    return _archive(variant_id, version, gone=True)


@db.retried
def restore_variant(variant_id: int, version: int | None = None) -> int:
    """Sell it again. Returns the product's version. Raises Stale or NotFound."""
    return _archive(variant_id, version, gone=False)


@db.retried
def delete_variant(variant_id: int, version: int | None = None) -> int:
    """Forget a choice. Returns the product's version. Raises NotDeletable, Stale or NotFound."""
    with db.transaction():
        product, variant = changing.hold_of(variant_id)
        changing.expect(product, version)
        lock_variants(product.id)
        remove([variant_id])
        return changing.finish(product, {"variant": variant.sku}, {"variant": None})


@db.retried
def reorder_variants(product_id: int, ids: Sequence[int], version: int | None = None) -> int:
    """Show the choices in this order. Returns the version. Raises Stale or NotFound."""
    with db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, version)
        there = select(Variant.id).where(Variant.product_id == product_id)
        before = list(session.scalars(there.order_by(Variant.position, Variant.id)))
        if set(ids) - set(before):
            raise NotFound
        after = [*ids, *(one for one in before if one not in set(ids))]
        for place, variant_id in sorted(enumerate(after, 1), key=lambda pair: pair[1]):
            session.execute(update(Variant).where(Variant.id == variant_id).values(position=place))
        return changing.finish(product, {"order": before}, {"order": after})


def _archive(variant_id: int, version: int | None, *, gone: bool) -> int:
    with db.transaction():
        product, variant = changing.hold_of(variant_id)
        changing.expect(product, version)
        if (variant.archived_at is not None) == gone:
            return product.version
        _put_away(variant_id, gone=gone)
        return changing.finish(product, {}, {"variants": [variant_id]})


def _put_away(variant_id: int, *, gone: bool) -> None:
    at = db.inside().now if gone else None
    writing.touch(variant_id, {"archived": not gone}, {"archived": gone}, archived_at=at)


def _check(options: Sequence[Option]) -> None:
    if len(options) > MAX_OPTIONS:
        raise BadWish("options", _("A product has %(most)s options at most.", most=MAX_OPTIONS))
    number = 1
    for option in options:
        if not option.name or not option.values or not all(option.values):
            raise BadWish("options", _("An option has a name and at least one value."))
        if len(set(option.values)) < len(option.values):
            raise BadWish("options", _("“%(name)s” has the same value twice.", name=option.name))
        number *= len(option.values)
    if len({option.name.lower() for option in options}) < len(options):
        raise BadWish("options", _("Two options have the same name."))
    if number > MAX_VARIANTS:
        raise BadWish("options", _("A product has %(most)s choices at most.", most=MAX_VARIANTS))


def _known(product_id: int) -> list[Known]:
    rows = db.inside().session.execute(
        select(Variant.id, Variant.option_values, Variant.archived_at)
        .where(Variant.product_id == product_id)
        .order_by(Variant.position, Variant.id)
    )
    return [Known(row.id, tuple(row.option_values), row.archived_at is not None) for row in rows]


def _apply(product: Product, made: Matrix) -> None:
    """Put away, bring back and rename, by ascending id. Part of a change that holds the variants."""
    known = {one.id: one for one in _known(product.id)}
    for variant_id in sorted(made.archived):
        _put_away(variant_id, gone=True)
    for variant_id in sorted(made.restored):
        _put_away(variant_id, gone=False)
    writing.set_aside(made.moved)
    for variant_id, values in sorted(made.moved.items()):
        before = {"values": list(known[variant_id].values)}
        after = {"values": list(values)}
        writing.touch(variant_id, before, after, option_values=list(values))


def _order(product_id: int, made: Matrix) -> None:
    """As the options are written; what is put away comes last."""
    places = {values: place for place, values in enumerate(made.order, 1)}
    for one in sorted(_known(product_id), key=lambda one: one.id):
        place = places.get(one.values, len(places) + 1)
        db.inside().session.execute(update(Variant).where(Variant.id == one.id).values(position=place))
