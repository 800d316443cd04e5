"""Make the built-in figures of the package from the reference set: `python tools/make_figures.py ../shared/figures`.

Writes `built_in.parquet`, `members.csv` and `countries.csv` into src/onrecord/figures. What the README of the set says
about editions, terms and groups is applied here; each rule names its reason.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import pycountry
from babel import Locale
from babel.numbers import get_territory_currencies

from onrecord.figures import catalogue
from onrecord.figures.columns import write
from onrecord.figures.measures import currencies
from onrecord.figures.rows import Rows
from onrecord.language import gazetteer

PACKAGE = Path(__file__).parent.parent / "src" / "onrecord" / "figures"
FILES = (
    "nato_defence_share_gdp.csv",
    "nato_defence_amounts_equipment.csv",
    "nato_allies_meeting_2pct.csv",
    "military_expenditure_share_gdp.csv.gz",
    "gdp.csv.gz",
    "population.csv.gz",
    "oda_share_gni.csv",
    "research_health_education_share_gdp.csv.gz",
    "emissions_electricity.csv.gz",
)
UNITS = {
    "number of Allies": "count",
    "persons": "count",
    "current US$": "USD",
    "million US dollars, current prices and exchange rates": "million USD",
    "tonnes CO2": "t",
    "tonnes CO2-equivalent": "t",
    "tonnes CO2 per person": "t per capita",
}
# NATO's table names currencies by words; Danes and Norwegians both count in kroner
NATO_CURRENCIES = {
    "Canadian dollars": "CAD",
    "Denars": "MKD",
    "Euros": "EUR",
    "Forint": "HUF",
    "Koruny": "CZK",
    "Kronor": "SEK",
    "Leks": "ALL",
    "Leva": "BGN",
    "Liras": "TRY",
    "New Lei": "RON",
    "Pounds": "GBP",
    "US dollars": "USD",
    "Zlotys": "PLN",
}
KRONER = {"DNK": "DKK", "NOR": "NOK"}
# where the World Bank's series is in dollars though the legal tender is another: its values equal those in dollars
IN_DOLLARS = {"LBR", "PSE"}
# the ratio of the two World Bank series fits no currency of theirs, old or new: without a unit, no figure
NO_UNIT = {"VEN", "ZWE"}
# countries with two legal tenders, one of them the neighbour's: the own one, which the ratio of the two series confirms
OWN_TENDER = {"BTN": "BTN", "HTI": "HTG", "LSO": "LSL", "NAM": "NAD", "PAN": "PAB"}


def main(folder: Path, out: Path = PACKAGE) -> None:
    members = list(memberships(folder / "group_membership.csv"))
    write_csv(out / "members.csv", ("group", "entity", "since", "until", "source", "address"), members)
    write_csv(out / "countries.csv", ("code", "name", "names"), list(countries()))
    rows = Rows(catalogue.indicators())
    left_out = 0
    for name in FILES:
        for line, row in lines(folder / name):
            if kept(row):
                rows.take(adapted(row), line)
            else:
                left_out += 1
    write(out / "built_in.parquet", rows.observations)
    size = (out / "built_in.parquet").stat().st_size
    print(
        f"{len(rows.observations)} observations, {size / 1e6:.2f} MB; left out: {left_out}; memberships: {len(members)}"
    )


def lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text)
        for row in reader:
            yield reader.line_num, row


def kept(row: dict[str, str]) -> bool:
    """SIPRI's terms forbid commercial use; the World Bank's copy of the series serves."""
    if row["source"].startswith("SIPRI"):
        return False
    return not (row["indicator"] == "gdp_current_national_currency" and row["entity"] in NO_UNIT)


def adapted(row: dict[str, str]) -> dict[str, str]:
    return {
        "indicator": row["indicator"],
        "entity": row["entity"],
        "period": row["year"],
        "value": row["value"],
        "unit": unit(row),
        "estimate": row["estimate"],
        "edition": f"by {row['edition']}" if bounded(row) else row["edition"],
        "source": row["source"],
        "address": row["source_url"],
        "read_from": row["retrieved_via"],
        "attribution": catalogue.publishers()[publisher(row)].attribution,
    }


def unit(row: dict[str, str]) -> str:
    if row["unit"].startswith("million national currency ("):
        words = row["unit"].removeprefix("million national currency (").removesuffix(")")
        return f"million {KRONER[row['entity']] if words == 'Kroner' else NATO_CURRENCIES[words]}"
    if row["unit"] == "current national currency units":
        return tender(row["entity"], dt.date.fromisoformat(row["edition"]))
    return UNITS.get(row["unit"], row["unit"])


def tender(entity: str, day: dt.date) -> str:
    if entity in IN_DOLLARS:
        return "USD"
    found = get_territory_currencies(alpha_2(entity), day, day)
    code = OWN_TENDER.get(entity) or (found[0] if len(found) == 1 else "")
    if code not in currencies():
        raise ValueError(f"no single currency of {entity} on {day}: {found}")
    return code


def bounded(row: dict[str, str]) -> bool:
    """Return whether the edition's day is an upper bound that is not already written as a mere month or year."""
    if len(row["edition"]) < len("2025-04-24"):
        return False  # `rows.edition` takes the last day, as a bound
    return (
        "date of the commit" in row["source"]
        # "a Thursday in April 2025": this is the last one
        or (row["edition"] == "2025-04-24" and "Annual Report 2024" in row["source"])
        # file date; released from 7 July
        or row["edition"] == "2026-07-10"
        # a copy in ONE's repositories: OECD's own release came on that day or before
        or "computed by ONE" in row["source"]
    )


def publisher(row: dict[str, str]) -> str:
    by_source = {
        "Counted here": "nato_counted",
        "UK MOD": "mod",
        "WHO": "who",
        "Global Carbon": "carbon_budget",
        "Jones": "jones",
        "Ember": "ember",
        "OECD": "oecd_dac",
    }
    for start, key in by_source.items():
        if row["source"].startswith(start):
            return key
    if row["indicator"].startswith("nato_"):
        return "nato"
    special = {"military_exp_pct_gdp": "sipri", "rd_exp_pct_gdp": "unesco", "education_exp_gov_pct_gdp": "unesco"}
    suffix = special.get(row["indicator"])
    if not row["source"].startswith("World Bank"):
        raise ValueError(f"no publisher for source {row['source']!r}")
    return f"world_bank_{suffix}" if suffix else "world_bank"


def memberships(path: Path) -> Iterator[tuple[str, ...]]:
    found = [row for _, row in lines(path)]
    allies = [row | {"group": "NATO_EUR_CAN"} for row in found if row["group"] == "NATO" and row["entity"] != "USA"]
    for row in sorted(found + allies, key=lambda row: (row["group"], row["entity"])):
        # only the year of joining the OECD is known: from its last day on it is certain
        since = f"{row['from_date']}-12-31" if len(row["from_date"]) == 4 else row["from_date"]
        yield row["group"], row["entity"], since, row["to_date"], row["source"], row["source_url"]


def countries() -> Iterator[tuple[str, ...]]:
    """Names of every country: news names from the gazetteer first, then ISO's and CLDR's."""
    territories = Locale("en").territories
    news: dict[str, list[str]] = {}
    for line in gazetteer._COUNTRIES.strip().splitlines():
        code, names, *_ = line.split("|")
        news[code] = names.split(";")
    codes = [(one.alpha_3, one.alpha_2) for one in pycountry.countries]
    for alpha_3, code in sorted([*codes, ("XKX", "XK")]):
        iso = pycountry.countries.get(alpha_2=code)
        official = [getattr(iso, name, "") for name in ("name", "common_name", "official_name")] if iso else []
        names = [*news.get(code, []), territories[code], *official, code]
        kept = [name for name in dict.fromkeys(names) if name]
        yield alpha_3, kept[0], ";".join(kept[1:])


def alpha_2(entity: str) -> str:
    return "XK" if entity == "XKX" else str(pycountry.countries.get(alpha_3=entity).alpha_2)


def write_csv(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([header, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
