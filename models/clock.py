"""Business time: normally real time; a demo or a training run may pass a year in a minute (DESIGN rule 7)."""

from datetime import UTC, datetime, timedelta

from pydantic import Field

from models.base import Instant, Wire

END_OF_TIME = datetime(2200, 1, 1, tzinfo=UTC)
"""Where business time stops: weeks after a demo its fast clock would be past the last year there is."""


class Clock(Wire):
    """Maps real instants to business instants: `business = origin_business + (real - origin_real) * speed`."""

    origin_real: Instant
    origin_business: Instant
    speed: float = Field(default=1.0, gt=0, le=1_000_000)

    @classmethod
    def ordinary(cls, now: datetime) -> "Clock":
        """The clock on which business time is real time."""
        return cls(origin_real=now, origin_business=now)

    def at_speed(self, speed: float, now: datetime) -> "Clock":
        """The same business time from a real instant on, but so many times as fast from there."""
        return Clock(origin_real=now, origin_business=self.business(now), speed=speed)

    def business(self, real: datetime) -> datetime:
        """The business instant at a real instant (both UTC)."""
        elapsed = min(real - self.origin_real, (END_OF_TIME - self.origin_business) / self.speed)
        return self.origin_business + elapsed * self.speed

    def real(self, business: datetime) -> datetime:
        """The real instant at which a business instant comes."""
        return self.origin_real + (business - self.origin_business) / self.speed

    def real_delay(self, business_now: datetime, business_then: datetime) -> timedelta:
        """How long in real time until a business instant; zero if it has passed."""
        return max(timedelta(0), (business_then - business_now) / self.speed)
