"""The sign in the door: no orders are taken, everything else stays, and nobody loses what they typed."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from storefront.orders.models import Order
from storefront.platform import clock, db, jobs
from storefront.platform.audit import AuditEntry
from storefront.shop import commands
from storefront.shop.actions import close_shop, open_shop
from storefront.shop.queries import read
from storefront.shop.refusals import BadFact
from tests.characters import a_kettle, ada
from tests.inspecting import InspectingClient
from tests.till import buy, put, typed


def orders() -> int:
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


def say(command: str, *words: str) -> str:
    done = CliRunner().invoke(getattr(commands, command), words, catch_exceptions=False)
    db.release()
    return done.output


def test_the_catalog_stays_and_the_till_is_politely_shut(client: InspectingClient) -> None:
    put(client, a_kettle(3, title="Kettle"), 1)
    assert "No orders are taken until somebody says" in say("close_command")
    for address in ("/", "/products", "/cart"):
        assert "We are not taking orders right now." in client.see(address).text()
    page = client.see("/checkout")
    assert "We are not taking orders right now." in page.text("#refusal")
    assert page.all("#buy") == []
    assert orders() == 0


def test_whoever_was_typing_loses_nothing(client: InspectingClient) -> None:
    put(client, a_kettle(3), 1)
    page = client.see("/checkout")
    close_shop(clock.now() + timedelta(minutes=10))
    answer = buy(client, page)
    assert answer.status_code == 503
    assert 500 < int(answer.headers["Retry-After"]) <= 600
    for name, value in typed().items():
        assert answer.document.one(f"[id='{name}']").get("value") == value
    assert orders() == 0
    open_shop()
    assert buy(client, page).status_code == 303
    assert orders() == 1


def test_it_opens_again_by_itself(client: InspectingClient) -> None:
    put(client, a_kettle(3), 1)
    page = client.see("/checkout")
    close_shop(clock.now() + timedelta(hours=1))
    assert "We take no orders until" in client.see("/").text()
    jobs.run_now("shop.open")
    assert read().closed_at is not None
    an_hour_passes()
    assert buy(client, page).status_code == 303
    jobs.run_now("shop.open")
    assert read().closed_at is None
    assert "We take no orders until" not in client.see("/").text()


def an_hour_passes() -> None:
    with db.transaction() as session:
        session.execute(
            text(
                "UPDATE shop SET closed_at = closed_at - interval '2 h',"
                " closed_until = closed_until - interval '2 h'"
            )
        )


def test_the_sign_is_written_down(database: None) -> None:
    say("close_command", "--until", "2199-12-24 18:00")
    say("open_command")
    say("open_command")
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.after and entry.after["closed_until"] for entry in entries] == [
        "2199-12-24T18:00:00+01:00",
        None,
    ]


@pytest.mark.parametrize("moment", ["2001-01-01", "00:00"])
def test_a_time_that_is_over_is_refused(database: None, moment: str) -> None:
    with pytest.raises(BadFact) as refused:
        say("close_command", "--until", moment)
    assert "future" in refused.value.message()


def test_what_is_no_time_is_refused(database: None) -> None:
    done = CliRunner().invoke(commands.close_command, ["--until", "soon"])
    assert "is no moment such as" in done.output


def test_ada_keeps_her_cart(client: InspectingClient) -> None:
    put(client, a_kettle(3, title="Kettle"), 2)
    close_shop()
    assert "Kettle" in client.see("/cart").text("main")
    assert ada.name
