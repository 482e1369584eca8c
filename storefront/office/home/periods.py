"""Today, the week and the month, each beside the same stretch of time before it, as the shop's clock says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = {"today": 1, "week": 7, "month": 30}
"""How long each period is; today is its last day."""
FIRST = "today"


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of a day until now."""

    code: str
    zone: str
    since: datetime
    now: datetime

    @property
    def days(self) -> int:
        return DAYS[self.code]

    @property
    def hourly(self) -> bool:
        """Whether it is told hour by hour and not day by day."""
        return self.days == 1

    @property
    def first(self) -> date:
        return self.since.astimezone(ZoneInfo(self.zone)).date()

    @property
    def last(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def before(self) -> tuple[datetime, datetime]:
        """The stretch that it is compared with: as many days earlier, until the same time of the day."""
        earlier = timedelta(days=self.days)
        return midnight(self.first - earlier, self.zone), self.now - earlier


def period(code: str, now: datetime, zone: str) -> Period:
    """The one of this name; today for a name that nobody knows."""
    known = code if code in DAYS else FIRST
    today = now.astimezone(ZoneInfo(zone)).date()
    return Period(known, zone, midnight(today - timedelta(days=DAYS[known] - 1), zone), now)


def midnight(day: date, zone: str) -> datetime:
    """When a day begins at the shop. Raises OverflowError for a day before all days."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
