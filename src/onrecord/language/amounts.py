"""One amount as it stands: the number with its currency or unit, the words of comparison around it, and its change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from onrecord.language.currencies import CODES, COUNTRY_CURRENCY, NAMES, SYMBOLS, dollar_of, money_named
from onrecord.language.lexing import HYPHENS, Lexed, words
from onrecord.language.numbers import Numeral, read_numeral
from onrecord.model import Change, Comparator, Vague
from onrecord.units import DURATIONS, UNIT_SYMBOLS, UNIT_WORDS


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at the words [start, end) of a `Lexed`, all its words included; its number and unit are at [core, end).

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


COMPARATORS: Final[dict[str, Comparator]] = {
    phrase: comparator
    for comparator, phrases in (
        (
            ">=",
            "at least|a minimum of|minimum of|minimum|no less than|no fewer than|not less than|not fewer than|at the least|"
            "as few as|as little as|starting at|upwards of|upward of|a floor of",
        ),
        (
            ">",
            "more than|over|above|greater than|higher than|larger than|bigger than|in excess of|exceeding|exceed|exceeds|"
            "exceeded|beyond|past|north of|topping|surpassing|well over|just over|longer than|heavier than|in the excess of",
        ),
        (
            "<=",
            "up to|as many as|as much as|at most|at the most|no more than|not more than|a maximum of|maximum of|maximum|"
            "no greater than|no higher than|a ceiling of|capped at|not exceed|not exceeding|as high as|as low as|as far as|"
            "as long as|not over|a cap of|a limit of",
        ),
        (
            "<",
            "less than|fewer than|under|below|lower than|smaller than|just under|well under|shy of|just shy of|short of|"
            "south of|shorter than",
        ),
        (
            "~",
            "about|around|nearly|almost|roughly|some|an estimated|estimated|approximately|approx.|approx|circa|ca.|c.|"
            "close to|near|nearer|estimated at|virtually|practically|perhaps|maybe|probably|possibly|in the region of|"
            "in the order of|of the order of|somewhere around|an approximate|approaching|nearing|what may be|barely|"
            "more or less|the estimated|an average of about|approximated",
        ),
    )
    for phrase in phrases.split("|")
}
_AFTER: Final[dict[str, Comparator]] = {
    "or more": ">=",
    "or higher": ">=",
    "or above": ">=",
    "or over": ">=",
    "and more": ">=",
    "and above": ">=",
    "or greater": ">=",
    "or fewer": "<=",
    "or less": "<=",
    "or lower": "<=",
    "or below": "<=",
    "or so": "~",
    "or thereabouts": "~",
}
_PERCENT: Final = {
    "%": ("percent", 1.0),
    "％": ("percent", 1.0),
    "percent": ("percent", 1.0),
    "per cent": ("percent", 1.0),
    "pct": ("percent", 1.0),
    "pc": ("percent", 1.0),
    "percentage point": ("percentage_point", 1.0),
    "percentage points": ("percentage_point", 1.0),
    "percent point": ("percentage_point", 1.0),
    "percent points": ("percentage_point", 1.0),
    "% points": ("percentage_point", 1.0),
    "pp": ("percentage_point", 1.0),
    "ppt": ("percentage_point", 1.0),
    "ppts": ("percentage_point", 1.0),
    "basis point": ("percentage_point", 0.01),
    "basis points": ("percentage_point", 0.01),
    "bps": ("percentage_point", 0.01),
}
# Names of money that are other words too: only with a scale word, four digits or the story's own country.
_OTHER_WORDS: Final = words("won real reals sum sums sol sols mark marks crown crowns colon colons dram drams")
# Codes and signs in letters that are other words too: only before a number that looks like money.
_OTHER_SIGNS: Final = frozenset(
    ["ALL", "TOP", "CUP", "PEN", "MOP", "BAM", "ID", "RO", "SR", "LE", "LL", "TL", "DH", "TD"]
) | {
    "DT",
    "BD",
    "JD",
    "Fr",
    "Br",
    "Sh",
    "Rf",
    "QR",
    "Re",
    "TRY",
    "COP",
}


def read_amount(lexed: Lexed, i: int, country: str | None) -> Amount | None:
    """Return the amount whose number starts at word `i`, with its signs and words on both sides; None if none does."""
    currency, core = _currency_before(lexed, i, country)
    numeral = read_numeral(lexed, i, money=currency is not None)
    if numeral is None or (lexed.is_digits(i) and _part_of_name(lexed, i, core, numeral)):
        return None
    amount = Amount(core, core, numeral.end, numeral, numeral.value, numeral.vague, unit=currency)
    amount = _negative(lexed, amount)
    if currency is None:
        amount = _with_unit(lexed, amount, country)
        if amount.unit is None and numeral.share:
            amount = replace(amount, unit="percent", value=round(100 * (amount.value or 0.0), 2))
    return with_comparator(lexed, amount)


def _part_of_name(lexed: Lexed, i: int, core: int, numeral: Numeral) -> bool:
    """Return whether letters touch the digits: `F-16`, `A350`, `5G`, `1990s`, `2nd`."""
    if core == i and i > 0 and lexed.touch(i - 1):
        before = lexed.words[i - 1]
        if before[-1].isalnum() or before in "/.:'’#_+":
            return True
        if before in HYPHENS and i > 1 and lexed.touch(i - 2) and lexed.words[i - 2][-1].isalpha():
            return True
    return False


def _currency_before(lexed: Lexed, i: int, country: str | None) -> tuple[str | None, int]:
    """Return the currency named by the sign before word `i` and where it starts; (None, i) if none does."""
    if i == 0 or not lexed.is_digits(i):
        return None, i
    sign = lexed.words[i - 1]
    if not sign[-1].isalnum() and sign != ".":
        if i > 1 and lexed.touch(i - 2) and lexed.words[i - 2] + sign in SYMBOLS:
            return SYMBOLS[lexed.words[i - 2] + sign], i - 2
        if sign == "$":
            return dollar_of(country), i - 1
        if sign == "¥" and country == "CN":
            return "CNY", i - 1
        if sign in ("£", "￡"):
            own = COUNTRY_CURRENCY.get(country or "")
            return (own if own in ("EGP", "LBP", "SYP", "SDG", "FKP", "GIP", "SHP", "SSP") else "GBP"), i - 1
    code = SYMBOLS.get(sign)
    if code is None:
        return None, i
    if sign[0].isalpha() and sign.isascii() and not _looks_like_money(lexed, i, sign, code, country):
        return None, i
    return code, i - 1


def _looks_like_money(lexed: Lexed, i: int, sign: str, code: str, country: str | None) -> bool:
    if len(sign.rstrip(".")) > 1 and sign not in _OTHER_SIGNS:
        return True
    if COUNTRY_CURRENCY.get(country or "") == code:
        return True
    numeral = read_numeral(lexed, i)
    return "," in lexed.words[i] or (numeral is not None and numeral.scale >= 1e3)


def _negative(lexed: Lexed, amount: Amount) -> Amount:
    i = amount.core - 1
    if i < 0 or amount.value is None:
        return amount
    sign = (
        lexed.words[i] in "-−–" and lexed.touch(i) and not (i > 0 and lexed.touch(i - 1) and lexed.words[i - 1] != "(")
    )
    if lexed.lower[i] == "minus" or (sign and lexed.words[i + 1][-1].isdecimal()):
        return replace(amount, value=-amount.value, start=i, core=i)
    return amount


def _glued(lexed: Lexed, j: int) -> list[tuple[str, int]]:
    """Return the run of up to three words that touch each other from `j`, longest first, each with the index after it."""
    out, text = [], ""
    for k in range(j, min(j + 3, len(lexed.words))):
        text += lexed.words[k]
        out.append((text, k + 1))
        if not lexed.touch(k):
            break
    return out[::-1]


def _spaced(lexed: Lexed, j: int) -> list[tuple[str, int]]:
    """Return the next one to three words in lower case, longest first, hyphens between them read as spaces."""
    out: list[tuple[str, int]] = []
    text, k = "", j
    for _ in range(3):
        if k >= len(lexed.words):
            break
        text = f"{text} {lexed.lower[k]}" if text else lexed.lower[k]
        out.append((text, k + 1))
        k += 1
        if lexed.at(k) in HYPHENS and lexed.touch(k - 1) and lexed.touch(k):
            k += 1
    return out[::-1]


def _with_unit(lexed: Lexed, amount: Amount, country: str | None) -> Amount:
    """Read the unit after the number, over a hyphen (`40-km`), and over `a` or `of a` after a share (`half a mile`)."""
    j = amount.end
    if lexed.at(j) in HYPHENS and lexed.touch(j - 1) and lexed.touch(j):
        j += 1
    elif amount.numeral.share:
        j += lexed.at(j) == "of" and lexed.at(j + 1) in ("a", "an", "one")
        j += lexed.at(j) in ("a", "an", "one")
    found = _unit_at(lexed, amount, j, country)
    if found is None:
        return amount
    unit, worth, end = found
    if amount.numeral.share and j == amount.end and unit not in ("percentage_point",):
        return amount
    value = None if amount.value is None else _tidy(amount.value * worth)
    return replace(amount, unit=unit, value=value, end=end)


def _tidy(value: float) -> float:
    """Round off what binary fractions leave over (`28 basis points` is 0.28, not 0.28000000000000003)."""
    return float(f"{value:.12g}")


_DEGREES: Final = {"C": "degC", "F": "degF"}


def _unit_at(lexed: Lexed, amount: Amount, j: int, country: str | None) -> tuple[str, float, int] | None:
    """Return (unit, its worth, index after it) of the unit words at `j`, None if none stand there."""
    if amount.vague is not None and lexed.at(j) == "of":
        found = _unit_at(lexed, replace(amount, vague=None), j + 1, country)
        return found if found is not None and found[0] != "percent" else None
    for text, end in _glued(lexed, j):
        if text in UNIT_SYMBOLS and not _is_word_in(lexed, j, end):
            return UNIT_SYMBOLS[text], 1.0, end
        if end > j + 1 and text.lower() in UNIT_WORDS:
            return UNIT_WORDS[text.lower()], 1.0, end
        if text in _DEGREES and lexed.touch(j - 1):
            return _DEGREES[text], 1.0, end
        if text in SYMBOLS and (len(text) == 3 and text in CODES or text in "€£¥₹₽"):
            return SYMBOLS[text], 1.0, end
    for phrase, end in _spaced(lexed, j):
        if phrase in _PERCENT:
            return (*_PERCENT[phrase], end)
        if phrase in UNIT_WORDS:
            return UNIT_WORDS[phrase], 1.0, end
        money = _money_word(phrase, amount, lexed, end, country)
        if money is not None:
            return (*money, end)
    if lexed.at(j) in ("degrees", "degree") and lexed.at(j + 1) not in ("of", "in", "from"):
        return ("degF" if country == "US" else "degC"), 1.0, j + 1
    if amount.numeral.share and lexed.at(j) in ("point", "points"):
        return "percentage_point", 1.0, j + 1
    return None


def _is_word_in(lexed: Lexed, j: int, end: int) -> bool:
    """Return whether the symbol at [j, end) is part of a longer word, or a letter of another sense (`5 L. Smith`)."""
    return (lexed.touch(end - 1) and lexed.words[end][0].isalnum()) or (
        len(lexed.words[j]) == 1 and lexed.words[j].isupper() and not lexed.touch(j - 1) and lexed.at(end) == "."
    )


def _money_word(phrase: str, amount: Amount, lexed: Lexed, end: int, country: str | None) -> tuple[str, float] | None:
    money = money_named(phrase, country)
    if money is None:
        return None
    big = amount.value is None or abs(amount.value) >= 1000
    own = COUNTRY_CURRENCY.get(country or "") == money[0]
    if phrase in _OTHER_WORDS and not (big or own):
        return None
    if phrase in ("pound", "pounds") and not own and (lexed.at(end) == "of" or not (big or country == "GB")):
        return "lb", 1.0
    return money


_SKIPPED: Final = words("another further additional extra combined record whopping staggering mere other total")


def with_comparator(lexed: Lexed, amount: Amount) -> Amount:
    """Take in the words of comparison right before the amount (over `another` and the like), or right after it."""
    i = amount.core
    while i > 0 and (lexed.lower[i - 1] in _SKIPPED or (lexed.lower[i - 1] in ("a", "an") and i < amount.core)):
        i -= 1
    for length in (4, 3, 2, 1):
        if i >= length:
            comparator = COMPARATORS.get(" ".join(lexed.lower[i - length : i]))
            if comparator is not None and not _is_other_sense(lexed, amount, i - length):
                return replace(amount, comparator=comparator, start=i - length)
    after = f"{lexed.at(amount.end)} {lexed.at(amount.end + 1)}"
    if after in _AFTER and not (after == "or so" and lexed.at(amount.end + 2) == "far"):
        return replace(amount, comparator=_AFTER[after], end=amount.end + 2)
    if lexed.at(amount.end) == "+" or (lexed.at(amount.end) in HYPHENS and lexed.at(amount.end + 1) == "plus"):
        return replace(amount, comparator=">=", end=amount.end + 1 + (lexed.at(amount.end) != "+"))
    return amount


def _is_other_sense(lexed: Lexed, amount: Amount, i: int) -> bool:
    """Return whether the word at `i` belongs to a stretch of time (`the past 10 months`) or a verb (`adds up to`)."""
    if lexed.lower[i] == "up":
        return lexed.at(i - 1) in ("add", "adds", "added", "adding", "sum", "sums", "live", "lived")
    if lexed.lower[i] == "past":
        return lexed.at(i - 1) in ("the", "this", "these", "over") or amount.unit in DURATIONS
    return lexed.lower[i] == "some" and lexed.at(i - 1) in ("in", "of") and lexed.at(i - 2) == "case"
