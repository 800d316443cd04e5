"""Numbers that are no quantities: years, dates, times of day, ages, ordinals, names, addresses, scores, numbering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.gazetteer import country_of
from onrecord.language.lexing import HYPHENS, Lexed, digits_value, words
from onrecord.units import DURATIONS

_MONTHS: Final = words(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec"
)
_DAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow")
_CLOCK: Final = frozenset(
    ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "utc", "bst", "est", "edt", "cet", "o'clock", "o’clock", "hrs"]
)
_FIRM: Final = frozenset([">", ">=", "<=", "<"])
# Words after which a number names rather than counts; the second set only with a capital (`Bill 21`, `Day 5`).
_LABELS: Final = words(
    "no. no nos. number article articles section sections chapter chapters page pages phase route highway "
    "interstate motorway flight channel paragraph clause annex appendix amendment resolution category "
    "grade version episode volume terminal tier level art. sec. top"
)
_NAMES: Final = words(
    "figure table room rule schedule title class type round season part step option gate platform pier "
    "ward district zone sector block lot apartment suite act stage line model mark size group series "
    "formula unit bus train track lane exit junction bill case proposition prop measure protocol "
    "directive regulation order day week year"
)
_STREETS: Final = words(
    "street st st. road rd rd. avenue ave ave. lane drive boulevard blvd way square place court terrace "
    "crescent highway parkway plaza row gardens close quay embankment"
)
_PRONOUNS: Final = words("i he she who you we they")
_AGE_LINKS: Final = words("of between and to or -")
_TURNS: Final = words("am is was were are be turned turns turning became")
_ERAS: Final = words("bc ad bce ce b.c. a.d.")
_NO_NAMES: Final = (
    words(
        "a an the in on at of by to for from with about after before over under nearly almost around some "
        "only just all and or but as that this these those when while if it its they their he his she her we "
        "our there then so if more less up down least most than between among another every each both not no "
        "yet also still including is was are were has have had will would could should may might can must i "
        "you altogether together exactly further additional another whose within without until since through "
        "during across against besides plus minus times versus those these other others what which who how "
        "why where because police killed total"
    )
    | _DAYS
    | _MONTHS
)
_PEOPLE: Final = words(
    "people those anyone everyone children adults men women boys girls residents pupils students citizens "
    "persons individuals seniors teenagers kids pensioners youths youngsters voters workers patients aged "
    "ages everybody"
)
_ONE_OF: Final = words(
    "person man woman boy girl child baby infant toddler teenager civilian soldier officer policeman "
    "policewoman firefighter worker protester protestor demonstrator student pupil teacher patient "
    "passenger pilot driver rider migrant refugee hostage journalist militant fighter gunman resident "
    "villager farmer prisoner detainee inmate tourist death fatality casualty injury victim dead killed "
    "injured wounded missing troop sailor marine guard settler bystander pedestrian member lawmaker "
    "minister other"
)
_DEFINITE: Final = frozenset(["the", "these", "those", "both", "his", "her", "their", "its", "our", "your", "my"])
_GAMES: Final = words(
    "win won beat lost lead led score draw drew defeat defeated victory loss vote voted ruling ruled tie tied"
)
_CUTTING: Final = words(
    "break breaks breaking broke broken cut cuts cutting divide divides divided dividing split splits splitting tear "
    "tears tearing tore torn slice slices sliced snap snaps snapped"
)
_EMERGENCY: Final = frozenset(["911", "999", "112", "000", "101", "111", "988"])
_ROUGHLY: Final = words("some nearly almost roughly")
_SIDES: Final = words("over under past beyond above below")
_OLD: Final = words("old olds old's olds' old’s")
_ORDINALS: Final = words("first second third fourth latter former top bottom better final last next opening closing")
_AFTER_SHARE: Final = words(
    "of the its their his her our my your all those these that this were are was is have has had said say "
    "would will and or in by from on at to as for could might may do did can be more less compared"
)
_AFTER_SCORES: Final = words("of more were have are dead injured wounded killed others , .")
_TALLIES: Final = words(
    "test exam credit box reading math maths sat approval satisfaction film musical high low final "
    "average their his her its brain scan"
)


def is_none(lexed: Lexed, amount: Amount) -> bool:
    """Return whether the number of `amount` is a year, a date, an age, a name or the like, and no quantity."""
    i = amount.core - 1
    if lexed.at(i) == "per" or (lexed.at(i) == "every" and lexed.at(i - 1) != "in"):  # what a rate is per
        return True
    tests = _PLAIN_TESTS if amount.numeral.plain and amount.unit is None else ()
    return any(test(lexed, amount) for test in (*tests, *(_BARE_TESTS if amount.unit is None else ()), *_TESTS))


def _is_year(lexed: Lexed, amount: Amount) -> bool:
    """Catch four digits from 1500 to 2099, unless words of comparison and a noun make them a count."""
    if len(lexed.words[amount.core]) != 4 or not 1500 <= (amount.value or 0) < 2100:
        return False
    counted = amount.comparator in _FIRM or lexed.at(amount.start) in _ROUGHLY
    after = lexed.at(amount.end)
    return not (counted and after[:1].isalpha() and after not in _NO_NAMES and lexed.at(amount.start) not in _SIDES)


def _is_date(lexed: Lexed, amount: Amount) -> bool:
    """Catch a day beside its month, alone or in a run of days: `June 9`, `9 June`, `June 24-25`, `9 and 10 June`."""
    if not 1 <= (amount.value or 0) <= 31 or "." in lexed.words[amount.core]:
        return lexed.at(amount.end) in _ERAS
    i, j = amount.core - 1, amount.end
    while amount.core - 4 < i and _links_days(lexed, i):
        i -= 1
    while j < amount.end + 3 and _links_days(lexed, j):
        j += 1
    return _is_month(lexed, i) or _is_month(lexed, j)


def _is_number_of_parts(lexed: Lexed, amount: Amount) -> bool:
    """Catch what something is cut into: `broke in two`, `split the city into three`."""
    i = amount.core - 1
    return lexed.at(i) in ("in", "into") and any(lexed.at(k) in _CUTTING for k in range(i - 4, i))


def _links_days(lexed: Lexed, i: int) -> bool:
    return lexed.at(i) in HYPHENS or lexed.at(i) in ("and", "to", "or") or lexed.is_digits(i)


def _is_month(lexed: Lexed, i: int) -> bool:
    return lexed.at(i).rstrip(".") in _MONTHS and lexed.words[i][0].isupper()


def _is_clock(lexed: Lexed, amount: Amount) -> bool:
    """Catch times of day, and digits joined by a colon or slash: `8:43`, `4pm`, `9 o'clock`, `24/7`, `2022/23`."""
    j = amount.end
    if lexed.at(j) in _CLOCK or (lexed.at(j) == "o" and lexed.at(j + 1) in ("'", "’")):
        return True
    return lexed.at(j) in (":", "/") and lexed.glued(j - 1, j + 1) and lexed.is_digits(j + 1)


def _is_age(lexed: Lexed, amount: Amount) -> bool:
    """Catch ages that no unit tells: `Ana Sousa, 42,`, `at the age of 42`, `she was 17,`."""
    i, j = amount.core - 1, amount.end
    if not 0 < (amount.value or 0) <= 115:
        return False
    k = i
    while k > i - 5 and (lexed.at(k) in _AGE_LINKS or lexed.is_digits(k)):
        k -= 1
    if lexed.at(k) in ("aged", "age", "ages"):
        return True
    if lexed.at(i) == "," and lexed.at(j) in (",", ".", "–", "—"):
        return i > 0 and lexed.words[i - 1][0].isupper() and not _is_month(lexed, i - 1)
    if lexed.at(i) in _TURNS and (not lexed.at(j)[:1].isalpha() or lexed.at(j) in ("and", "but", "when")):
        return lexed.at(i - 1) in _PRONOUNS
    ahead = lexed.lower[j : j + 8]
    return ahead[:1] in (["to"], ["-"], ["–"], ["and"], ["or"]) and any(word in _OLD for word in ahead)


def _is_age_with_unit(lexed: Lexed, amount: Amount) -> bool:
    """Catch `42-year-old`, `18 months old`, `aged 12 years`, `people over 65`, `18 and older`."""
    j = amount.end
    j += lexed.at(j) in HYPHENS
    if lexed.at(j) in _OLD and amount.unit in (None, *DURATIONS):
        return True
    if lexed.at(j) in ("and", "or") and lexed.at(j + 1) in ("older", "younger"):
        return True
    before = lexed.at(amount.start - 1)
    if amount.unit == "year" and before in ("aged", "age", "ages"):
        return True
    limited = amount.comparator in _FIRM and lexed.at(amount.start) in _SIDES and amount.unit in (None, "year")
    return limited and before in _PEOPLE and (amount.value or 0) <= 110


def _is_label(lexed: Lexed, amount: Amount) -> bool:
    """Catch `Article 5`, `Phase Two`, `Boeing 737`, `Group of 20`: names that end in a number."""
    i = amount.core - 1
    if i < 0 or amount.start != amount.core or amount.numeral.scale > 1 or amount.vague is not None:
        return False
    before, word = lexed.lower[i], lexed.words[amount.core]
    if "," in word:
        return False
    if before in _LABELS or (before in _NAMES and lexed.words[i][0].isupper()):
        return before != "no" or lexed.is_digits(amount.core)
    if before == "of" and lexed.at(i - 1) in ("group", "gang") and lexed.words[i - 1][0].isupper():
        return True
    if amount.numeral.plain:
        return _is_name(lexed, i) and not _counts_after_place(lexed, amount)
    capital = word[0].isupper() and not word.isupper() and not lexed.opens_sentence(amount.core)
    return capital and not (lexed.words[i].isupper() and len(before) > 2)  # a dateline run on: `BRUSSELS Eighteen of`


def _counts_after_place(lexed: Lexed, amount: Amount) -> bool:
    """Return whether a country or capital stands before a number of things: `in Kenya 83 people`, `give Kyiv 30 guns`.

    Places, other than ships and aircraft, are not numbered.
    """
    i, after = amount.core - 1, lexed.at(amount.end)
    place = country_of(lexed.words[i]) or country_of(" ".join(lexed.words[max(0, i - 1) : i + 1]))
    return place is not None and (after in _PEOPLE or (after.endswith("s") and after not in _NO_NAMES))


def _is_name(lexed: Lexed, i: int) -> bool:
    """Return whether the word at `i` is a name that a number may follow: a capital within the sentence, no `'s`."""
    word, lower = lexed.words[i], lexed.lower[i]
    if word == lower or lower in _NO_NAMES or lower.endswith(("'s", "’s", "s'", "s’")):
        return False
    return not (lexed.opens_sentence(i) and lower.endswith("ly"))


def _is_hyphened(lexed: Lexed, amount: Amount) -> bool:
    """Catch `two-way`, `15-member`, `5G`: a small number inside a longer word that is no unit."""
    j = amount.end
    if lexed.at(j) in HYPHENS and lexed.glued(j - 1, j + 1) and lexed.at(j + 1)[:1].isalpha():
        return lexed.at(j + 1) not in ("strong", "magnitude", "plus") and (amount.value or 0) < 1000
    return amount.numeral.plain and lexed.touch(j - 1) and lexed.at(j)[:1].isalpha()


def _is_numbering(lexed: Lexed, amount: Amount) -> bool:
    """Catch `4.`, `(2)` and `3-` at the head of a line, and figures in brackets alone."""
    i, j = amount.core - 1, amount.end
    if amount.start != amount.core or j >= len(lexed.words):
        return False
    if lexed.at(i) in ("(", "[") and lexed.at(j) in (")", "]"):
        return True
    free = lexed.touch(j - 1) and not lexed.touch(j)
    return lexed.begins_line(amount.core) and lexed.at(j) in ").-:–•" and free


def _is_contact(lexed: Lexed, amount: Amount) -> bool:
    """Catch telephone numbers and the like: a leading zero, ten digits and more, digits beside digits, `call 911`."""
    word, i, j = lexed.words[amount.core], amount.core - 1, amount.end
    if (word[0] == "0" and len(word) > 3 and word.isdecimal()) or (word.isdecimal() and len(word) > 9):
        return True
    if word in _EMERGENCY and (lexed.at(i).startswith(("call", "dial")) or lexed.at(j).startswith("call")):
        return True
    return amount.comparator == "=" and (lexed.is_digits(i) or lexed.is_digits(j))


def _is_address(lexed: Lexed, amount: Amount) -> bool:
    """Catch `10 Elm Street`: a number before capitals that end in a word for a street."""
    j = amount.end
    while j < min(amount.end + 4, len(lexed.words)) and lexed.words[j][0].isupper():
        j += 1
    return j > amount.end + 1 and lexed.lower[j - 1] in _STREETS


def _is_no_share(lexed: Lexed, amount: Amount) -> bool:
    """Catch `first half`, `half-brother`, `half empty`, `a quarter of 2026`."""
    if not amount.numeral.share or amount.unit != "percent":
        return False
    j = amount.end
    if lexed.at(amount.core - 1) in _ORDINALS or (lexed.at(j) in HYPHENS and lexed.touch(j - 1)):
        return True
    if lexed.at(j) == "of" and lexed.is_digits(j + 1) and lexed.at(j + 1)[:2] in ("19", "20"):
        return True
    alone = amount.end == amount.core + 1 and amount.comparator == "="
    return alone and lexed.at(j)[:1].isalpha() and lexed.at(j) not in _AFTER_SHARE


def _is_joined(lexed: Lexed, amount: Amount) -> bool:
    """Catch `3-1`, `a 6-3 vote`, `2012-13`, `978-3-319`: digits joined by hyphens that do not rise to a range."""
    i, j = amount.core, amount.end - 1
    left, right = _hyphen_digits(lexed, i - 2, i), _hyphen_digits(lexed, j, j + 2)
    if left and (right or (lexed.touch(i - 3) and lexed.words[i - 3][-1].isalnum())):
        return True
    return (left and _is_tally_of_two(lexed, i - 2)) or (right and _is_tally_of_two(lexed, j))


def _hyphen_digits(lexed: Lexed, i: int, j: int) -> bool:
    return lexed.is_digits(i) and lexed.is_digits(j) and lexed.at(i + 1) in HYPHENS and lexed.glued(i, j)


def _is_tally_of_two(lexed: Lexed, i: int) -> bool:
    """Return whether the digits at `i` and those after the hyphen are a score, a vote or years in a row."""
    first, low, high = lexed.words[i], digits_value(lexed.words[i]), digits_value(lexed.words[i + 2])
    years = len(first) == 4 and 1500 <= low < 2100 and (high < 100 or 1500 <= high < 2100)
    return years or low >= high or bool({lexed.at(i - 1), lexed.at(i + 3)} & _GAMES)


def _is_points(lexed: Lexed, amount: Amount) -> bool:
    """Catch `test scores` and `scores a goal`."""
    if amount.vague != "scores":
        return False
    return lexed.at(amount.start - 1) in _TALLIES or lexed.at(amount.end) not in _AFTER_SCORES


_Test = Callable[[Lexed, Amount], bool]
_PLAIN_TESTS: Final[tuple[_Test, ...]] = (_is_year, _is_date, _is_clock, _is_numbering, _is_contact, _is_address)
"""For bare runs of digits without a unit."""
_BARE_TESTS: Final[tuple[_Test, ...]] = (
    _is_clock,
    _is_age,
    _is_label,
    _is_hyphened,
    _is_joined,
    _is_points,
    _is_number_of_parts,
)
"""For numbers without a unit."""
_TESTS: Final[tuple[_Test, ...]] = (_is_age_with_unit, _is_no_share)


def is_only_reference(lexed: Lexed, amount: Amount) -> bool:
    """Return whether a number, once its neighbours are read, only refers: `one of them`, `the two sides`, `one day`."""
    if amount.out_of is not None or amount.low is not None or amount.from_ is not None:
        return False
    if lexed.at(amount.core) == "zero" and amount.unit in DURATIONS:
        return True
    if amount.unit is not None:
        return amount.unit == "day" and lexed.at(amount.core) == "one" and amount.start == amount.core
    return _is_one(lexed, amount) or _is_definite(lexed, amount)


def _is_one(lexed: Lexed, amount: Amount) -> bool:
    """Catch `one` as a pronoun or determiner, unless what it counts is a person or a loss."""
    if lexed.at(amount.core) not in ("one", "zero") or amount.end != amount.core + 1 or amount.comparator in _FIRM:
        return False
    if lexed.at(amount.core - 1) in ("no", "any", "every", "this", "that", "the"):
        return True
    return lexed.at(amount.end) not in _ONE_OF and lexed.at(amount.end + 1) not in _ONE_OF


def _is_definite(lexed: Lexed, amount: Amount) -> bool:
    """Catch small numbers that only take up what is known: `the two sides`, `both countries`, `these three`."""
    small = (amount.value or 0) <= 10 and not lexed.is_digits(amount.core) and amount.vague is None
    return small and lexed.at(amount.start - 1) in _DEFINITE and lexed.at(amount.end + 1) != "dead"
