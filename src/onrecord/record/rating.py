"""Where a thread stands by the figures: an undertaking by its outlook, a forecast by whether it came true."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from onrecord.figures import Figures, load
from onrecord.figures.folder import user_folder
from onrecord.figures.store import BUILT_IN
from onrecord.language.gazetteer import country_of
from onrecord.model import Claim, Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.outlook.claims import KINDS, follow
from onrecord.verdicts import judge


class Rated(Struct, frozen=True):
    """A thread's status, and what it rests on."""

    status: str | None
    """As `Outlook.status`; of a forecast as `Verdict.verdict`; None where it cannot be told."""
    basis: Outlook | Unrated | Verdict | None


class RatedBy(Struct, frozen=True):
    """The figures that threads are rated with, and a digest that tells this state of them from others."""

    figures: Figures
    edition: str


UNRATED = Rated(None, None)


def rate(claim: Claim, figures: Figures, *, day: dt.date | None, headline: str | None) -> Rated:
    """Return where the undertaking or forecast of a claim stands by `figures`; `day` and `headline` are its story's."""
    about = " ; ".join(filter(None, (headline, claim.measure)))
    country = partial(_country, claim)
    if claim.kind == "forecast":
        verdict = judge(claim, figures, country=country, about=about)
        return Rated(None if verdict.verdict == "uncheckable" else verdict.verdict, verdict)
    if claim.kind not in KINDS:
        return UNRATED
    # one given up stands where it stands all the same
    outlook = follow(replace(claim, negated=False), figures, day=day, country=country, about=about)
    return Rated(outlook.status if isinstance(outlook, Outlook) else None, outlook)


def _country(claim: Claim, name: str) -> str | None:
    """Return the country that a name of the claim's story stands for, as far as the claim still tells."""
    return claim.country if claim.country and name == claim.actor else country_of(name)


def known_figures(folder: Path | None = None) -> RatedBy:
    """Return the figures built in and added (in `folder`; None: the user's own), and which state of them this is."""
    folder = folder or user_folder()
    added = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    told = "\n".join(f"{file.name} {file.stat().st_size}" for file in (BUILT_IN, *added))
    return RatedBy(load(folder), hashlib.sha256(told.encode()).hexdigest()[:16])
