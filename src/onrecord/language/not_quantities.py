"""Numbers that are no quantities: years, dates, times of day, ages, ordinals, names, addresses, scores, numbering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.lexing import HYPHENS, Lexed, digits_value, words

_MONTHS: Final = words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_DAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow")
_CLOCK: Final = frozenset(
    ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "utc", "bst", "est", "edt", "cet", "o'clock", "o’clock", "hrs"]
)
_FIRM: Final = frozenset([">", ">=", "<=", "<"])
# Words after which a number names rather than counts.
_LABELS: Final = words(
    "no. no nos. number article articles section sections chapter chapters phase page pages figure table route "
    "highway interstate motorway flight channel room paragraph clause rule annex appendix schedule title amendment "
    "resolution category class grade type version round episode season volume part step option terminal gate "
    "platform pier ward district zone sector block lot apartment suite act act. level tier stage line model mark "
    "size group series fortune expo euro agenda vision formula unit bus train track lane exit junction bill case "
    "proposition prop measure protocol directive regulation order day week year age aged"
)
_STREETS: Final = words(
    "street st st. road rd rd. avenue ave ave. lane drive boulevard blvd way square place court terrace crescent "
    "highway parkway plaza row gardens close quay embankment"
)
_OPENERS: Final = words(
    "a an the in on at of by to for from with about after before over under nearly almost around some only just all "
    "and or but as that this these those when while if it its they their he his she her we our there then so if "
    "more less up down least most than between among another every each both not no yet also still including "
    "is was are were has have had will would could should may might can must i you"
)
_PEOPLE: Final = words(
    "people those anyone everyone children adults men women boys girls residents pupils students citizens persons "
    "individuals seniors teenagers kids pensioners youths youngsters voters workers patients aged ages everybody"
)
_ONE_OF: Final = words(
    "person man woman boy girl child baby infant toddler teenager civilian soldier officer policeman policewoman "
    "firefighter worker protester protestor demonstrator student pupil teacher patient passenger pilot driver rider "
    "migrant refugee hostage journalist militant fighter gunman resident villager farmer prisoner detainee inmate "
    "tourist death fatality casualty injury victim dead killed injured wounded missing troop sailor marine guard "
    "settler bystander pedestrian member lawmaker minister other"
)
_DEFINITE: Final = frozenset(["the", "these", "those", "both", "his", "her", "their", "its", "our", "your", "my"])
_GAMES: Final = words(
    "win won beat lost lead led score draw drew defeat defeated victory loss vote voted ruling ruled tie tied"
)
_EMERGENCY: Final = frozenset(["911", "999", "112", "000", "101", "111", "988"])
_TALLIES: Final = words(
    "test exam credit box reading math maths sat approval satisfaction film musical high low final average their his "
    "her its brain scan"
)


def is_none(lexed: Lexed, amount: Amount) -> bool:
    """Return whether the number of `amount` is a year, a date, an age, a name or the like, and no quantity."""
    if lexed.at(amount.core - 1) == "per":
        return True
    if amount.unit is None and any(test(lexed, amount) for test in _BARE_TESTS):
        return True
    return any(test(lexed, amount) for test in _TESTS)


def _is_year(lexed: Lexed, amount: Amount) -> bool:
    if (
        not amount.numeral.plain
        or len(lexed.words[amount.numeral.start]) != 4
        or not 1500 <= (amount.value or 0) < 2100
    ):
        return False
    after = lexed.at(amount.end)
    counted = amount.comparator in _FIRM or lexed.at(amount.start) in ("some", "nearly", "almost", "roughly")
    return not (
        counted
        and after[:1].isalpha()
        and lexed.at(amount.start) not in ("over", "under", "past", "beyond", "above", "below")
    )


def _is_date(lexed: Lexed, amount: Amount) -> bool:
    if not amount.numeral.plain or not 1 <= (amount.value or 0) <= 31 or "." in lexed.words[amount.core]:
        return False
    i, j = amount.core - 1, amount.end
    while (
        i >= 0
        and (lexed.words[i] in HYPHENS or lexed.lower[i] in ("and", "to") or lexed.is_digits(i))
        and i > amount.core - 4
    ):
        i -= 1
    while (lexed.at(j) in HYPHENS or lexed.at(j) in ("and", "to", "or") or lexed.is_digits(j)) and j < amount.end + 4:
        j += 1
    return _month(lexed, i) or _month(lexed, j)


def _month(lexed: Lexed, i: int) -> bool:
    return lexed.at(i).rstrip(".") in _MONTHS and lexed.words[i][0].isupper()


def _is_clock(lexed: Lexed, amount: Amount) -> bool:
    j = amount.end
    if lexed.at(j) in _CLOCK or (lexed.at(j) == "o" and lexed.at(j + 1) in ("'", "’")):
        return True
    beside = lexed.at(j) in (":", "/") and lexed.touch(j - 1) and lexed.touch(j) and lexed.is_digits(j + 1)
    return beside and amount.numeral.plain


def _is_age(lexed: Lexed, amount: Amount) -> bool:
    i, j = amount.core - 1, amount.end
    if lexed.at(i) == "," and lexed.at(j) == "," and amount.value is not None and 1 <= amount.value <= 115:
        return i > 0 and lexed.words[i - 1][0].isupper() and lexed.lower[i - 1] not in _MONTHS
    if lexed.at(i) in ("aged", "age", "ages") or (lexed.at(i) == "of" and lexed.at(i - 1) in ("age", "ages")):
        return True
    return False


def _is_age_limit(lexed: Lexed, amount: Amount) -> bool:
    """Catch `people over 65`, `children aged 5 to 11`, `18 and older`, and `42-year-old` with its unit."""
    i, j = amount.start - 1, amount.end
    if (
        lexed.at(j) in HYPHENS
        and lexed.at(j + 1) == "old"
        or (amount.unit == "year" and lexed.at(j) in ("old", "olds"))
    ):
        return True
    if lexed.at(j) in ("and", "or") and lexed.at(j + 1) in ("older", "younger"):
        return True
    if amount.comparator in _FIRM and lexed.at(amount.start) in ("over", "under", "above", "below"):
        return lexed.at(i) in _PEOPLE and (amount.value or 999) <= 110 and amount.unit in (None, "year")
    return amount.unit == "year" and lexed.at(i) in ("aged", "age", "ages")


def _is_label(lexed: Lexed, amount: Amount) -> bool:
    """Catch `Article 5`, `Phase Two`, `Boeing 737`, `Group of 20`: names that end in a number."""
    i = amount.core - 1
    if i < 0 or amount.start != amount.core or amount.numeral.scale > 1 or amount.vague is not None:
        return False
    before = lexed.lower[i]
    if before in _LABELS and not (before in ("no", "page") and not lexed.is_digits(amount.core)):
        return True
    if before == "of" and lexed.at(i - 1) in ("group", "gang") and lexed.words[i - 1][0].isupper():
        return True
    word = lexed.words[amount.core]
    named = (
        lexed.words[i][0].isupper() and before not in _OPENERS | _DAYS | _MONTHS and not before.endswith(("'s", "’s"))
    )
    if amount.numeral.plain:
        return named and "," not in word and not lexed.opens_sentence(i) and not before.endswith(("s'", "s’"))
    return word[0].isupper() and not lexed.opens_sentence(amount.core) and not (word.isupper() and word != "I")


def _is_hyphened(lexed: Lexed, amount: Amount) -> bool:
    """Catch `two-way`, `15-member`, `top-10`, `mid-90`: a number inside a hyphened word that is no unit."""
    j = amount.end
    if lexed.at(j) in HYPHENS and lexed.touch(j - 1) and lexed.touch(j) and lexed.at(j + 1)[:1].isalpha():
        return lexed.at(j + 1) not in ("strong", "magnitude", "plus") and (amount.value or 0) < 1000
    return lexed.at(j)[:1].isalpha() and amount.numeral.plain and lexed.touch(j - 1)


def _is_numbering(lexed: Lexed, amount: Amount) -> bool:
    """Catch `4.`, `(2)` and `3-` at the head of a line, and figures in brackets alone."""
    i, j = amount.core - 1, amount.end
    if not amount.numeral.plain or amount.start != amount.core or j >= len(lexed.words):
        return False
    if lexed.at(i) in ("(", "[") and lexed.at(j) in (")", "]"):
        return True
    opens = i < 0 or "\n" in lexed.text[lexed.ends[i] : lexed.starts[amount.core]]
    return opens and lexed.at(j) in ").-:–•" and lexed.touch(j - 1) and not lexed.touch(j)


def _is_contact(lexed: Lexed, amount: Amount) -> bool:
    """Catch telephone numbers and addresses."""
    word = lexed.words[amount.core]
    if amount.numeral.plain and (
        word[0] == "0" and len(word) > 3 and word.isdecimal() or (word.isdecimal() and len(word) > 9)
    ):
        return True
    if word in _EMERGENCY and (
        lexed.at(amount.core - 1).startswith(("call", "dial")) or lexed.at(amount.end).startswith("call")
    ):
        return True
    beside = [k for k in (amount.core - 1, amount.end) if lexed.is_digits(k)]
    if amount.numeral.plain and beside and amount.comparator == "=":
        return True
    j = amount.end
    while j < amount.end + 4 and j < len(lexed.words) and lexed.words[j][0].isupper():
        j += 1
    return j > amount.end + 1 and lexed.lower[j - 1] in _STREETS and amount.numeral.plain


def _is_half_of_time(lexed: Lexed, amount: Amount) -> bool:
    """Catch shares that are no share: `first half`, `half-brother`, `a third party`, `half empty`."""
    if not amount.numeral.share or amount.unit != "percent":
        return False
    before, after = lexed.at(amount.core - 1), lexed.at(amount.end)
    if before in (
        "first",
        "second",
        "latter",
        "former",
        "top",
        "bottom",
        "better",
        "final",
        "last",
        "third",
        "next",
        "opening",
    ):
        return True
    if after == "of" and (lexed.is_digits(amount.end + 1) and lexed.at(amount.end + 1)[:2] in ("19", "20")):
        return True
    if after in HYPHENS and lexed.touch(amount.end - 1):
        return True
    return (
        after[:1].isalpha() and amount.end == amount.core + 1 and after not in _AFTER_SHARE and amount.comparator == "="
    )


_AFTER_SHARE: Final = words(
    "of the its their his her our my your all those these that this were are was is have has had said say would will "
    "and or in by from on at to as for could might may do did can be more less compared"
)


def _is_one(lexed: Lexed, amount: Amount) -> bool:
    """Catch `one` as a pronoun or determiner, unless what it counts is a person or a loss."""
    if lexed.at(amount.core) not in ("one", "zero") or amount.end != amount.core + 1 or amount.comparator in _FIRM:
        return False
    if lexed.at(amount.end) in _ONE_OF or lexed.at(amount.end + 1) in _ONE_OF:
        return lexed.at(amount.core - 1) in ("no", "any", "every", "this", "that")
    if lexed.at(amount.end) in ("in", "or", "to", "out"):
        return lexed.at(amount.core - 1) in ("no", "any", "every", "this", "that", "the")
    return not (lexed.at(amount.end) == "of" and amount.out_of is not None)


def _is_definite(lexed: Lexed, amount: Amount) -> bool:
    """Catch small numbers that only take up what is known: `the two sides`, `both countries`, `these three`."""
    small = (amount.value or 0) <= 10 and not lexed.is_digits(amount.core) and amount.vague is None
    return small and lexed.at(amount.start - 1) in _DEFINITE and lexed.at(amount.end + 1) != "dead"


def _is_score(lexed: Lexed, amount: Amount) -> bool:
    """Catch `3-1`, `a 6-3 vote`: digits joined by a hyphen that do not rise to a range."""
    for i, j in ((amount.core - 2, amount.core), (amount.core, amount.core + 2)):
        if not (lexed.is_digits(i) and lexed.is_digits(j) and lexed.at(i + 1) in HYPHENS and lexed.glued(i, j)):
            continue
        low, high = digits_value(lexed.words[i]), digits_value(lexed.words[j])
        if low >= high or {lexed.at(i - 1), lexed.at(j + 1)} & _GAMES or _season(lexed.words[i], high):
            return True
    return False


def _season(first: str, second: float) -> bool:
    """Return whether two numbers joined by a hyphen are years in a row: `2012-13`, `1914-1918`."""
    return (
        len(first) == 4
        and first[:2] in ("15", "16", "17", "18", "19", "20")
        and (second < 100 or 1500 <= second < 2100)
    )


def _is_tally(lexed: Lexed, amount: Amount) -> bool:
    """Catch `test scores` and `scores a goal`."""
    if amount.vague != "scores":
        return False
    after = lexed.at(amount.end)
    return lexed.at(amount.start - 1) in _TALLIES or not (
        after in ("of", "more", "were", "have", "are", "dead", "injured", "wounded", "killed", "others", ",", ".")
    )


_Test = Callable[[Lexed, Amount], bool]
_BARE_TESTS: Final[tuple[_Test, ...]] = (
    _is_year,
    _is_date,
    _is_clock,
    _is_age,
    _is_label,
    _is_hyphened,
    _is_numbering,
    _is_contact,
    _is_tally,
    _is_score,
)
_TESTS: Final[tuple[_Test, ...]] = (_is_age_limit, _is_half_of_time)


def is_only_reference(lexed: Lexed, amount: Amount) -> bool:
    """Return whether a number, once its neighbours are read, only refers: `one of them`, `the two sides`, `one day`."""
    if amount.out_of is not None or amount.low is not None or amount.from_ is not None:
        return False
    if amount.unit is not None:
        return amount.unit == "day" and lexed.at(amount.core) == "one" and amount.start == amount.core
    return _is_one(lexed, amount) or _is_definite(lexed, amount)
