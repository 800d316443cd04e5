"""Where a thread stands by the figures: an undertaking by its outlook, a forecast by whether it came true."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache, partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from onrecord.figures import Figures
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


@lru_cache(maxsize=4)
def edition_of(folder: Path, built_in: Path) -> str:
    """Return what tells figures of one state from another: a digest of which files there are, and of what size."""
    files = [built_in, *sorted(folder.glob("*.parquet"))] if folder.is_dir() else [built_in]
    told = "\n".join(f"{file.name} {file.stat().st_size}" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
