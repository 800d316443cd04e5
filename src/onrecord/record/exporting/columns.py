"""The columns of a table of claims, one row a claim: the same in CSV and Parquet, defined in docs/record-formats.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, get_args

from msgspec import Struct

from onrecord.model import Change, ClaimKind, Comparator, Judgement, Reason, Relation, Vague
from onrecord.record import rows
from onrecord.record.exporting.told import Told

Type = Literal["string", "number", "integer", "boolean", "date"]


class Column(Struct, frozen=True):
    """One column: a claim's value in it (None where there is none), and what it means."""

    name: str
    type: Type
    value: Callable[[Told], Any]
    meaning: str
    one_of: tuple[str, ...] = ()
    """All values that it may have; empty: any."""
    required: bool = False
    """Whether every claim has one."""


def cell(column: Column, told: Told) -> Any:
    """Return a claim's value in a column: a string without the character 0, a number, a truth, a day or None."""
    value = column.value(told)
    return rows.storable(value) if isinstance(value, str) else value


def _path(*names: str) -> Callable[[Told], Any]:
    """Return what follows `names` from a claim; None where one of them leads to nothing."""

    def value(told: Told) -> Any:
        found: Any = told.claim
        for name in names:
            if found is None:
                return None
            found = getattr(found, name)
        return found

    return value


def _of_claim(path: str, type_: Type, meaning: str, *, one_of: Any = None, name: str | None = None) -> Column:
    required = path in {"kind", "negated", "evidence.start", "evidence.end"}
    values = get_args(one_of) if one_of else ()
    return Column(name or path.replace(".", "_"), type_, _path(*path.split(".")), meaning, values, required)


def _of_told(name: str, type_: Type, meaning: str, *, one_of: tuple[str, ...] = (), required: bool = False) -> Column:
    return Column(name, type_, lambda told: getattr(told, name), meaning, one_of, required)


COLUMNS: Final = (
    _of_told("address", "string", "The claim's lasting address in the record.", required=True),
    _of_claim("kind", "string", "What kind of claim it is.", one_of=ClaimKind),
    _of_claim("actor", "string", "Who is bound, asked, expected or measured, as the story names it."),
    _of_claim("country", "string", "ISO 3166-1 alpha-2 code of the country that the actor is or speaks for."),
    _of_claim("measure", "string", "What is promised or measured, in the story's words, without the number."),
    _of_claim("quantity.value", "number", "The number, scale words applied."),
    _of_claim("quantity.low", "number", "Lower bound of a range."),
    _of_claim("quantity.high", "number", "Upper bound of a range."),
    _of_claim("quantity.vague", "string", "Number word without a number.", one_of=Vague),
    _of_claim(
        "quantity.unit",
        "string",
        "`percent`, `percentage_point`, `times`, an ISO 4217 code, a unit's symbol, a word of time, or `count`.",
    ),
    _of_claim("quantity.of", "string", "Base of a percentage or share."),
    _of_claim("quantity.out_of", "number", "Total of a count."),
    _of_claim("quantity.comparator", "string", "How the number bounds.", one_of=Comparator),
    _of_claim("quantity.change", "string", "Whether the number is a state or a move.", one_of=Change),
    _of_claim("quantity.from_", "number", "Start of a move, or the earlier value.", name="quantity_from"),
    _of_claim("quantity.per", "string", "What a rate is per."),
    _of_claim("when.text", "string", "The words of the deadline or period."),
    _of_claim("when.relation", "string", "Deadline, period, or start of one.", one_of=Relation),
    _of_claim("when.start", "date", "First day."),
    _of_claim("when.end", "date", "Last day; of a deadline the deadline."),
    _of_claim("said_by", "string", "Whom the story attributes it to; empty in the story's own voice."),
    _of_claim("negated", "boolean", "Whether it is denied, refused or missed."),
    _of_claim("confidence", "number", "How likely it is that this is a claim, of this kind, 0 to 1."),
    _of_told("words", "string", "The sentences that carry it, as they stand.", required=True),
    _of_told("day", "date", "Day of the story."),
    _of_told("headline", "string", "Headline of the story."),
    _of_told("source", "string", "Where the capture was first read from.", required=True),
    _of_told("url", "string", "Where its page stands."),
    _of_told("outlet", "string", "Host of that address without `www.`."),
    _of_told("language", "string", "ISO 639-1 code of the story's language, or `und`.", required=True),
    _of_told("capture_id", "string", "SHA-256 of the capture's bytes.", required=True),
    _of_claim("evidence.start", "integer", "First character of `words` in the capture's text, from 0."),
    _of_claim("evidence.end", "integer", "Character after its last."),
    _of_claim("verdict.verdict", "string", "What official figures say.", one_of=Judgement, name="verdict"),
    _of_claim("verdict.reason", "string", "Why it is uncheckable.", one_of=Reason),
    _of_claim("verdict.arithmetic", "string", "What was claimed, what the figures are, how far apart they are."),
    _of_claim("verdict.indicator", "string", "The indicator that it was held against."),
    _of_claim("verdict.entity", "string", "Code of the country or group that the figure is of."),
    _of_claim("verdict.period", "string", "Period of the figure."),
    _of_claim("verdict.edition", "date", "Day on which the figure was published, or by which at the latest."),
    _of_told("reader", "string", "Version of onrecord that read it.", required=True),
    _of_told(
        "review",
        "string",
        "What somebody decided on it; empty where nobody has.",
        one_of=("accepted", "corrected", "rejected"),
    ),
)
