"""Rehearse an uploaded catalog, or import it, and write down row by row what becomes of it."""

from contextlib import closing
from itertools import islice

from storefront.catalog.importing.actions import make_lasting
from storefront.catalog.importing.planning import Asked
from storefront.catalog.importing.reading import Opened, UnreadableCatalog, open_catalog
from storefront.catalog.importing.refused_file import RefusedFile
from storefront.catalog.importing.run import head_of, lines_of, rules_of
from storefront.catalog.importing.spool import Spool
from storefront.catalog.uploaded import actions, files, queries
from storefront.catalog.uploaded.models import Upload
from storefront.config import settings
from storefront.platform import acting, clock, db
from storefront.platform.acting import Actor, acting_as
from storefront.shop.queries import facts

AT_ONCE = 50  # rows that are written down together


def run(upload_id: int) -> None:
    """Do what it waits for. A run that was cut off begins again: what is done changes nothing twice."""
    upload = queries.upload(upload_id)
    db.release()
    if upload is None or not upload.running:
        return
    path = files.path_of(upload.file)
    try:
        opened = open_catalog(path, upload.format)
    except UnreadableCatalog as refused:
        actions.fail(upload_id, str(refused).replace(str(path), upload.name))
        return
    with closing(Spool(opened)) as spool:
        head = [line.removeprefix(f"{path.name}: ") for line in head_of(opened, spool)]
        actions.begin(upload_id, head, spool.count)
        refused_file = _go_through(upload, opened, spool)
    with acting_as(Actor(upload.actor_kind, upload.actor_id), acting.now().request_id):
        actions.finish(upload_id, refused_file)


def _go_through(upload: Upload, opened: Opened, spool: Spool) -> str | None:
    """Returns the name of the file of refused rows, if there are any."""
    shop, now, rehearsed = facts(), clock.now(), upload.rehearsed
    rules = rules_of(shop, settings(), now, opened)
    folder, done = files.folder(), 0
    asked = Asked(shop.currency, with_stock=upload.with_stock, rehearsal=rehearsed, beside=folder)
    lines = lines_of(spool, rules, asked)
    with RefusedFile(folder, opened, now) as refused:
        while some := list(islice(lines, AT_ONCE)):
            done += len(some)
            for line in some:
                refused.add(line)
            if not actions.report(upload.id, some, done, rehearsed=rehearsed):
                make_lasting()
                break
    return refused.path.name if refused.count else None
