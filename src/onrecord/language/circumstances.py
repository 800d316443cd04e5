"""What the words around an amount say of it: what it is a rate per, what it is a share of, whether it is a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.numbers import Lexed
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
_TIMES: Final = frozenset("year month week day hour minute second night quarter decade fortnight weekend".split())
_NOT_RATE: Final = frozenset(
    "ago earlier later before after from since on old long and or into when on-year or-so".split()
)
_REACH: Final = 9
_STOP: Final = frozenset(
    "in by to for on at from with that which who whose whom is are was were be been has have had do does did will would can "
    "could may might must should shall and or but as than if while when where after before since until during through "
    "over under about into onto within without against among between because so yet nor not also only still today "
    "yesterday tomorrow said says say compared rather up down despite amid per each every this last next annually".split()
)
_WHAT: Final = frozenset(["what", "those"])
_INCREASES: Final = frozenset(
    "increase increases rise rises gain gains jump jumps growth hike hikes boost boosts surge upsurge uptick expansion leap "
    "uplift upswing".split()
)
_DECREASES: Final = frozenset(
    "cut cuts reduction reductions decrease decreases fall falls drop drops decline declines loss losses slump contraction "
    "dip plunge shortfall".split()
)
_MORE: Final = frozenset("more higher up above extra additional".split())
_LESS: Final = frozenset("less lower fewer down below".split())


def read_circumstances(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with `per`, `of` and `change` set where the words right around them say it."""
    out: list[Amount] = []
    for k, amount in enumerate(amounts):
        until = amounts[k + 1].start if k + 1 < len(amounts) else len(lexed.words)
        amount = _with_per(lexed, amount, until)
        amount = _with_change(lexed, amount)
        amount = _with_base(lexed, amount, until)
        out.append(amount)
    return share_bases(lexed, out)


def _window(lexed: Lexed, amount: Amount, until: int, reach: int) -> range:
    """Return the words after the amount, up to `reach` of them, within its sentence and before the next amount."""
    end = min(until, amount.end + reach, len(lexed.words))
    sentence = lexed.sentences[amount.start]
    while end > amount.end and lexed.sentences[end - 1] != sentence:
        end -= 1
    return range(amount.end, end)


def _with_per(lexed: Lexed, amount: Amount, until: int) -> Amount:
    if amount.unit in DURATIONS:
        return amount
    for i in _window(lexed, amount, max(until, amount.end + 3), _REACH):
        if lexed.at(i) in (";", "(", "but"):
            break
        found = _per_at(lexed, amount, i)
        if found is not None:
            per, end = found
            return replace(amount, per=per, end=end if i == amount.end else amount.end)
    return amount


def _per_at(lexed: Lexed, amount: Amount, i: int) -> tuple[str, int] | None:
    """Return what the amount is per and the index after it, if word `i` starts such words."""
    word, after, later = lexed.at(i), lexed.at(i + 1), lexed.at(i + 2)
    if word in _ADVERBS and (not after[:1].isalpha() or after in _STOP):
        return _ADVERBS[word], i + 1
    near = i <= amount.end + 2
    if word == "/" and i == amount.end and after[:1].isalpha():
        return _unit_or_word(lexed, i + 1), i + 2
    if word in ("per", "every", "each") and (near or after in _TIMES):
        if lexed.is_digits(i + 1):
            if word == "each":
                return None
            return f"{lexed.words[i + 1]} {later}", i + 3
        if (
            after[:1].isalpha()
            and (word == "per" or after in _TIMES)
            and (word == "per" or lexed.at(i + 2) not in _NOT_RATE)
        ):
            return ("capita" if after == "capita" else _unit_or_word(lexed, i + 1)), i + 2
    if word == "a" and after in _TIMES or word == "an" and after == "hour":
        return (after, i + 2) if later not in _NOT_RATE and lexed.at(i - 1) not in _NOT_A_RATE_AFTER else None
    if i == amount.end and word in ("a", "an") and amount.unit is not None and dimension(amount.unit) == "money":
        if after[:1].isalpha() and later not in _NOT_RATE and lexed.words[i + 1].islower():
            return _unit_or_word(lexed, i + 1), i + 2
    return None


_NOT_A_RATE_AFTER: Final = frozenset("from than half over in for within as once twice times to quarter of with".split())


def _unit_or_word(lexed: Lexed, i: int) -> str:
    """Return the word as the scheme writes it: units of energy and power by symbol, other words as they stand."""
    word = lexed.lower[i]
    unit = UNIT_WORDS.get(word)
    return unit if unit is not None and dimension(unit) in ("energy", "power") else lexed.words[i]


def _with_change(lexed: Lexed, amount: Amount) -> Amount:
    """Set the change where a noun or an adverb beside the number says it: `5,000 more`, `a 43% cut`, `a rise of 3%`."""
    if amount.change != "level" or amount.unit in DURATIONS or amount.from_ is not None:
        return amount
    change = _change_before(lexed, amount) or _change_after(lexed, amount)
    return replace(amount, change=change) if change is not None else amount


def _change_before(lexed: Lexed, amount: Amount) -> Change | None:
    i = amount.start - 1
    if lexed.at(i) in ("extra", "additional") and lexed.at(i - 1) in (
        "an",
        "the",
        "additional",
        "extra",
        "some",
        "about",
    ):
        return "increase"
    if lexed.at(i) in ("down", "up") and amount.unit in ("percent", "percentage_point"):
        return "increase" if lexed.at(i) == "up" else "decrease"
    if lexed.at(i) == "of" or lexed.at(i) == "by":
        word = lexed.at(i - 1)
        return "increase" if word in _INCREASES else "decrease" if word in _DECREASES else None
    return None


def _change_after(lexed: Lexed, amount: Amount) -> Change | None:
    j = amount.end
    word, after = lexed.at(j), lexed.at(j + 1)
    if word in ("more", "extra", "additional"):
        return "increase"
    if word == "of" and after in ("additional", "extra"):
        return "increase"
    if word in ("fewer", "less"):
        return "decrease"
    if word in ("higher", "lower", "above", "below") and amount.unit in ("percent", "percentage_point", "times"):
        return "increase" if word in _MORE else "decrease"
    if amount.unit is not None and amount.comparator != "~" or amount.unit in ("percent", "percentage_point"):
        for k in range(j, min(j + 3, len(lexed.words))):
            if lexed.at(k) in _INCREASES:
                return "increase"
            if lexed.at(k) in _DECREASES:
                return "decrease"
            if not lexed.at(k)[:1].isalpha() or lexed.at(k) in _STOP or lexed.at(k) == "of":
                break
    return None


def _with_base(lexed: Lexed, amount: Amount, until: int) -> Amount:
    if amount.unit not in ("percent", "percentage_point"):
        return amount
    j = amount.end
    if lexed.at(j) == "of" or (
        amount.numeral.share and lexed.at(j) in ("the", "its", "their", "all", "his", "her", "our")
    ):
        j += lexed.at(j) == "of"
        end = _noun_phrase_end(lexed, j)
        return replace(amount, of=_words(lexed, j, end)) if end > j else amount
    base = _compared_base(lexed, amount, until)
    return replace(amount, of=base) if base is not None else amount


def _words(lexed: Lexed, i: int, j: int) -> str:
    return " ".join(lexed.text[lexed.starts[i] : lexed.ends[j - 1]].split())


def _noun_phrase_end(lexed: Lexed, i: int, limit: int = 14) -> int:
    """Return the index after the noun phrase that starts at `i`, as far as closed word classes tell."""
    j, open_clause = i, lexed.at(i) in _WHAT
    while j < min(i + limit, len(lexed.words)) and lexed.sentences[j] == lexed.sentences[i]:
        word = lexed.words[j]
        if not word[0].isalnum() and word not in "-‑’'&":
            break
        if (
            lexed.lower[j] in _STOP
            and j > i
            and not open_clause
            and not (lexed.lower[j] == "this" and lexed.lower[j - 1] == "of")
        ):
            break
        j += 1
    while j > i and lexed.lower[j - 1] in ("of", "the", "a", "an"):
        j -= 1
    return j


_AGAINST: Final = frozenset("from below above on over against than versus compared".split())


def _compared_base(lexed: Lexed, amount: Amount, until: int) -> str | None:
    """Return what a change is measured against: `55% below 1990 levels`, `24% from the same period last year`."""
    last = _window(lexed, amount, until, 14)
    for i in last:
        word = lexed.at(i)
        if word not in _AGAINST:
            continue
        j = i + 1
        j += word == "compared" and lexed.at(j) in ("with", "to")
        while lexed.at(j) in ("in", "it", "did", "was", "its", "their", "levels", "level", "those", "of"):
            j += 1
        base = _base_at(lexed, j, near=i <= amount.end + 1, cue=word)
        if base is not None:
            return base
    return None


def _base_at(lexed: Lexed, j: int, *, near: bool, cue: str) -> str | None:
    word = lexed.at(j)
    if lexed.is_digits(j) and len(word) == 4 and word[:2] in ("19", "20"):
        return _words(lexed, j, j + 1 + (lexed.at(j + 1) in ("level", "levels", "baseline")))
    if word == "a" and lexed.at(j + 1) in _TIMES and lexed.at(j + 2) in ("earlier", "ago", "before"):
        return _words(lexed, j, j + 3)
    if word == "last" and lexed.at(j + 1) in _TIMES:
        return _words(lexed, j, j + 2)
    if word == "the" and lexed.at(j + 1) in ("same", "previous", "prior", "year", "corresponding"):
        end = _noun_phrase_end(lexed, j)
        end += 2 * (lexed.at(end) in ("last", "a", "in") and lexed.at(end + 1)[:1].isalnum())
        return _words(lexed, j, end)
    if near and cue in ("below", "above", "than", "from", "against", "compared") and word[:1].isalpha():
        end = _noun_phrase_end(lexed, j)
        return _words(lexed, j, end) if end > j else None
    return None


def share_bases(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Give a share without a base that of the share before it in the sentence: `2.5% of GDP by 2027 and 3% by 2034`."""
    out: list[Amount] = []
    for b in amounts:
        if b.unit == "percent" and b.of is None and b.change == "level":
            a = next((x for x in reversed(out[-3:]) if x.unit == "percent"), None)
            if (
                a is not None
                and a.of is not None
                and lexed.sentences[a.start] == lexed.sentences[b.start]
                and a.change == "level"
            ):
                b = replace(b, of=a.of)
        out.append(b)
    return out
