"""A record of three pages for tests of what asks it: a promise made and moved, a figure, a forecast."""

from __future__ import annotations

from pathlib import Path

from onrecord.model import Reading
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.record.rating import known_figures
from tests.pages import Told, page, pledge, share

PROMISE = "Norland will spend 3% of GDP on defence by 2030, the minister said."
MOVED = "Norland will spend 3.5% of GDP on defence by 2032."
FIGURE = "About 140 people were hurt in the storm."
FORECAST = "Prices will rise by 4% next year, the bank expects."


def readings() -> list[Reading]:
    """Return the three pages as they were read."""
    forecast = Told(
        words=FORECAST, kind="forecast", actor="Bank of Westria", measure="consumer prices", quantity=share(4, "prices")
    )
    figure = Told(words=FIGURE, kind="figure", actor=None, measure="hurt in the storm")
    first, later = pledge(PROMISE, 3, 2030, said_by="Ana Roth"), pledge(MOVED, 3.5, 2032)
    return [
        page("https://news.example/plans", "2025-03-04", first, figure, headline="Norland sets out its plans"),
        page("https://paper.example/later", "2025-06-01", later, headline="Norland moves its goal"),
        page("https://paper.example/prices", "2024-02-11", forecast, headline="Bank sees prices up"),
    ]


def make(place: Path) -> Path:
    """Make the record at a place; return it."""
    with open_record(str(place), may_be_new=True) as record:
        for reading in readings():
            add(record, reading, reader="1.0", by=known_figures())
    return place
