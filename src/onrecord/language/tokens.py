"""Words: text cut as the English treebanks of Universal Dependencies cut it, in one pass, every character kept.

Hyphenated words come apart (`five - year`) except after a prefix (`re-elected`), numbers leave their units and symbols
(`€ 1.4 bn`, `2.5 %`), clitics leave their words (`U.K. 's`, `do n't`), abbreviations keep their full stop.
"""

from __future__ import annotations

import re

_LETTER = r"[^\W\d]"
_INSIDE = "[\\w\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]"
_WORD = rf"{_LETTER}{_INSIDE}*"

_ABBREVIATIONS = """A.D Adm al Assn Ave Bldg Blvd Brig Bros Capt Cmdr Co Col Corp Cpl Ct D.Phil Dept Dr e.g Esq est
etc Ft Gen Gov Hon Hwy i.e Inc Jr Lt Ltd Maj Messrs Mlle Mme Mr Mrs Ms Mt p.m Ph.D PhD Plc Pvt Prof Rd Rep Reps Rev Rs
Sen Sens Sgt Sr St Ste Supt vs"""
"""Words that keep their full stop wherever they stand."""
_BEFORE_NUMBER = """Apr Art Aug Dec Feb fig Fig Fri Jan Jul Jun Mar Mon no No Nos nos Nov Oct p pp Sat Sec Sept Sep Sun
Thu Thurs Tue Tues vol Vol Wed"""
"""Words that keep it before a number, a comma or a small letter only, being words of their own as well."""
_PREFIXES = """anti co counter cross e ex extra hyper infra inter intra macro mega meta micro mid mini mono multi neo
non over pan para poly post pre pro proto pseudo quasi re semi socio sub super trans tri ultra under uni"""
_UNITS = """am AM pm PM a.m p.m k K m M mm MM mn mln bn b B tn trn t bln cm km kg kgs kph kmh mph lb lbs oz ft in yd
mi g mg l L ml ha hrs hr h min mins s sec secs W kW MW GW TW Wh kWh MWh GWh TWh Mt Gt GB MB TB KB Hz kHz MHz GHz V x p c
C F th yr yrs million billion trillion crore lakh euro euros per"""
"""What may stand right behind a number and is a word of its own; `5th` and `1990s` are not cut."""
_CURRENCY_LETTERS = "Rs RM Rp USD EUR GBP JPY CNY RMB CHF AUD CAD NZD INR"


def _any_of(words: str) -> str:
    return "|".join(map(re.escape, sorted(words.split(), key=lambda word: (-len(word), word))))


_TOKEN = re.compile(
    rf"""
      {_LETTER}++(?=[\s,])                                            # most words: no form below is one, or ends so
    | \s+
    | (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]]           # addresses
    | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+
    | [@\#]{_LETTER}\w*
    | (?:[A-Z]{{1,3}})\$(?=\s?\d)                                     # US$, A$
    | (?:{_any_of(_CURRENCY_LETTERS)})(?=\d)
    | (?:{_any_of(_PREFIXES)})-{_WORD}(?:['’]{_WORD})?(?!\.\w)          # re-elected
    | (?<!\w)(?:{_any_of(_ABBREVIATIONS)})\.(?!\w)
    | (?<!\w)(?:{_any_of(_BEFORE_NUMBER)})\.(?=\s?\d|,|\s[a-z])
    | (?:(?<!\w){_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?                # U.S., a.m
    | (?<!\w)[A-HJ-Z]\.(?=\s?[A-Z])                                   # J. Smith
    | \d+(?:[-.]\d+){{2,6}}(?!\w)                                     # 2027-05-25, 713-555-0136
    | \d++(?:[.,:/]\d++){{0,9}}+(?:st|nd|rd|th|s)(?!\w)                        # 5th, 1990s
    | \d++(?:[.,:/]\d++){{0,9}}+(?=(?:{_any_of(_UNITS)})(?![\w]))              # 1.4|bn
    | \d++(?:[.,:/]\d++){{0,9}}+(?!\w)
    | \d++(?:[.,:/]\d++){{1,9}}+                                          # 11,000|sq
    | \d{_INSIDE}*                                                    # 4A, 3D
    | ‘\d\ds(?!\w) | ['’‘]n['’](?!\w)                                   # rock 'n' roll
    | ['’](?:\d\ds|[sSmMdD]|re|RE|ve|VE|ll|LL|em)(?!\w)               # 's, '60s
    | [A-Z]{{1,4}}(?:&[A-Z]{{1,4}}){{1,3}}(?!\w)                            # R&D
    | {_WORD}(?:['’]{_WORD})*
    | \.{{2,}} | -{{2,}} | [!?]{{2,}} | ''|``|’’|‘‘
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|m|d|re|ve|ll))$", re.IGNORECASE)
_MOST_CLITICS = 2
_CONTRACTED = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3}
"""Two words written as one, and where the second starts."""


def words_of(text: str) -> tuple[list[str], list[bool]]:
    """Return the words of `text` and whether one space follows each; put together they are the text again.

    White space beyond that one space is a word of its own.
    """
    words: list[str] = []
    spaces: list[bool] = []
    for match in _TOKEN.finditer(text):
        piece = match.group()
        if not piece.isspace():
            parts = _parts(piece)
            words += parts
            spaces += [False] * len(parts)
            continue
        if words and piece[0] == " ":
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            ends_in_space = len(piece) > 1 and piece[-1] == " "
            words.append(piece[:-1] if ends_in_space else piece)
            spaces.append(ends_in_space)
    return words, spaces


def _parts(word: str) -> list[str]:
    """Return a word without its clitics, then these (`should`, `n't`, `'ve`)."""
    cut = _CONTRACTED.get(word.lower())
    if cut:
        return [word[:cut], word[cut:]]
    if "'" not in word and "’" not in word:
        return [word]
    clitics: list[str] = []
    while len(clitics) < _MOST_CLITICS and (clitic := _CLITIC.search(word)) and clitic.start():
        clitics.insert(0, word[clitic.start() :])
        word = word[: clitic.start()]
    return [word, *clitics]
