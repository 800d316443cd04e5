"""Official figures: a catalogue of indicators, and published series of which every edition is kept.

    >>> import datetime as dt
    >>> from onrecord import figures
    >>> known = figures.load()
    >>> known.lookup("nato_defence_exp_pct_gdp", "GBR", 2023, as_of=dt.date(2024, 7, 1)).value
    2.31

`docs/figures.md` describes the interface, the files that can be added, and the sources with their licences.
"""

from onrecord.figures import periods
from onrecord.figures.entities import entity
from onrecord.figures.store import Figures, load
from onrecord.figures.values import Break, Entity, Indicator, MemberCount, Membership, Publisher, Series

__all__ = [
    "Break",
    "Entity",
    "Figures",
    "Indicator",
    "MemberCount",
    "Membership",
    "Publisher",
    "Series",
    "entity",
    "load",
    "periods",
]
