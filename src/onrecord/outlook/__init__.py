"""Outlook: where a commitment stands against its series, and what the past lets expect of its deadline.

    >>> import datetime as dt
    >>> from onrecord import figures
    >>> from onrecord.outlook import outlook
    >>> one = outlook(figures.load(), "nato_defence_exp_pct_gdp", "GBR", "2%", by=dt.date(2024, 12, 31))
    >>> one.status, one.since
    ('met', '2014')

`docs/outlook.md` says what each status means, how projections are made and how well they held.
"""

from onrecord.outlook.asking import group_outlook, outlook, outlook_by_hand
from onrecord.outlook.targets import TargetRefused, read_target
from onrecord.outlook.values import (
    Bill,
    FanYear,
    Followed,
    GroupOutlook,
    Level,
    Members,
    Outlook,
    Projection,
    Target,
    Unrated,
)

__all__ = [
    "Bill",
    "FanYear",
    "Followed",
    "GroupOutlook",
    "Level",
    "Members",
    "Outlook",
    "Projection",
    "Target",
    "TargetRefused",
    "Unrated",
    "group_outlook",
    "outlook",
    "outlook_by_hand",
    "read_target",
]
