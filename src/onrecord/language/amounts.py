"""One amount as it stands: the number with its currency or unit, and the words of comparison around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from onrecord.language.comparators import comparator_after, comparator_before
from onrecord.language.lexing import HYPHENS, Lexed
from onrecord.language.money import Setting, money_after, money_before
from onrecord.language.numbers import Numeral, read_numeral, tidy
from onrecord.model import Change, Comparator, Vague
from onrecord.units import DURATIONS, UNIT_SYMBOLS, UNIT_WORDS

_RELATIVE: Final = {
    **dict.fromkeys(["%", "％", "percent", "per cent", "pct", "pc"], ("percent", 1.0)),
    **dict.fromkeys(
        ["percentage point", "percentage points", "percent point", "percent points", "% points"],
        ("percentage_point", 1.0),
    ),
    **dict.fromkeys(["pp", "ppt", "ppts"], ("percentage_point", 1.0)),
    **dict.fromkeys(["basis point", "basis points", "bps"], ("percentage_point", 0.01)),
}
_DEGREES: Final = {"C": "degC", "F": "degF"}
_FAHRENHEIT_COUNTRIES: Final = frozenset(["US", "BS", "BZ", "KY", "PW", "FM", "MH", "LR"])
_LONGEST_NUMBER: Final = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at the words [start, end) of a `Lexed`, all its words included; currency or number starts at `core`.

    `unit` is None while the words name none (a count, or a unit left out: `2 to 3 percent`).
    """

    start: int
    core: int
    end: int
    numeral: Numeral
    value: float | None
    vague: Vague | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    comparator: Comparator = "="
    change: Change = "level"
    of: str | None = None
    out_of: float | None = None
    from_: float | None = None
    per: str | None = None

    @property
    def signed(self) -> bool:
        """Whether a currency or a minus stands before the number."""
        return self.core < self.numeral.start


def read_amount(lexed: Lexed, i: int, setting: Setting) -> Amount | None:
    """Return the amount whose number starts at word `i`, with its signs and words on both sides; None if none does."""
    currency, core = money_before(lexed, i, setting)
    numeral = read_numeral(lexed, i, money=currency is not None)
    if numeral is None or len(lexed.words[i]) > _LONGEST_NUMBER or (core == i and _part_of_name(lexed, i)):
        return None
    amount = Amount(core, core, numeral.end, numeral, numeral.value, numeral.vague, unit=currency)
    amount = _negative(lexed, amount)
    if currency is None:
        amount = _with_unit(lexed, amount, setting)
    return compared(lexed, amount)


def compared(lexed: Lexed, amount: Amount) -> Amount:
    """Take in the words of comparison right before the amount, or else right after it."""
    before = comparator_before(lexed, amount.core, period=amount.unit in DURATIONS)
    if before is not None:
        return replace(amount, comparator=before[0], start=before[1])
    after = comparator_after(lexed, amount.end)
    return amount if after is None else replace(amount, comparator=after[0], end=after[1])


def _part_of_name(lexed: Lexed, i: int) -> bool:
    """Return whether letters or joining signs touch the digits at `i` from the left: `F-16`, `A350`, `M/54`, `#5`."""
    if i == 0 or not lexed.is_digits(i) or not lexed.touch(i - 1):
        return False
    before = lexed.words[i - 1]
    if before == "+" and (i == 1 or not lexed.touch(i - 2) or lexed.words[i - 2] == "("):
        return False  # `up to +1.5%`, `(+1.5%)`
    if before[-1].isalnum() or before in "/.:'’#_+&@":
        return True
    return before in HYPHENS and i > 1 and lexed.touch(i - 2) and lexed.words[i - 2][-1].isalpha()


def _negative(lexed: Lexed, amount: Amount) -> Amount:
    """Take in a minus before the number, by its word or its sign after white space or an opening bracket."""
    i = amount.core - 1
    if i < 0 or amount.value is None:
        return amount
    free = i == 0 or not lexed.touch(i - 1) or lexed.words[i - 1] == "("
    sign = lexed.words[i] in "-−–" and lexed.touch(i) and free and lexed.is_digits(amount.numeral.start)
    if sign or (lexed.lower[i] == "minus" and lexed.at(i - 1) != "or"):
        return replace(amount, value=-amount.value, start=i, core=i)
    return amount


def _with_unit(lexed: Lexed, amount: Amount, setting: Setting) -> Amount:
    """Read the unit after the number, over a hyphen (`40-km`), and over `a` or `of a` after a share (`half a mile`)."""
    j = amount.end
    if lexed.at(j) in HYPHENS and lexed.glued(j - 1, j + 1):
        j += 1
    elif amount.numeral.share:
        j += lexed.at(j) == "of" and lexed.at(j + 1) in ("a", "an", "one")
        j += lexed.at(j) in ("a", "an", "one")
    elif amount.vague is not None:
        j += lexed.at(j) == "of"
    found = _unit_at(lexed, j, amount, setting)
    # A share needs `a` before its unit: `half a mile` is a length, `a third year` is none.
    if found is not None and not (amount.numeral.share and j == amount.end and found[0] != "percentage_point"):
        unit, worth, end = found
        if unit == "bpd":
            return replace(amount, unit="bbl", per="day", end=end)
        return replace(amount, unit=unit, value=None if amount.value is None else tidy(amount.value * worth), end=end)
    if amount.numeral.share:
        return replace(amount, unit="percent", value=round(100 * (amount.value or 0.0), 2))
    return amount


def _unit_at(lexed: Lexed, j: int, amount: Amount, setting: Setting) -> tuple[str, float, int] | None:
    """Return (unit, its worth, index after it) of the unit words at `j`, None if none stand there."""
    if j >= len(lexed.words):
        return None
    symbol = _symbol_at(lexed, j)
    if symbol is not None:
        return symbol[0], 1.0, symbol[1]
    if _opens_compound(lexed, j):
        return None
    for phrase, end in lexed.phrases(j):
        if phrase in _RELATIVE and amount.vague is None:
            return (*_RELATIVE[phrase], end)
        if phrase in UNIT_WORDS:
            return UNIT_WORDS[phrase], 1.0, end
    if lexed.at(j) in ("degrees", "degree") and lexed.at(j + 1) not in ("of", "north", "south", "east", "west"):
        return ("degF" if setting.country in _FAHRENHEIT_COUNTRIES else "degC"), 1.0, j + 1
    part = amount.numeral.share or 0 < (amount.value or 0) < 1
    if part and lexed.at(j) in ("point", "points"):
        return "percentage_point", 1.0, j + 1
    return money_after(lexed, j, amount.numeral, setting)


def _opens_compound(lexed: Lexed, j: int) -> bool:
    """Return whether `second` at `j` is the ordinal of a compound: `19 second-hand cars`."""
    return lexed.at(j) == "second" and lexed.at(j + 1) in HYPHENS and lexed.glued(j, j + 2)


def _symbol_at(lexed: Lexed, j: int) -> tuple[str, int] | None:
    """Return the unit whose symbol (`km/h`, `MW`, `°C`) stands at `j`, and the index after it."""
    for text, end in lexed.joined(j):
        if text in UNIT_SYMBOLS and not _is_initial(lexed, j, end):
            return UNIT_SYMBOLS[text], end
        if end > j + 1 and text.lower() in UNIT_WORDS:
            return UNIT_WORDS[text.lower()], end
        if text in _DEGREES and lexed.touch(j - 1):
            return _DEGREES[text], end
    return None


def _is_initial(lexed: Lexed, j: int, end: int) -> bool:
    """Return whether the letter at `j` is an initial (`5 L. Smith`), or the letters run on (`5 kmX`)."""
    if lexed.touch(end - 1) and lexed.words[end][0].isalnum():
        return True
    return len(lexed.words[j]) == 1 and lexed.words[j].isupper() and not lexed.touch(j - 1) and lexed.at(end) == "."
