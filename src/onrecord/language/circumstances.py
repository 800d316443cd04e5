"""What the words around an amount say of it: what it is a rate per, whether it is a change, whether it is a bound."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.lexing import HYPHENS, Lexed, words
from onrecord.model import Change
from onrecord.units import DURATIONS, UNIT_WORDS, dimension

_ADVERBS: Final = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "nightly": "night",
    "quarterly": "quarter",
    "p.a.": "year",
}
_TIMES: Final = words("year month week day hour minute second night quarter decade fortnight weekend")
_NOT_RATE: Final = words("ago earlier later before after since on old long or into when of")
_NOT_A_RATE_AFTER: Final = words("from than half over in for within as once twice to quarter of with")
_REACH: Final = 9
_FUNCTION: Final = words(
    "in by to for on at from with that which who and or but as than if while when after before since "
    "until during through over under of is are was were will would has have had"
)
_INCREASES: Final = words(
    "increase increases rise rises gain gains jump jumps hike hikes boost boosts surge upsurge uptick "
    "leap uplift upswing"
)
_DECREASES: Final = words(
    "cut cuts reduction reductions decrease decreases fall falls drop drops decline declines slump "
    "contraction dip plunge"
)
_PHRASAL: Final = words("make makes making made take takes taking took taken end ends ended add adds added sum sums")


def read_circumstances(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with `per`, `change` and the bound of a limit set where the words around them say it."""
    out: list[Amount] = []
    for k, amount in enumerate(amounts):
        until = amounts[k + 1].start if k + 1 < len(amounts) else len(lexed.words)
        fresh = not out or lexed.sentences[out[-1].start] != lexed.sentences[amount.start]
        amount = _with_per(lexed, amount, until, fresh=fresh)
        out.append(_with_limit(lexed, _with_change(lexed, amount)))
    return out


def _with_per(lexed: Lexed, amount: Amount, until: int, *, fresh: bool) -> Amount:
    """Set the rate's base, right after the amount or, for times, a few words on; `fresh`: the first in its sentence."""
    if amount.unit in DURATIONS or amount.per is not None:
        return amount
    if lexed.glued(amount.end - 1, amount.end + 3) and _is_rate(lexed, amount.end + 1):
        per, end = _unit_or_word(lexed, amount.end + 3)
        return replace(amount, per=per, end=end)
    start = _past_bracket(lexed, amount.end)
    for i in range(start, min(until, start + _REACH)):
        if lexed.sentences[i] != lexed.sentences[amount.start] or lexed.lower[i] in (";", "(", "but"):
            break
        found = _per_at(lexed, amount, i, i - start)
        if found is not None and found[1] <= until:
            per, end = found
            return replace(amount, per=per, end=end if i == amount.end else amount.end)
    per_each = _opening_each(lexed, amount) if fresh else None
    return replace(amount, per=per_each) if per_each is not None else amount


def _is_rate(lexed: Lexed, i: int) -> bool:
    """Return whether `a-month` or `per-head` stands at word `i`, after a hyphen."""
    hyphens = lexed.at(i - 1) in HYPHENS and lexed.at(i + 1) in HYPHENS
    return hyphens and lexed.at(i) in ("a", "an", "per") and lexed.at(i + 2).isalpha()


def _past_bracket(lexed: Lexed, i: int) -> int:
    """Return the index after the brackets that open at `i`, as around a conversion; `i` if none do."""
    if lexed.at(i) != "(":
        return i
    for j in range(i + 1, i + 8):
        if lexed.at(j) == ")":
            return j + 1
    return i


def _per_at(lexed: Lexed, amount: Amount, i: int, away: int) -> tuple[str, int] | None:
    """Return what the amount is per and the index after it, if word `i`, `away` words from it, starts such words."""
    word, after = lexed.at(i), lexed.at(i + 1)
    if word in _ADVERBS:
        return (_ADVERBS[word], i + 1) if not after[:1].isalpha() or after in _FUNCTION else None
    if word == "/":
        return _unit_or_word(lexed, i + 1) if away == 0 and lexed.glued(i - 1, i + 1) and after.isalpha() else None
    if word in ("per", "every", "each"):
        return _per_word(lexed, i, away)
    if word == "a" and after == "second" and (lexed.at(i + 2) in HYPHENS or _opens_noun(lexed, i + 2)):
        return None  # yen on a second battery line: the ordinal
    if (word == "a" and after in _TIMES) or (word == "an" and after == "hour"):
        return (after, i + 2) if not _is_point(lexed, i + 2) and lexed.at(i - 1) not in _NOT_A_RATE_AFTER else None
    priced = away == 0 and word in ("a", "an") and amount.unit is not None and dimension(amount.unit) == "money"
    if priced and after.isalpha() and lexed.words[i + 1].islower() and not _is_point(lexed, i + 2):
        return _unit_or_word(lexed, i + 1)
    return None


def _is_point(lexed: Lexed, i: int) -> bool:
    """Return whether word `i` makes the time before it a point or a stretch, no rate: `a year ago`."""
    if lexed.at(i) == "and":
        return lexed.at(i + 1) == "a" and lexed.at(i + 2) in ("half", "quarter")
    return lexed.at(i) in _NOT_RATE or (lexed.at(i) == "from" and lexed.at(i + 1) in ("now", "then", "today"))


def _per_word(lexed: Lexed, i: int, away: int) -> tuple[str, int] | None:
    """Read `per barrel`, `per 100,000 people`, `every year`; away from the amount only times and `per` itself count."""
    word, after, later = lexed.at(i), lexed.at(i + 1), lexed.at(i + 2)
    if lexed.is_digits(i + 1):
        near = word != "each" and away <= 3 and later[:1].isalpha()
        return (f"{lexed.words[i + 1]} {later}", i + 3) if near else None
    if word == "per":
        return _unit_or_word(lexed, i + 1) if after[:1].isalpha() and after != "cent" and away <= 4 else None
    if word == "each" and away == 1 and lexed.at(i - 1) == "for" and after.isalpha():
        return _unit_or_word(lexed, i + 1)  # £200 for each tonne
    return (after, i + 2) if after in _TIMES and not _is_point(lexed, i + 2) else None


def _opens_noun(lexed: Lexed, i: int) -> bool:
    """Return whether word `i` is one that a noun phrase goes on with after an ordinal."""
    word = lexed.at(i)
    return word[:1].isalpha() and word not in _FUNCTION


def _unit_or_word(lexed: Lexed, i: int) -> tuple[str, int]:
    """Return what a rate is per as the scheme writes it, and the index after it.

    Units of energy and power, over a hyphen too (`kilowatt-hour`), are written by symbol, other words as they stand.
    """
    for phrase, end in lexed.phrases(i):
        unit = UNIT_WORDS.get(phrase)
        if unit is not None and dimension(unit) in ("energy", "power"):
            return unit, end
    return lexed.words[i], i + 1


def _opening_each(lexed: Lexed, amount: Amount) -> str | None:
    """Read a base that opens the clause: `Every household will have A$300 ...`, `each week the gap widens by 500`."""
    money = amount.unit is not None and dimension(amount.unit) == "money"
    for i in range(amount.start - 2, max(-1, amount.start - 12), -1):
        if lexed.sentences[i] != lexed.sentences[amount.start] or lexed.words[i] in ",;:":
            return None
        if lexed.lower[i] in ("each", "every"):
            noun = lexed.at(i + 1)
            opens = lexed.begins_line(i) or lexed.at(i - 1) in (",", "while", "and", "that", "but")
            return noun if opens and noun.isalpha() and (money or noun in _TIMES) else None
    return None


def _with_change(lexed: Lexed, amount: Amount) -> Amount:
    """Set the change where a noun or an adverb beside the number says it: `5,000 more`, `a 43% cut`, `a rise of 3%`."""
    if amount.change != "level" or amount.unit in DURATIONS or amount.from_ is not None:
        return amount
    change = _change_before(lexed, amount) or _change_after(lexed, amount)
    return replace(amount, change=change) if change is not None else amount


def _change_before(lexed: Lexed, amount: Amount) -> Change | None:
    i = amount.start - 1
    i -= lexed.at(i) in ("just", "only", "some", "a")
    before = {lexed.at(i), *lexed.lower[amount.start : amount.core]}
    if before & {"extra", "additional"}:
        return "increase"
    relative = amount.unit in ("percent", "percentage_point")
    if lexed.at(i) in ("up", "down") and relative and lexed.at(i - 1) not in _PHRASAL:
        return "increase" if lexed.at(i) == "up" else "decrease"
    if lexed.at(i) in ("of", "by"):
        noun = lexed.at(i - 1)
        return "increase" if noun in _INCREASES else "decrease" if noun in _DECREASES else None
    return None


def _change_after(lexed: Lexed, amount: Amount) -> Change | None:
    j = amount.end
    word = lexed.at(j)
    relative = amount.unit in ("percent", "percentage_point", "times")
    if word in ("more", "extra", "additional") or (word == "of" and lexed.at(j + 1) in ("extra", "additional")):
        return "increase"
    if word in ("fewer", "less"):
        return "decrease"
    if relative and word in ("higher", "bigger", "larger", "greater", "above"):
        return "increase"
    if relative and word in ("lower", "smaller", "below"):
        return "decrease"
    for k in range(j, j + 3) if amount.unit is not None else ():
        if lexed.at(k) in _INCREASES:
            return "increase"
        if lexed.at(k) in _DECREASES:
            return "decrease"
        if not lexed.at(k)[:1].isalpha() or lexed.at(k) in _FUNCTION:
            break
    return None


def _with_limit(lexed: Lexed, amount: Amount) -> Amount:
    """Read `the 44-baht limit`, `a 5% cap` and `a 2% minimum` as bounds."""
    word = lexed.at(amount.end)
    if amount.comparator != "=" or amount.unit is None:
        return amount
    if word in ("limit", "cap", "ceiling", "maximum"):
        return replace(amount, comparator="<=")
    return replace(amount, comparator=">=") if word in ("minimum", "floor") else amount
