"""Corrections typed by a person, field by field, into the claim that they make.

A field is given in words, as a form or an option takes them; nothing at all empties it. What cannot be meant is
refused with its reason, field by field, so that all of them can be mended at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import fields, replace

from onrecord.model import Claim, ClaimKind, Quantity, Relation, Span, When
from onrecord.record.reviewing import UnderReview
from onrecord.units import DIMENSIONS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.figures import Figures

FIELDS: Final = (
    "kind",
    "actor",
    "country",
    "measure",
    "quantity",
    "when",
    "relation",
    "days",
    "said_by",
    "negated",
)
"""What can be corrected; `relation` and `days` (`START..END`, either may be missing) are those of `when`."""
_KINDS: Final = get_args(ClaimKind)
_RELATIONS: Final = get_args(Relation)
_YES_NO: Final = {"yes": True, "no": False, "true": True, "false": False}
_PURE: Final = frozenset({"percent", "percentage_point", "times", "count"})
_LONGEST: Final = 500
"""Characters of a field."""
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_MONEY: Final = re.compile(r"[A-Z]{3}")


class Correction(Struct, frozen=True, kw_only=True):
    """A corrected claim, and what its reviewer should look at once more."""

    claim: Claim
    warnings: tuple[str, ...] = ()


class Refused(Struct, frozen=True, kw_only=True):
    """A correction that cannot be meant, with the reason for each field."""

    reasons: dict[str, str]

    def __str__(self) -> str:
        return "; ".join(f"{field}: {reason}" for field, reason in self.reasons.items())


class _BadField(ValueError):
    """What was typed for a field cannot be meant."""


def correct(under: UnderReview, changes: Mapping[str, str], *, figures: Figures | None = None) -> Correction | Refused:
    """Return the claim with fields replaced by what was typed for them.

    Args:
        under: The claim, with its capture's text and its story's day.
        changes: What was typed, by field; fields that are missing stay.
        figures: What the corrected claim is held against, if the machine's was; None leaves it without a verdict.
    """
    reasons = {name: f"no field; there are {', '.join(FIELDS)}" for name in changes if name not in FIELDS}
    typed = {name: " ".join(words.split()) for name, words in changes.items() if name in FIELDS}
    new: dict[str, Any] = {}
    for name, words in typed.items():
        try:
            _require_words(words)
            if name in _READERS:
                new[name] = _READERS[name](words, under)
        except ValueError as error:
            reasons[name] = str(error)
    if reasons:
        return Refused(reasons=reasons)
    try:
        new |= _when_changes(under, new, typed)
    except _BadField as error:
        return Refused(reasons={"days" if "days" in typed else "when": str(error)})
    claim = _with_country(under.claim, new)
    claim = replace(claim, spans=_spans(under, claim), verdict=None)
    if under.claim.verdict and figures:
        claim = replace(claim, verdict=_checked(under, claim, figures))
    return Correction(claim=claim, warnings=_warnings(under, claim))


def typed_words(under: UnderReview) -> dict[str, str]:
    """Return the words of every field on one line, such that typing them again gives what they are of."""
    claim, when = under.claim, under.claim.when
    return {
        "kind": claim.kind,
        "actor": _one_line(claim.actor),
        "country": claim.country or "",
        "measure": _one_line(claim.measure),
        "quantity": _quantity_words(claim.quantity, under),
        "when": _one_line(when.text if when else None),
        "relation": when.relation if when else "",
        "days": _days_words(when),
        "said_by": _one_line(claim.said_by),
        "negated": "yes" if claim.negated else "no",
    }


def read_quantity(words: str, *, country: str | None = None) -> Quantity:
    """Return the one quantity that is typed: in words (`at least 23`, `+400%`) or as a JSON object of its fields.

    `country` decides what a bare `$` or `pounds` is.

    Raises:
        ValueError: It is none, or several; the reason is for a person.
    """
    if words.startswith("{"):
        return _known_unit(_of_json(words))
    # signs as onrecord prints them: the language stage reads words of change
    words = re.sub(r"^\+\s*(?=[\d.])", "a rise of ", re.sub(r"^−\s*(?=[\d.])", "a cut of ", words))
    from onrecord.language.quantities import find_quantities

    found = find_quantities(_doc(words), country=country)
    if not found:
        raise _BadField("no quantity; type it as `2.5% of GDP` or `at least 23`, or as a JSON object of its fields")
    if len(found) > 1:
        raise _BadField('several quantities; type one, or a JSON object such as {"value": 22, "out_of": 32}')
    return found[0].quantity


def _require_words(words: str) -> None:
    if len(words) > _LONGEST:
        raise _BadField(f"longer than {_LONGEST} characters")
    if not all(character.isprintable() for character in words):
        raise _BadField("holds a control character, or another that cannot be seen")


def _kind(words: str, _: UnderReview) -> str:
    if words.lower() not in _KINDS:
        raise _BadField(f"one of {', '.join(_KINDS)}")
    return words.lower()


def _text(words: str, _: UnderReview) -> str | None:
    return words or None


def _country(words: str, _: UnderReview) -> str | None:
    from onrecord.language.gazetteer import country_name, country_named

    if not words:
        return None
    code = words.upper() if len(words) == 2 else country_named(words)
    try:
        if code and _COUNTRY.fullmatch(code):
            country_name(code)
            return code
    except KeyError:
        pass
    raise _BadField("not a country; type its name, or its code as GB, DE")


def _quantity(words: str, under: UnderReview) -> Quantity | None:
    return read_quantity(words, country=under.claim.country) if words else None


def _negated(words: str, _: UnderReview) -> bool:
    if words.lower() not in _YES_NO:
        raise _BadField("yes or no")
    return _YES_NO[words.lower()]


def _relation(words: str, _: UnderReview) -> str | None:
    if words and words not in _RELATIONS:
        raise _BadField(f"one of {', '.join(_RELATIONS)}")
    return words or None


def _days(words: str, _: UnderReview) -> tuple[dt.date | None, dt.date | None]:
    start, dots, end = words.partition("..")
    try:
        days = [dt.date.fromisoformat(day.strip()) if day.strip() else None for day in (start, end)]
    except ValueError:
        raise _BadField("type days as 2027-01-01..2027-12-31; either end may be missing") from None
    return (days[0], days[1]) if dots else (days[0], days[0])


_READERS: Final[dict[str, Callable[[str, UnderReview], Any]]] = {
    "kind": _kind,
    "actor": _text,
    "country": _country,
    "measure": _text,
    "quantity": _quantity,
    "relation": _relation,
    "days": _days,
    "said_by": _text,
    "negated": _negated,
}


def _when_changes(under: UnderReview, new: dict[str, Any], typed: Mapping[str, str]) -> dict[str, When | None]:
    """Return the claim's new `when`, if any of its three parts was typed; its parts leave `new`."""
    relation, days = new.pop("relation", None), new.pop("days", None)
    if not {"when", "relation", "days"} & typed.keys():
        return {}
    before = under.claim.when
    text = typed.get("when", before.text if before else "")
    if not text:
        if relation or any(days or ()):
            raise _BadField("a relation or days, but no words; type the words, or leave all three empty")
        return {"when": None}
    found = before if before and before.text == text else _time(text, under.day)
    relation = relation or (found.relation if found else None)
    if relation is None:
        raise _BadField("not a time that can be read; give its relation (by, in or since) and its days too")
    start, end = days if days is not None else (found.start, found.end) if found else (None, None)
    try:
        return {"when": When(text=text, relation=relation, start=start, end=end)}
    except ValueError as error:
        raise _BadField(str(error)) from None


def _time(words: str, day: dt.date | None) -> When | None:
    from onrecord.language.times import find_times

    found = find_times(_doc(words), day)
    return replace(found[0].when, text=words) if len(found) == 1 else None


def _with_country(claim: Claim, new: dict[str, Any]) -> Claim:
    """Return the claim with the new fields; a country goes with the actor, unless it is given itself."""
    if "actor" in new and new["actor"] != claim.actor and new.get("country", claim.country) == claim.country:
        from onrecord.language.gazetteer import country_of
        from onrecord.language.national import national_body

        new["country"] = (country_of(new["actor"]) or national_body(new["actor"])) if new["actor"] else None
    return replace(claim, **new)


def _spans(under: UnderReview, claim: Claim) -> Any:
    """Return the spans of the fields: those of fields that changed are sought anew in the evidence."""
    before, evidence = under.claim, claim.evidence
    spans = claim.spans
    if claim.kind != before.kind:
        spans = replace(spans, cue=None)
    for name in ("actor", "measure", "said_by"):
        words = getattr(claim, name)
        if words != getattr(before, name):
            spans = replace(spans, **{name: _standing(under.text, words, evidence)})
    if claim.when != before.when:
        spans = replace(spans, when=_standing(under.text, claim.when.text if claim.when else None, evidence))
    if claim.quantity != before.quantity:
        spans = replace(spans, quantity=_quantity_standing(under, claim))
    return spans


def _standing(text: str, words: str | None, within: Span) -> Span | None:
    """Return where words stand first in `within`, whatever their case and the white space between them."""
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(rf"(?<!\w){pattern}(?!\w)", within.of(text), re.IGNORECASE)
    return Span(within.start + found.start(), within.start + found.end()) if found else None


def _quantity_standing(under: UnderReview, claim: Claim) -> Span | None:
    """Return where the evidence gives the corrected quantity."""
    if claim.quantity is None:
        return None
    from onrecord.language.quantities import find_quantities

    doc = _doc(claim.evidence.of(under.text))
    sought = (claim.quantity.value, claim.quantity.low, claim.quantity.high, claim.quantity.vague, claim.quantity.unit)
    for mention in find_quantities(doc, country=claim.country):
        one = mention.quantity
        if (one.value, one.low, one.high, one.vague, one.unit) == sought:
            words = doc[mention.start : mention.end]
            start = claim.evidence.start + words.start_char
            return Span(start, start + len(words.text))
    return None


def _checked(under: UnderReview, claim: Claim, figures: Figures) -> Any:
    from onrecord.language.gazetteer import country_of
    from onrecord.verdicts import check

    def country(name: str) -> str | None:
        return claim.country if name == claim.actor and claim.country else country_of(name)

    return check(claim, figures, day=under.day, country=country, about=under.about)


def _warnings(under: UnderReview, claim: Claim) -> tuple[str, ...]:
    """Return what looks wrong but may be right."""
    found = []
    whole = Span(0, len(under.text)) if under.text else None
    for name in ("actor", "measure", "said_by"):
        words = getattr(claim, name)
        changed = words and words != getattr(under.claim, name)
        if changed and whole and _standing(under.text, words, whole) is None:
            found.append(f"{name}: the capture does not say “{words}”")
    if claim.quantity is None and claim.when is None and claim.kind != "commitment":
        found.append(f"a {claim.kind} without a number or a date is no claim by the scheme")
    return tuple(found)


def _of_json(words: str) -> Quantity:
    names = {one.encode_name for one in fields(Quantity)}
    try:
        given = msgspec.json.decode(words, type=dict[str, Any])
        unknown = sorted(given.keys() - names)
        if unknown:
            raise _BadField(f"no field {', '.join(unknown)}; there are {', '.join(sorted(names))}")
        return msgspec.json.decode(words, type=Quantity)
    except msgspec.MsgspecError as error:
        raise _BadField(str(error)[:1].lower() + str(error)[1:]) from None


def _known_unit(quantity: Quantity) -> Quantity:
    if quantity.unit not in _PURE and quantity.unit not in DIMENSIONS and not _MONEY.fullmatch(quantity.unit):
        raise _BadField(f"unknown unit {quantity.unit!r}; percent, count, an ISO 4217 code, a symbol as km or MW")
    return quantity


def _quantity_words(quantity: Quantity | None, under: UnderReview) -> str:
    """Return a quantity in the words of the capture where these are read so, else as JSON of what is not usual."""
    if quantity is None:
        return ""
    span = under.claim.spans.quantity
    words = " ".join(span.of(under.text).split()) if span else ""
    for candidate in (words, f"a rise of {words}", f"a cut of {words}") if words else ():
        try:
            if read_quantity(candidate, country=under.claim.country) == quantity:
                return candidate
        except ValueError:
            break
    told = {one.encode_name: getattr(quantity, one.name) for one in fields(Quantity)}
    usual = {one.encode_name: one.default for one in fields(Quantity)}
    return msgspec.json.encode({name: value for name, value in told.items() if value != usual[name]}).decode()


def _days_words(when: When | None) -> str:
    if when is None or (when.start is None and when.end is None):
        return ""
    return f"{when.start or ''}..{when.end or ''}"


def _one_line(words: str | None) -> str:
    return " ".join((words or "").split())


@cache
def _tokenizer() -> Callable[[str], Doc]:
    from spacy.lang.en import English

    return English().tokenizer


def _doc(words: str) -> Doc:
    return _tokenizer()(words)
