"""Money beside a number: its sign before it, its name after it, and whose dollars, pounds or pesos a story means."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from onrecord.language.currencies import (
    ADJECTIVES,
    CODES,
    COUNTRY_CURRENCY,
    NAMES,
    NOUNS,
    SHARED_NAMES,
    SHARED_SIGNS,
    SYMBOLS,
)
from onrecord.language.gazetteer import country_of
from onrecord.language.lexing import Lexed, words
from onrecord.language.numbers import Numeral, read_numeral

# `$` stands for the country's own money in these; elsewhere English-language papers mean the US dollar by it.
_OWN_DOLLAR: Final = words("AUD BBD BMD BSD BZD CAD FJD GYD HKD JMD KYD NZD SBD SGD TTD XCD")
_OWN_POUND: Final = words("EGP FKP GIP LBP SDG SHP SSP SYP")
# The first in the table is not the usual one where neither the words nor the story's country tell.
_USUAL: Final = {
    "dollar": "USD",
    "pound": "GBP",
    "peso": "MXN",
    "franc": "CHF",
    "rupee": "INR",
    "ruble": "RUB",
    "rouble": "RUB",
    "won": "KRW",
    "shilling": "KES",
    "dinar": "KWD",
    "riyal": "SAR",
    "rial": "IRR",
    "krone": "NOK",
    "kroner": "NOK",
    "krona": "SEK",
    "kronor": "SEK",
    "crown": "CZK",
    "leu": "RON",
    "lei": "RON",
    "kwacha": "ZMW",
}
_HUNDREDTHS: Final = {"cent": "dollar", "cents": "dollar", "pence": "pound", "penny": "pound", "paise": "rupee"}
_CENTS: Final = words("cent cents")
# Currencies without a dollar whose hundredths are cents in their countries' papers.
_OWN_CENTS: Final = words("EUR KES LKR MUR SCR SZL TZS ZAR")
_MOST_PENCE: Final = 480  # above it a `p` after digits is a screen's lines
# Names shared by several countries of which none is meant far more often than the others.
_SHARED: Final = frozenset(
    noun
    for noun, codes in NOUNS.items()
    if len(codes) > 1 and not noun.startswith(("dollar", "pound", "ruble", "rouble", "won"))
)
# Names that are other words too: only with a number of some size, or in the money's own country.
_OTHER_WORDS: Final = words("won real reals sum sums sol sols mark marks crown crowns colon colons dram drams gold")
# Codes and signs in letters that are other words too: only before a number that looks like money.
_OTHER_SIGNS: Final = words(
    "ALL TOP CUP PEN MOP BAM TRY COP ID N FD RO SR LE LL TL DH TD DT BD JD QR Fr Br Sh Rf Re Rs CFA Bs CAD SOS MAD "
    "GEL LAK"
) - {"Rs", "CAD", "CFA"}
_MANY: Final = 1000


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a story comes from (ISO 3166 alpha-2, None if not known) and what money its bare names therefore mean.

    `spoken_of` holds, for each name in the story that several countries share, where their adjectives stand.
    """

    country: str | None
    dollar: str
    spoken_of: Mapping[str, tuple[tuple[int, str], ...]]

    @property
    def own(self) -> str | None:
        """The currency of the story's country."""
        return COUNTRY_CURRENCY.get(self.country or "")


def setting_of(lexed: Lexed, country: str | None) -> Setting:
    """Return what `$`, `pounds` and the like mean in a story from `country`.

    A story that writes `A$` for its own dollars means US dollars by a bare `$`.
    """
    own = COUNTRY_CURRENCY.get(country or "")
    signs = [sign for sign, code in SYMBOLS.items() if code == own and sign.endswith("$")]
    is_own = own is not None and own in _OWN_DOLLAR and not any(sign in lexed.text for sign in signs)
    shared = _SHARED & {*lexed.lower, *(SHARED_SIGNS[sign] for sign in SHARED_SIGNS.keys() & set(lexed.words))}
    return Setting(
        country, own if is_own and own else "USD", {noun: _spoken_of(lexed, noun) for noun in sorted(shared)}
    )


def _spoken_of(lexed: Lexed, noun: str) -> tuple[tuple[int, str], ...]:
    """Return where an adjective or the name of a country stands whose money `noun` may be, and the currency."""
    codes = NOUNS[noun]
    adjectives = {adjective: code for code in codes for adjective in ADJECTIVES.get(code, ())}
    places = [(i, adjectives[word]) for i, word in enumerate(lexed.lower) if word in adjectives]
    places += (place for place in _own_money_of_places(lexed) if place[1] in codes)
    return tuple(sorted(places))


def _own_money_of_places(lexed: Lexed) -> Iterator[tuple[int, str]]:
    """Yield where countries and capitals are named, in one word or two, and each one's money."""
    for i, word in enumerate(lexed.words):
        country = None
        if word[0].isupper():
            country = country_of(word) or country_of(" ".join(lexed.words[i : i + 2]))
        if country in COUNTRY_CURRENCY:
            yield i, COUNTRY_CURRENCY[country]


def _meant(noun: str, i: int, setting: Setting) -> str:
    """Return the currency that a bare `noun` at word `i` means.

    It is that of the story's own country, else of the nation named nearest to it, else the usual one.
    """
    codes = NOUNS[noun]
    if setting.own is not None and setting.own in codes:
        return setting.own
    places = setting.spoken_of.get(noun)
    if places:
        at = bisect(places, (i, ""))
        return min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place[0] - i))[1]
    return _USUAL.get(noun) or _USUAL.get(noun.removesuffix("s")) or codes[0]


def _named(name: str, i: int, setting: Setting) -> tuple[str, float] | None:
    """Return (currency, worth in its main unit) of a lower-case name right before word `i`: `pence` -> GBP, 0.01."""
    if name in NAMES:
        own = setting.own if setting.own in SHARED_NAMES.get(name, ()) else None
        return own or NAMES[name], 1.0
    whose, _, part = name.rpartition(" ")
    if whose and part in _CENTS:  # `Australian cents`
        code = "EUR" if whose == "euro" else NAMES.get(f"{whose} dollars")
        return None if code is None else (code, 0.01)
    if name in _CENTS and setting.own in _OWN_CENTS:
        return setting.own, 0.01
    if name in _HUNDREDTHS:
        return _meant(_HUNDREDTHS[name], i, setting), 0.01
    return (_meant(name, i, setting), 1.0) if name in NOUNS else None


def money_before(lexed: Lexed, i: int, setting: Setting) -> tuple[str | None, int]:
    """Return the currency named by the sign before word `i` and where it starts; (None, i) if none does."""
    if i == 0 or not lexed.is_digits(i):
        return None, i
    sign = lexed.words[i - 1]
    if not sign[-1].isalnum() and i > 1 and lexed.touch(i - 2) and lexed.words[i - 2] + sign in SYMBOLS:
        return SYMBOLS[lexed.words[i - 2] + sign], i - 2
    if sign == "$":
        return setting.dollar, i - 1
    if sign == "¥" and setting.country == "CN":
        return "CNY", i - 1
    if sign == "£" and setting.own in _OWN_POUND:
        return setting.own, i - 1
    code = SYMBOLS.get(sign)
    if sign in SHARED_SIGNS:
        code = _meant_by_sign(sign, i, setting)
    if code is None or (sign[0].isascii() and sign[0].isalpha() and not _is_money_sign(lexed, i, sign, code, setting)):
        return None, i
    return code, i - 1


def _meant_by_sign(sign: str, i: int, setting: Setting) -> str:
    """Return whose rupees, shillings or CFA francs a sign at word `i` is short for."""
    codes, meant = {SYMBOLS[sign], *NOUNS[SHARED_SIGNS[sign]]}, _meant(SHARED_SIGNS[sign], i, setting)
    if "CFA" in sign:
        codes = {*SHARED_NAMES["cfa francs"]}
    return meant if meant in codes else SYMBOLS[sign]


def _is_money_sign(lexed: Lexed, i: int, sign: str, code: str, setting: Setting) -> bool:
    """Return whether letters before a number (`Rs`, `KD`, `R`) are a currency there and no other word."""
    if (len(sign.rstrip(".")) > 1 and sign not in _OTHER_SIGNS) or setting.own == code:
        return True
    numeral = read_numeral(lexed, i)
    return "," in lexed.words[i] or (numeral is not None and numeral.scale >= _MANY)


def money_after(lexed: Lexed, j: int, numeral: Numeral, setting: Setting) -> tuple[str, float, int] | None:
    """Return (currency, worth, index after it) of the name, code or sign at word `j` after `numeral`; None without."""
    sign = lexed.words[j] if j < len(lexed.words) else ""
    if sign == "p" and lexed.touch(j - 1) and (numeral.value or 0) < _MOST_PENCE and setting.own in (None, "GBP"):
        return "GBP", 0.01, j + 1
    before_next = lexed.is_digits(j + 1)  # in `5 € 12` the sign is the next number's
    if sign in SYMBOLS and (sign in CODES or not sign.isalpha()) and not before_next:
        return SYMBOLS[sign], 1.0, j + 1
    for phrase, end in lexed.phrases(j):
        money = _named(phrase, end, setting)
        if money is None:
            continue
        own = setting.own == money[0]
        big = numeral.value is None or numeral.value >= _MANY
        if phrase in _OTHER_WORDS and not (big or own):
            return None
        if phrase in ("pound", "pounds") and not own and (lexed.at(end) == "of" or not big):
            return "lb", 1.0, end
        return (*money, end)
    return None
