"""What amounts in a sentence are to each other: ranges, moves (`from 2.3% to 2.5%`), totals, conversions, shared units.

Each reader takes the amounts in order of standing and returns them anew, some joined, some gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.lexing import HYPHENS, Lexed, words
from onrecord.units import dimension

_RANGING: Final = words("between ranging ranged ranges range varying vary varies anywhere somewhere")
_DETERMINERS: Final = words("the its their his her our those these a an all every each")
_EARLIER: Final = (
    ("up", "from"),
    ("down", "from"),
    ("compared", "with"),
    ("compared", "to"),
    ("compared",),
    ("against",),
    ("versus",),
    ("vs",),
    ("vs.",),
    ("rather", "than"),
    ("instead", "of"),
    *((verb, "from") for verb in sorted(words("increasing rising growing climbing falling dropping declining"))),
)
_MODIFIERS: Final = words(
    "the its their a an last this current previous earlier prior initial original already just revised "
    "only today's today’s"
)
_TIME_WORDS: Final = words(
    "in last this a year now today currently at earlier previously before to on during the yesterday for "
    "month week and until"
)

Reader = Callable[[Lexed, list[Amount]], list[Amount]]


def _between(lexed: Lexed, a: Amount, b: Amount) -> list[str]:
    """Return the lower-case words between two amounts, comparison words of the second left out."""
    return lexed.lower[a.end : b.start]


def _same_sentence(lexed: Lexed, a: Amount, b: Amount) -> bool:
    return lexed.sentences[a.start] == lexed.sentences[b.start]


def _rescaled(a: Amount, b: Amount) -> Amount:
    """Return `a` with the scale of `b` where it stands before the same scale left out: `2 to 3 million`."""
    scale = b.numeral.scale
    if a.value is None or b.value is None or a.numeral.scale > 1 or scale < 1e3 or a.value > 1000:
        return a
    if (a.unit != b.unit and a.unit is not None and b.unit is not None) or a.value >= 2 * b.value / scale * 10:
        return a
    return replace(a, value=a.value * scale, numeral=replace(a.numeral, scale=scale))


def share_units(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Give a number its unit and scale from the next one: `12 or 13 percent`, `$3 and $5 million`, `2 to 3 million`."""
    out = list(amounts)
    for k in range(len(out) - 2, -1, -1):
        a, b = out[k], out[k + 1]
        gap = _between(lexed, a, b)
        if len(gap) == 1 and (gap[0] in ("to", "or", "and") or gap[0] in HYPHENS) and _same_sentence(lexed, a, b):
            if gap[0] == "and" and not (a.numeral.scale == 1 and (b.numeral.scale > 1 or b.unit is not None)):
                continue
            if a.unit is None or b.unit is None or a.unit == b.unit:
                a = _rescaled(a, b)
            if (
                a.unit is None
                and b.unit is not None
                and b.core == b.numeral.start
                and not (gap[0] == "and" and b.unit == "percentage_point")
            ):
                a = replace(a, unit=b.unit, value=_in_unit(a, b))
            out[k] = a
            if b.unit is None and a.unit is not None and a.core < a.numeral.start and gap[0] != "and":
                out[k + 1] = replace(b, unit=a.unit)
    return out


def _in_unit(a: Amount, b: Amount) -> float | None:
    """Return the value of `a` in the unit of `b`, whose words may be worth less than one (`25 to 50 basis points`)."""
    if a.value is None or not b.value or not b.numeral.value or b.numeral.share:
        return a.value
    return float(f"{a.value * (b.value / b.numeral.value):.12g}")


def join_ranges(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Join the two ends of a range: `between 50 and 60`, `5% to 7%`, `$1bn-$2bn`, `12 or 13 percent`."""
    out: list[Amount] = []
    for b in amounts:
        a = out[-1] if out else None
        if a is not None and _is_range(lexed, a, b):
            start = a.start
            if lexed.at(start - 1) in ("between", "from") and _ranging(lexed, a):
                start -= 1
            out[-1] = replace(a, start=start, end=b.end, value=None, low=a.value, high=b.value, unit=b.unit)
        else:
            out.append(b)
    return out


def _ranging(lexed: Lexed, a: Amount) -> bool:
    return bool(_RANGING & set(lexed.lower[max(0, a.start - 3) : a.start]))


def _is_range(lexed: Lexed, a: Amount, b: Amount) -> bool:
    if a.value is None or b.value is None or a.unit != b.unit or not a.value < b.value:
        return False
    if not _same_sentence(lexed, a, b) or b.comparator != "=":
        return False
    gap = _between(lexed, a, b)
    if len(gap) != 1:
        return False
    if gap[0] == "and":
        return _ranging(lexed, a)
    if gap[0] == "to":
        before = lexed.at(a.start - 1)
        wide = b.value > 3 * a.value
        return _ranging(lexed, a) or (before != "from" and not (wide and before == "by"))
    return (gap[0] == "or" and b.value <= 2 * a.value) or gap[0] in HYPHENS


def drop_conversions(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Leave out the same amount in another unit: `40km (25 miles)`, `€130bn, about $148bn,`."""
    out: list[Amount] = []
    for b in amounts:
        if out and _is_conversion(lexed, out[-1], b):
            continue
        out.append(b)
    return out


def _is_conversion(lexed: Lexed, a: Amount, b: Amount) -> bool:
    if a.unit is None or b.unit is None or a.unit == b.unit or dimension(a.unit) is None:
        return False
    if dimension(a.unit) != dimension(b.unit) or not _same_sentence(lexed, a, b):
        return False
    gap, after = _between(lexed, a, b), lexed.at(b.end)
    if not gap or len(gap) > 6:
        return False
    if "(" in gap and after in (")", ",", ";", "at", "in"):
        return len(gap) - gap.index("(") <= 3
    return gap in ([","], ["or"], [",", "or"], ["-", "or"]) and (gap[-1] == "or" or after in (",", ".", ")"))


def read_moves(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Set on an amount the start of its move, or the earlier value: `from 2.3% to 2.5%`, `6.1%, against 3.9%`."""
    out: list[Amount] = []
    for k, b in enumerate(amounts):
        if out and (earlier := _move_to(lexed, out[-1], b)) is not None:
            out[-1] = earlier
        elif (
            out
            and (target := _earlier_value(lexed, out, b, amounts[k + 1] if k + 1 < len(amounts) else None)) is not None
        ):
            out[target] = replace(out[target], from_=b.value, unit=out[target].unit or b.unit)
        else:
            out.append(b)
    return out


def _move_to(lexed: Lexed, a: Amount, b: Amount) -> Amount | None:
    """Return `b` with its start `a`, where the words are `from a ... to b`."""
    if a.value is None or not _same_sentence(lexed, a, b) or lexed.at(_before_modifiers(lexed, a.start)) != "from":
        return None
    gap = _between(lexed, a, b)
    if not gap or len(gap) > 8 or "to" not in gap[-3:] or {",", "and", "or"} & set(gap):
        return None
    if a.unit != b.unit and a.unit is not None and b.unit is not None:
        return None
    a = _rescaled(a, b) if a.unit is None and b.numeral.scale > 1 else a
    return replace(b, unit=b.unit or a.unit, from_=a.value)


def _before_modifiers(lexed: Lexed, i: int) -> int:
    """Return the index of the word before `i`, over what may stand before an earlier value: `last year's`."""
    i -= 1
    first = i
    while i > max(0, first - 5) and (
        lexed.lower[i] in _MODIFIERS or lexed.lower[i].endswith(("year's", "year’s", "month's", "month’s"))
    ):
        i -= 1
    return i


def _earlier_value(lexed: Lexed, out: list[Amount], b: Amount, following: Amount | None) -> int | None:
    """Return the index of the amount beside which `b` is set as the earlier value, None if it is not one."""
    if b.value is None or b.numeral.share:
        return None
    i = _before_modifiers(lexed, b.start) + 1
    cued = any(tuple(lexed.lower[max(0, i - len(cue)) : i]) == cue for cue in _EARLIER)
    if not cued and (
        lexed.at(i - 1) != "from" or (following is not None and _move_to(lexed, b, following) is not None)
    ):
        return None
    if not cued and not _directly_from(lexed, out[-1], i - 1):
        return None
    if not cued and b.unit is None and lexed.at(b.end)[:1].isalpha() and lexed.at(b.end) not in _TIME_WORDS:
        return None
    for k in range(len(out) - 1, max(-1, len(out) - 4), -1):
        a = out[k]
        if not _same_sentence(lexed, a, b):
            return None
        if a.value is not None and a.from_ is None and (a.unit == b.unit or (b.unit is None and cued)):
            return k
    return None


def _directly_from(lexed: Lexed, a: Amount, i: int) -> bool:
    """Return whether the `from` at word `i` follows `a` closely, or after a comma."""
    gap = lexed.lower[a.end : i]
    return lexed.at(i - 1) == "," or (len(gap) <= 5 and not {"and", "or", ",", ";"} & set(gap))


def read_totals(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Set the total of a count: `22 of the 32 members`, `$4.6 million of a promised $30 million`, `nine out of ten`."""
    out: list[Amount] = []
    for b in amounts:
        a = out[-1] if out else None
        joined = _part_of(lexed, a, b) if a is not None else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(b)
    return out


def _part_of(lexed: Lexed, a: Amount, b: Amount) -> Amount | None:
    if a.value is None or b.value is None or a.unit != b.unit or not 0 < a.value < b.value:
        return None
    gap = lexed.lower[a.end : b.core]
    if not gap or len(gap) > 6 or not _same_sentence(lexed, a, b):
        return None
    if gap[0] == "in" and a.unit is None and (len(gap) == 1 or gap[1:] in (["every"], ["each"])):
        plausible = b.value in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000, 100000)
        if plausible and a.value < 10:
            return replace(a, end=b.end, value=round(100 * a.value / b.value, 2), unit="percent")
    if gap[:2] == ["out", "of"] and len(gap) <= 4:
        return replace(a, end=b.end, out_of=b.value)
    if (
        gap[0] == "of"
        and len(gap) > 1
        and (gap[1] in _DETERMINERS or gap[-1].endswith(("'s", "’s")) or gap[1].endswith(("'s", "’s")))
    ):
        return replace(a, end=b.end, out_of=b.value)
    return None


def read_of_which(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Set the total named before its parts: `Of the 26 vehicles, 17 are ...`, `a force of 5,000, of whom 1,650 ...`."""
    out: list[Amount] = []
    total: Amount | None = None
    for b in amounts:
        if total is not None and not _same_sentence(lexed, total, b):
            total = None
        if _opens_with_of(lexed, b):
            total = b
        elif out and _of_whom(lexed, out[-1], b):
            total = out[-1]
        if total is not None and b is not total and b.out_of is None and _is_part(total, b):
            b = replace(b, out_of=total.value)
        out.append(b)
    return out


def _is_part(total: Amount, part: Amount) -> bool:
    if part.value is None or total.value is None or part.unit != total.unit:
        return False
    return 0 < part.value < total.value


def _opens_with_of(lexed: Lexed, b: Amount) -> bool:
    """Return whether `of` opens the sentence, or its clause with a determiner, up to three words before the amount."""
    for i in range(b.core - 1, max(-1, b.core - 5), -1):
        if lexed.lower[i] == "of":
            return lexed.opens_sentence(i) or (lexed.at(i - 1) in (",", ";") and lexed.at(i + 1) in _DETERMINERS)
    return False


def _of_whom(lexed: Lexed, a: Amount, b: Amount) -> bool:
    if not _same_sentence(lexed, a, b):
        return False
    triples = zip(range(a.end, b.core - 1), range(a.end + 1, b.core), strict=True)
    for i, j in triples:
        if lexed.lower[i] == "of" and (lexed.lower[j] in ("whom", "which") or _takes_up(lexed, i)):
            return True
    return False


def _takes_up(lexed: Lexed, i: int) -> bool:
    """Return whether `of these` at word `i` stands after a comma and so takes up what was counted before."""
    return lexed.at(i - 1) == "," and lexed.at(i + 1) in ("these", "those", "them")


def fill_units(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Give a large number without a noun the money that it leaves out: `12 billion baht ... and another 20 billion`.

    That is the money named before it in its sentence, or, after a verb of paying, the last one in the story.
    """
    out: list[Amount] = []
    money: Amount | None = None
    for b in amounts:
        if money is not None and b.unit is None and _is_large(b) and not _has_noun(lexed, b):
            near = _same_sentence(lexed, money, b)
            if near or _PAYING & set(lexed.lower[max(0, b.start - 3) : b.start]):
                b = replace(b, unit=money.unit)
        if b.unit is not None and dimension(b.unit) == "money":
            money = b
        out.append(b)
    return out


def _is_large(amount: Amount) -> bool:
    return amount.numeral.scale >= 1e6 or amount.vague in ("millions", "billions", "trillions")


_PAYING: Final = words(
    "pay pays paid paying spend spends spent spending cost costs costing invest invests invested "
    "investing owe owes owed owing lend lends lent borrow borrows borrowed borrowing donate donated raise "
    "raised earn earned earning lose lost losing save saves saved saving worth give given gave provide "
    "provided allocate allocated"
)
_NO_NOUN: Final = words(
    "in for to on at by from with of and or but last this next that which who a an the per each every "
    "annually more less or so over under until since through as set is was were are will would had has "
    "have than after before"
)


def _has_noun(lexed: Lexed, amount: Amount) -> bool:
    word = lexed.at(amount.end)
    return word[:1].isalpha() and word not in _NO_NOUN


READERS: Final[tuple[Reader, ...]] = (
    share_units,
    join_ranges,
    drop_conversions,
    fill_units,
    read_totals,
    read_of_which,
    read_moves,
)


def relate(lexed: Lexed, amounts: Iterable[Amount]) -> list[Amount]:
    """Return the amounts with what they are to each other read."""
    related = list(amounts)
    for reader in READERS:
        related = reader(lexed, related)
    return related
