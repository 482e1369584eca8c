"""Sign in and out."""

from datetime import timedelta

from sqlalchemy import update

from storefront.accounts.models import SignIn
from storefront.platform import db


@db.retried
def note_seen(sign_in_id: int) -> None:
    """Somebody who is signed in was here just now."""
    with db.transaction() as session:
        lately = db.inside().now - timedelta(seconds=30)
        seen = (SignIn.id == sign_in_id, SignIn.seen_at < lately)
        session.execute(update(SignIn).where(*seen).values(seen_at=db.inside().now))
