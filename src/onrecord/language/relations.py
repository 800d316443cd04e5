"""What amounts in a sentence are to each other: ranges, moves (`from 2.3% to 2.5%`), totals, conversions, shared units.

Each reader takes the amounts in order of standing and returns them anew, some joined, some gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.lexing import HYPHENS, Lexed, words
from onrecord.units import dimension

_RANGING: Final = words("between ranging ranged ranges range varying vary varies anywhere somewhere")
_DETERMINERS: Final = words("the its their his her our those these a an all every each")
_PEOPLE: Final = words("people men women children")
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
    "only today's today’s estimate forecast figure level rate total reading projection average of"
)
_PERIODS: Final = ("year's", "year’s", "month's", "month’s", "week's", "week’s")
_POSSESSIVE: Final = ("'s", "’s")
_WIDEST: Final = 3.0
_TIME_WORDS: Final = words(
    "in last this a year now today currently at earlier previously before to on during the yesterday for "
    "month week and until"
)

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


def _link(lexed: Lexed, a: Amount, b: Amount) -> str | None:
    """Return the word that joins two amounts: `to`, `or`, `and`, `-` for any dash; None without just one.

    The `and` of `between 50 and 60` counts as `to`.
    """
    gap = _between(lexed, a, b)
    if len(gap) != 1 or not _same_sentence(lexed, a, b):
        return None
    if gap[0] in HYPHENS or (gap[0] == "and" and _ranging(lexed, a)):
        return "to" if gap[0] == "and" else "-"
    return gap[0] if gap[0] in ("to", "or", "and") else None


def share_units(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Give a number its unit and scale from the next one: `12 or 13 percent`, `$3 and $5 million`, `2 to 3 million`."""
    out = list(amounts)
    for k in range(len(out) - 2, -1, -1):
        link = _link(lexed, out[k], out[k + 1])
        if link is not None:
            out[k], out[k + 1] = _shared(out[k], out[k + 1], link)
    return out


def _shared(a: Amount, b: Amount, link: str) -> tuple[Amount, Amount]:
    """Return two joined amounts, each with what it left out: scale and unit after the second, sign before the first."""
    if link == "and" and (a.numeral.scale > 1 or (b.numeral.scale == 1 and b.unit is None)):
        return a, b
    if a.unit == b.unit or a.unit is None or b.unit is None:
        a = _rescaled(a, b)
    if a.unit is None and b.unit is not None and not b.signed and (link, b.unit) != ("and", "percentage_point"):
        a = replace(a, unit=b.unit, value=_in_unit(a, b))
    elif b.unit is None and a.signed and link != "and":
        b = replace(b, unit=a.unit)
    return a, b


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
    if a.value is None or b.value is None or a.unit != b.unit or a.value >= b.value or b.comparator != "=":
        return False
    link = _link(lexed, a, b)
    if link is None or _ranging(lexed, a):
        return link is not None
    before = lexed.at(a.start - 1)
    if link == "to":  # `from 2 to 3` is a move, and so is `down by 30 to 126`
        return before != "from" and not (before == "by" and b.value > _WIDEST * a.value)
    return link == "-" or (link == "or" and b.value <= 2 * a.value)


def drop_conversions(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Leave out the same amount in another unit: `40km (25 miles)`, `€130bn, about $148bn,`."""
    out: list[Amount] = []
    dropped: Amount | None = None
    for b in amounts:
        again = dropped is not None and _between(lexed, dropped, b) in ([";"], [","], ["/"], ["or"])
        if out and (_is_conversion(lexed, out[-1], b) or (again and _same_dimension(out[-1], b))):
            dropped = b
            continue
        dropped = None
        out.append(b)
    return out


def _same_dimension(a: Amount, b: Amount) -> bool:
    """Return whether two amounts measure the same thing in different units."""
    if a.unit is None or b.unit is None or a.unit == b.unit:
        return False
    return dimension(a.unit) is not None and dimension(a.unit) == dimension(b.unit)


def _is_conversion(lexed: Lexed, a: Amount, b: Amount) -> bool:
    if not _same_dimension(a, b) or not _same_sentence(lexed, a, b):
        return False
    gap, after = _between(lexed, a, b), lexed.at(b.end)
    if not gap or len(gap) > 6:
        return False
    if "(" in gap and after in (")", ",", ";", "at", "in"):
        return len(gap) - gap.index("(") <= 3
    if gap == [","]:  # `€130bn, about $148bn,`; without `about` two sums stand in a row
        return b.comparator == "~" and after in (",", ".", ")")
    return gap in (["or"], [",", "or"])


def read_moves(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Set on an amount the start of its move, or the earlier value: `from 2.3% to 2.5%`, `6.1%, against 3.9%`."""
    out: list[Amount] = []
    for k, b in enumerate(amounts):
        moved = _move_to(lexed, out[-1], b) if out else None
        if moved is not None:
            out[-1] = moved
            continue
        starts_move = k + 1 < len(amounts) and _move_to(lexed, b, amounts[k + 1]) is not None
        later = _later_value(lexed, out, b) if out and not starts_move else None
        if later is not None:
            out[later] = replace(out[later], from_=b.value, unit=out[later].unit or b.unit)
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
    first = i
    while i > max(1, first - 5) and (lexed.lower[i - 1] in _MODIFIERS or lexed.lower[i - 1].endswith(_PERIODS)):
        i -= 1
    return i - 1


def _later_value(lexed: Lexed, out: list[Amount], b: Amount) -> int | None:
    """Return the index of the amount beside which `b` is set as the earlier value, None if it is not one."""
    if b.value is None or b.numeral.share:
        return None
    i = _before_modifiers(lexed, b.start) + 1
    cued = any(tuple(lexed.lower[max(0, k - len(cue)) : k]) == cue for cue in _EARLIER for k in range(i, b.start + 1))
    if not cued and not _is_plain_from(lexed, out[-1], b, i - 1):
        return None
    for k in range(len(out) - 1, max(-1, len(out) - 4), -1):
        a = out[k]
        if not _same_sentence(lexed, a, b):
            return None
        if a.value is not None and a.from_ is None and (a.unit == b.unit or (b.unit is None and cued)):
            return k
    return None


def _is_plain_from(lexed: Lexed, a: Amount, b: Amount, i: int) -> bool:
    """Return whether word `i` is a `from` close after `a`, or after a comma, and `b` has no noun: `to 7% from 6%`."""
    after = lexed.at(b.end)
    if lexed.at(i) != "from" or (b.unit is None and after[:1].isalpha() and after not in _TIME_WORDS):
        return False
    gap = lexed.lower[a.end : i]
    return gap[-1:] == [","] or (len(gap) <= 5 and not {"and", "or", ",", ";"} & set(gap))


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
    """Return `a` with its total `b`, or as a share where the words are `one in five`; None where it is no part."""
    gap = lexed.lower[a.end : b.core]
    if not _is_part(b, a) or not 0 < len(gap) <= 6 or not _same_sentence(lexed, a, b):
        return None
    if gap in (["in"], ["in", "every"], ["in", "each"]) and a.unit is None and _is_odds(a, b):
        return replace(a, end=b.end, value=round(100 * (a.value or 0.0) / (b.value or 1.0), 2), unit="percent")
    if gap[-2:] == ["out", "of"] and 2 < len(gap) <= 5 and _counts_many(gap[:-2]):
        return replace(a, out_of=b.value)  # `16 councillors out of 50`: what is counted stands between
    out_of = gap[:2] == ["out", "of"] and len(gap) <= 4
    owned = any(word.endswith(_POSSESSIVE) for word in (gap[-1], *gap[1:2]))
    if out_of or (gap[0] == "of" and len(gap) > 1 and (gap[1] in _DETERMINERS or owned)):
        return replace(a, end=b.end, out_of=b.value)
    return None


def _counts_many(words: Sequence[str]) -> bool:
    """Return whether words end with what is counted (`new homes`), and not with a verb: `16 people came out of 50`."""
    return all(map(str.isalpha, words)) and "and" not in words and (words[-1][-1] == "s" or words[-1] in _PEOPLE)


def _is_odds(a: Amount, b: Amount) -> bool:
    """Return whether `a in b` is a share (`two in three`), and no count of things in a number of places."""
    return (a.value or 0) < 10 and b.value in (*range(2, 11), 12, 20, 25, 50, 100, 1000, 10_000, 100_000)


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
    """Return whether `b` is said of what `a` counts: `of whom`, `of which`, `, of these`."""
    if not _same_sentence(lexed, a, b):
        return False
    places = (i for i in range(a.end, b.core - 1) if lexed.lower[i] == "of")
    return any(lexed.lower[i + 1] in ("whom", "which") or _takes_up(lexed, i) for i in places)


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


def relate(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with what they are to each other read."""
    for reader in READERS:
        amounts = reader(lexed, amounts)
    return amounts
