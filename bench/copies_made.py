"""Pairs of stories, made: copies with an outlet's edits, versions with corrected numbers, and lookalikes.

The base texts are the annotated stories of our own writing (training/claims/*.txt), and templates of the kind that
agencies fill in every month.
"""
# ruff: noqa: E501 - a paragraph of a template runs on

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

STORIES = Path(__file__).parents[1] / "training" / "claims"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z\"“])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[A-Za-z]+")

Label = Literal["copy", "version", "other"]


class Pair(NamedTuple):
    """Two texts, what the second is to the first, and how the pair was made."""

    first: str
    second: str
    label: Label
    made: str


@cache
def base_texts(half: int) -> tuple[str, ...]:
    """Return every second story's text, those of `half` 0 or 1: one half to improve with, the other to measure."""
    found = []
    for path in sorted(STORIES.glob("*.txt")):
        parts = re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]
        found += [part.partition("\n")[2].partition("\n--\n")[0].strip() for part in parts]
    return tuple(found[half::2])


# --- what an outlet does to a wire story -------------------------------------------------------------------------

_PLACES = ("LONDON", "BRUSSELS", "NAIROBI", "WASHINGTON", "DELHI", "GENEVA", "CAIRO", "TOKYO")
_AGENCIES = ("(Reuters)", "(AP)", "(AFP)", "(dpa)")
_FURNITURE = (
    "Sign up to our morning newsletter for the stories that matter, straight to your inbox.",
    "This story was first published by a news agency and has been edited for length and style.",
    "Read more: what we know so far. Share this article with your friends.",
    "Reporting by our staff and agencies; editing by the foreign desk.",
    "Copyright reserved. This material may not be published, broadcast, rewritten or redistributed without permission.",
    "Support independent journalism: subscribe from two pounds a week and cancel at any time.",
)
_SWAPS = (
    ("said", "told reporters"), ("about", "around"), ("percent", "per cent"), ("killed", "left dead"), ("also", "too"),
    ("government", "administration"), ("more than", "over"), ("because", "since"), ("but", "though"), ("big", "large"),
    ("began", "started"), ("people", "persons"), ("near", "close to"), ("last", "past"), ("only", "just"),
    ("defence", "defense"), ("metres", "meters"), ("kilometres", "kilometers"), ("program", "programme"),
    ("many", "a lot of"), ("while", "as"), ("help", "aid"), ("after", "following"), ("were", "have been"),
)  # fmt: skip


def sentences(text: str) -> list[list[str]]:
    """Return the sentences by paragraph."""
    return [_SENTENCE.split(paragraph) for paragraph in text.split("\n\n") if paragraph.strip()]


def joined(paragraphs: list[list[str]]) -> str:
    """Return the text of paragraphs of sentences, those that are empty left out."""
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def cut(text: str, rng: random.Random) -> str:
    """Keep the first 40% to 80% of the sentences."""
    paragraphs = sentences(text)
    left = max(3, round(sum(map(len, paragraphs)) * rng.uniform(0.4, 0.8)))
    kept = []
    for paragraph in paragraphs:
        kept.append(paragraph[:left])
        left = max(0, left - len(paragraph))
    return joined(kept)


def drop_sentences(text: str, rng: random.Random) -> str:
    """Leave out one to three sentences."""
    paragraphs = sentences(text)
    for _ in range(rng.randint(1, 3)):
        paragraph = rng.choice(paragraphs)
        if sum(map(len, paragraphs)) > 4 and paragraph:
            paragraph.pop(rng.randrange(len(paragraph)))
    return joined(paragraphs)


def replace_words(text: str, rng: random.Random) -> str:
    """Swap an editor's words for others, and 2% to 8% of all words for words from elsewhere."""
    for old, new in rng.sample(_SWAPS, len(_SWAPS) // 2):
        text = re.sub(rf"\b{old}\b", new, text)
    share, pool = rng.uniform(0.02, 0.08), _WORD.findall(rng.choice(base_texts(0)))
    return _WORD.sub(lambda found: rng.choice(pool) if rng.random() < share else found.group(), text)


def dateline(text: str, rng: random.Random) -> str:
    """Put another place and agency before the first sentence."""
    bare = re.sub(r"^[A-Z][A-Z ,]+(?:\([A-Za-z]+\) )?[-–—] ", "", text)
    return f"{rng.choice(_PLACES)} {rng.choice(_AGENCIES)} - {bare}"


def own_headline(text: str, rng: random.Random) -> str:
    """Leave a headline of the outlet's own in the body."""
    words = _WORD.findall(rng.choice(base_texts(0)))
    start = rng.randrange(max(1, len(words) - 9))
    return " ".join(words[start : start + 9]) + "\n\n" + text


def own_paragraph(text: str, rng: random.Random) -> str:
    """Put a paragraph of the outlet's own somewhere."""
    paragraphs = text.split("\n\n")
    own = rng.choice(rng.choice(base_texts(0)).split("\n\n"))
    paragraphs.insert(rng.randint(1, len(paragraphs)), own)
    return "\n\n".join(paragraphs)


def furniture(text: str, rng: random.Random) -> str:
    """Put what an outlet puts around all its stories before and behind it."""
    first, second = rng.sample(_FURNITURE, 2)
    return f"{first}\n\n{text}\n\n{second}" if rng.random() < 0.4 else f"{text}\n\n{second}"


def correct_numbers(text: str, rng: random.Random) -> str:
    """Change one or two of the numbers, where at least six stand."""
    found = list(_NUMBER.finditer(text))
    if len(found) < 6:
        return text
    for match in sorted(rng.sample(found, rng.randint(1, 2)), key=lambda one: -one.start()):
        text = text[: match.start()] + _other_number(match.group(), rng) + text[match.end() :]
    return text


def _other_number(number: str, rng: random.Random) -> str:
    digits = list(number)
    places = [i for i, character in enumerate(digits) if character.isdigit()]
    place = rng.choice(places)
    digits[place] = str((int(digits[place]) + rng.randint(1, 8)) % 9 + 1)
    return "".join(digits)


EDITS: tuple[Callable[[str, random.Random], str], ...] = (
    cut, drop_sentences, replace_words, dateline, own_headline, own_paragraph, furniture,
)  # fmt: skip


def edited(text: str, rng: random.Random) -> str:
    """Return the story as an outlet prints it: one to four edits."""
    edits = rng.sample(EDITS, rng.randint(1, 4))
    for edit in sorted(edits, key=EDITS.index):
        text = edit(text, rng)
    return text


# --- stories that only look alike --------------------------------------------------------------------------------

_TEMPLATES = (
    "Consumer prices in {country} rose {a}% in {month} from a year earlier, after a rise of {b}% the month before, the "
    "statistics office said on {day}. Economists had expected a reading of {c}%. Food prices were up {d}%, while the cost of "
    "energy changed by {e}% compared with the same month of last year. Core inflation, which leaves out food and energy, stood "
    "at {f}%. The central bank, which has a target of 2%, will decide on interest rates on {month2} {n}. Its benchmark rate "
    "stands at {g}%. Month on month, prices rose {h}%, the office said. Analysts said the data left the door open for the bank "
    "to move at its next meeting.",
    "The unemployment rate in {country} stood at {a}% in {month}, compared with {b}% in the previous month, official figures "
    "showed on {day}. The number of people out of work was {n} thousand, seasonally adjusted. Among those aged under 25 the "
    "rate was {c}%. Employers took on {m} thousand people, most of them in trade, hotels and restaurants, while industry shed "
    "{k} thousand posts. Wages were {d}% higher than a year before. The labour ministry said that the market remained robust "
    "despite headwinds, and that it expected the average rate for the year to be {e}%.",
    "Shares in {city} closed on {day} with the main index at {n}{m}.{k} points, a change of {a}% on the day. Banks and miners "
    "moved most, with the sector indexes {b}% and {c}% away from the previous close. Brent crude was at {n}.{k} dollars a "
    "barrel, and gold at 2,{m} dollars an ounce. The currency traded at {d} to the dollar. Volume was {e} billion shares, "
    "against a daily average of {f} billion over the past month. Traders said that investors were waiting for data on "
    "inflation and for the minutes of the central bank's last meeting before taking new positions.",
    "Rain will spread over {country} on {day} with gusts of up to {n} km/h along the coast, the weather service said. Highs will "
    "reach {k} degrees in {city} and {a} degrees in the hills, with lows of {b} degrees overnight. Between {m} and {n}0 mm "
    "of rain are expected within {k} hours. Drivers should allow more time for their journeys, the service said, and flooding "
    "of homes and businesses is possible in low-lying places. Conditions will ease from {day2}, with sunny spells and "
    "scattered showers. A yellow warning is in force until {k} o'clock.",
    "A magnitude {a} earthquake shook {city} in {country} on {day}, the geological survey said. It struck {n} km from the town "
    "at a depth of {m} km, at {k}:{m} local time. There were no immediate reports of damage or of people hurt. No tsunami "
    "warning was issued. Residents ran into the streets as buildings swayed for several seconds, a witness said. {country} "
    "lies in a region of high seismic activity and is struck by thousands of tremors each year, most of them too weak to be "
    "felt. Aftershocks are possible in the coming days, the survey said.",
    "The air force of {country} said on {day} that it had shot down {n} of {m} drones launched overnight. Another {k} were lost "
    "from radar, it said. Debris fell on {city}, where {b0} people were injured, the regional governor said, and set fire to a "
    "warehouse. The attacks came from the south and the east. Air alerts lasted for {c0} hours. There was no way to verify the "
    "reports independently. The other side's ministry of defence said that it had hit military targets, and that its own "
    "defences had destroyed {d0} drones over five regions.",
)
_COUNTRIES = ("France", "Spain", "Turkey", "Brazil", "Poland", "Japan", "Ukraine", "Kenya")
_CITIES = ("Madrid", "Istanbul", "Warsaw", "Nairobi", "Osaka", "Recife", "Kharkiv", "Lyon")


def filled(template: str, rng: random.Random, country: str, city: str) -> str:
    """Return one edition of a template."""
    rates = {key: f"{rng.uniform(0.1, 9):.1f}" for key in "abcdefgh"}
    counts = {"n": rng.randint(11, 97), "m": rng.randint(100, 980), "k": rng.randint(2, 28)}
    some = {f"{key}0": rng.randint(2, 40) for key in "bcd"}
    month, month2, day, day2 = *rng.sample(MONTHS, 2), *rng.sample(DAYS, 2)
    words = {"month": month, "month2": month2, "day": day, "day2": day2, "country": country, "city": city}
    return template.format(**rates, **counts, **some, **words)


def same_template(_: str, rng: random.Random) -> tuple[str, str]:
    """Return two editions of one template, two times in three of the same country."""
    template = rng.choice(_TEMPLATES)
    country, city = rng.choice(_COUNTRIES), rng.choice(_CITIES)
    other = (country, city) if rng.random() < 0.67 else (rng.choice(_COUNTRIES), rng.choice(_CITIES))
    return filled(template, rng, country, city), filled(template, rng, *other)


def other_numbers(text: str, rng: random.Random) -> tuple[str, str]:
    """Return a story and one in the same words with other numbers, months and days throughout, if it has ten of them."""
    if len(_NUMBER.findall(text)) < 8:
        return same_template(text, rng)
    other = _NUMBER.sub(lambda found: _other_number(found.group(), rng), text)
    other = re.sub(rf"\b(?:{'|'.join(MONTHS)})\b", lambda _: rng.choice(MONTHS), other)
    return text, re.sub(rf"\b(?:{'|'.join(DAYS)})\b", lambda _: rng.choice(DAYS), other)


def follow_up(text: str, rng: random.Random) -> tuple[str, str]:
    """Return a story and another one, maybe short, that quotes a paragraph or two of it as background."""
    other = rng.choice(base_texts(0))
    while other == text:
        other = rng.choice(base_texts(0))
    paragraphs, own = text.split("\n\n"), other.split("\n\n")
    own = own[: rng.randint(max(2, len(own) // 2), len(own))]
    start = rng.randrange(len(paragraphs))
    return text, "\n\n".join(own + paragraphs[start : start + rng.choice((1, 1, 2))])


def same_subject(text: str, rng: random.Random) -> tuple[str, str]:
    """Return a story and the one that shares most words with it among a hundred others, with the same furniture."""
    words = set(_WORD.findall(text.casefold()))
    others = [one for one in rng.sample(base_texts(0) + base_texts(1), 100) if one != text]
    nearest = max(others, key=lambda one: len(words & set(_WORD.findall(one.casefold()))) / len(one))
    line = rng.choice(_FURNITURE)
    return f"{text}\n\n{line}", f"{nearest}\n\n{line}"


LOOKALIKES = (same_template, other_numbers, follow_up, same_subject)


def pairs(count: int, *, half: int, seed: int) -> list[Pair]:
    """Return so many pairs: half of them copies or versions, half stories that only look alike, edited like copies."""
    rng, texts, found = random.Random(seed), base_texts(half), []
    for number in range(count):
        text = rng.choice(texts)
        if number % 2:
            make = LOOKALIKES[number // 2 % len(LOOKALIKES)]
            first, second = make(text, rng)
            light = rng.random() < 0.5
            found.append(Pair(first, dateline(second, rng) if light else second, "other", make.__name__))
        elif number % 8 == 0:
            corrected = correct_numbers(text, rng)
            label: Label = "version" if corrected != text else "copy"
            found.append(Pair(text, edited(corrected, rng), label, label))
        else:
            # the wire story beside an outlet's print of it, or two outlets' prints
            first = edited(text, rng) if rng.random() < 0.5 else text
            found.append(Pair(first, edited(text, rng), "copy", "copy"))
    return found
