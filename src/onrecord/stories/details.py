"""A story's details: headline, dateline, agency, byline, times and photos, from the blocks around its body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Capture, Markup, Photo
from onrecord.stories.captions import find_photos, looks_like_caption, split_credit
from onrecord.stories.declared import declared_agency, declared_byline, declared_headline, declared_time
from onrecord.stories.marks import (
    Dateline,
    is_byline,
    is_furniture,
    length,
    looks_like_headline,
    read_agency,
    read_byline,
    read_dateline,
    read_lone_name,
    read_sign_off,
)
from onrecord.stories.stamps import Stamp, caption_date, find_moments, read_stamp
from onrecord.stories.words import NOT_NAMES

_HEADER = 60
"""Blocks before a body that are looked at, besides a page's first few."""
_OPENING = 12
_BESIDE = 8
"""Blocks after a headline and before a body in which the author stands."""
_FOOTER = 8
_LEAST = 0.8
"""Least score of a block that is taken for the headline."""


_BREAK = 3
"""Blocks that are no captions after which a gallery under a body has ended."""
_FAR = 12
"""Blocks before a body beyond which a date is rather the page's own than the story's."""
_OPEN_BODY = 4
"""Body blocks among which a standfirst may have put the byline and the time stamp."""
_MARGIN = 1.6
"""How much less than its standfirst's a headline's score may be."""


class Details(Struct, frozen=True, kw_only=True):
    """What a capture shows of one story besides its body; None for what it does not show.

    `first` and `last` are the indices of the first and last block of the story, furniture left out.
    """

    first: int
    last: int
    headline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    photos: tuple[Photo, ...] = ()


class _Reader:
    """A capture's blocks as texts, read once each."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.day_first = None if capture.language in ("en", "und") else True
        self._texts: dict[int, str] = {}
        self._stamps: dict[int, Stamp | None] = {}
        self._kinds: dict[int, str] = {}

    def text(self, i: int) -> str:
        """Return the first two thousand characters of the i-th block."""
        if i not in self._texts:
            span = self.capture.blocks[i].span
            self._texts[i] = self.capture.text[span.start : min(span.end, span.start + 2000)].strip()
        return self._texts[i]

    def has(self, i: int) -> bool:
        """Return whether the capture has an i-th block."""
        return 0 <= i < len(self.capture.blocks)

    def stamp(self, i: int) -> Stamp | None:
        if i not in self._stamps:
            stamp = read_stamp(self.text(i), language=self.capture.language, day_first=self.day_first)
            written = declared_time(self.capture.blocks[i].moment)
            if written and (stamp is None or (stamp.published and stamp.updated is None)):
                stamp = Stamp(written)
            self._stamps[i] = stamp
        return self._stamps[i]

    def kind(self, i: int) -> str:
        """Return what the i-th block is by its words: stamp, byline, agency, furniture, caption, or empty."""
        if i not in self._kinds:
            text = self.text(i)
            if self.stamp(i):
                kind = "stamp"
            elif is_byline(text):
                kind = "byline"
            elif read_agency(text):
                kind = "agency"
            elif looks_like_caption(text):
                kind = "caption"
            else:
                kind = "furniture" if is_furniture(text) else ""
            self._kinds[i] = kind
        return self._kinds[i]


def read_details(capture: Capture, bodies: Sequence[Sequence[int]]) -> tuple[Details, ...]:
    """Return the details of each story of `capture`; `bodies` holds each story's body block indices, in order.

    What stands between two stories goes to the second from its headline (or its time stamp) on, the rest to the first.
    """
    reader = _Reader(capture)
    heads: list[tuple[int, int | None]] = []
    for k, body in enumerate(bodies):
        low = bodies[k - 1][-1] + 1 if k else 0
        heads.append(_find_head(reader, low, body))
    out = []
    for k, body in enumerate(bodies):
        stop = heads[k + 1][0] if k + 1 < len(bodies) else len(capture.blocks)
        out.append(_details(reader, heads[k][0], heads[k][1], body, max(stop, body[-1] + 1)))
    if capture.markup and out:
        main = max(range(len(bodies)), key=lambda k: (sum(len(reader.text(i)) for i in bodies[k]), -k))
        out[main] = _with_declared(reader, out[main], capture.markup, bodies[main][0])
    return tuple(out)


def _with_declared(reader: _Reader, details: Details, markup: Markup, first: int) -> Details:
    """Return the main story's details with what the markup declares: its times, its headline, authors not shown."""
    zone = range(max(0, first - _HEADER), first)
    headline = declared_headline(markup, ((reader.capture.blocks[i], reader.text(i)) for i in zone))
    published, updated = declared_time(markup.published), declared_time(markup.modified)
    return replace(
        details,
        headline=headline or details.headline,
        byline=details.byline or declared_byline(markup),
        agency=details.agency or declared_agency(markup),
        published=published or details.published,
        updated=(updated if updated != published else None) if published else details.updated,
    )


def _find_head(reader: _Reader, low: int, body: Sequence[int]) -> tuple[int, int | None]:
    """Return the index of a story's first block and that of its headline, None where it has none."""
    headline = find_headline(reader, low, body)
    if low == 0:
        return 0, headline
    start = body[0] if headline is None else headline
    # a stamp or a byline may stand above the headline
    near = [i for i in range(max(low, start - 3), start) if reader.kind(i) in ("stamp", "byline")]
    return (near[0] if near else start), headline


_LETTERS = re.compile(r"[\w\u0900-\u0dff]+")
"""Runs of letters; in the scripts of India with the vowel signs, which Python does not count among them."""


def _content_words(text: str) -> set[str]:
    """Return the longer words of `text`, cut to six letters so that inflections agree; letter pairs in wide scripts."""
    words = {word[:6] for word in _LETTERS.findall(text.casefold()) if len(word) > 3}
    for run in re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]+", text):
        words |= {run[j : j + 2] for j in range(len(run) - 1)}
    return words


def find_headline(reader: _Reader, low: int, body: Sequence[int]) -> int | None:
    """Return the index of the headline's block among those before `body`, from `low` on; None where none fits."""
    first = body[0]
    zone = [i for i in range(low, first) if i >= first - _HEADER or i < low + _OPENING]
    subject = set().union(*(_content_words(reader.text(i)) for i in body[:8])) if zone else set()
    standing = Counter(_key(reader.text(i)) for i in zone)
    scores = {i: _headline_score(reader, i, zone, standing, subject) for i in zone}
    best = max(zone, key=lambda i: (scores[i], -i), default=None)
    if best is None or scores[best] < _LEAST:
        return None
    # a standfirst has as much of the subject as the headline right above it; a kicker above that is shorter
    above = best - 1
    while above in scores and scores[above] > max(_LEAST, scores[best] - _MARGIN):
        if length(reader.text(above)) < max(25.0, 0.4 * length(reader.text(best))):
            break
        best, above = above, above - 1
    # a breadcrumb trail or a kicker may be run together with the headline
    text = reader.text(best)
    inner = [
        i for i in zone if scores[i] > _LEAST and text.endswith(reader.text(i)) and len(reader.text(i)) < len(text)
    ]
    return inner[0] if inner else best


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:300].casefold()))


def _headline_score(reader: _Reader, i: int, zone: Sequence[int], standing: Counter[str], subject: set[str]) -> float:
    """Return how well the i-th block serves as headline of a body about `subject`; 0 or less where it cannot."""
    text = reader.text(i)
    bare = text[:-1] if text.endswith(".") and len(text.split()) <= 14 else text
    if reader.kind(i) or not looks_like_headline(bare):
        return 0.0
    words = _content_words(text)
    told = len(words & subject)
    near = any(
        reader.kind(j) in ("stamp", "byline") for j in range(i - 1, min(i + 4, zone[-1] + 1)) if j in zone and j != i
    )
    if not (told or near):
        return 0.0
    count = len(text.split())
    brief = count < 4 and length(text) < 30
    # two is added to the words' number, since one word or two are told of by chance
    score = 3.0 * told / (len(words) + 2) + 0.25 * min(told, 4)
    score += 0.0 if brief else min(2, standing[_key(text)] - 1)
    score += -0.5 if brief else 0.5 if 5 <= count <= 22 or length(text) > 30 else 0.0
    score -= 0.7 if bare != text else 0.0
    score -= 1.0 if text.isupper() and count < 5 else 0.0
    score += 1.5 if reader.capture.blocks[i].tag == "h1" else 0.0
    score += 0.7 if near else 0.0
    score += 0.5 if i == zone[0] == 0 else 0.0
    return score - 0.01 * (zone[-1] - i)


def _details(reader: _Reader, first: int, headline: int | None, body: Sequence[int], stop: int) -> Details:
    header = [i for i in range(first, body[0]) if i != headline][-_HEADER:]
    footer = range(body[-1] + 1, min(stop, body[-1] + 1 + _FOOTER))
    title = reader.text(headline).lstrip(" :|–-") if headline is not None else None
    photos = find_photos(
        reader.capture,
        _pictured(reader, first if headline is None else max(first, headline - 4), body, stop),
        headline=title,
    )
    dateline = _read_dateline(reader, header, body)
    opening = [i for i in range(body[0] + 1, body[min(len(body), _OPEN_BODY) - 1]) if i not in body[:_OPEN_BODY]][
        :_BESIDE
    ]
    stamp = _read_stamp(reader, header, opening, footer)
    under = header if headline is None else [i for i in header if i > headline]
    over = [] if headline is None else [i for i in header if headline - 3 < i < headline and reader.kind(i) == "byline"]
    beside = sorted({*over, *under[:_BESIDE], *under[-_BESIDE:], *opening})
    byline, agency = _authors(reader, beside, body, footer)
    return Details(
        first=first if headline is None else min(first, headline),
        last=body[-1],
        headline=title,
        dateline=dateline.place if dateline else None,
        agency=(dateline.agency if dateline else None) or agency,
        byline=byline,
        published=_published(reader, stamp, dateline, photos),
        updated=stamp.updated if stamp else None,
        photos=photos,
    )


def _pictured(reader: _Reader, start: int, body: Sequence[int], stop: int) -> list[int]:
    """Return the blocks that may hold captions: from `start` through the body, and after it while captions go on."""
    inside = set(body)
    blocks = [i for i in range(start, body[-1]) if i not in inside]
    last = body[-1]
    for i in range(last + 1, stop):
        if reader.kind(i) == "caption" and split_credit(reader.text(i))[0]:
            last = i
        if i - last > _BREAK:
            break
    blocks += range(body[-1] + 1, last + 1)
    kinds = {i: reader.kind(i) for i in blocks}
    return [i for i in blocks if kinds[i] in ("caption", "") or (i > body[0] and kinds[i] == "byline")]


def _read_dateline(reader: _Reader, header: Sequence[int], body: Sequence[int]) -> Dateline | None:
    """Return the dateline that the body opens with, or one right before it or after its standfirst."""
    opening = reader.text(body[0])
    dateline = read_dateline(opening)
    if dateline:
        return dateline
    above = header[-1] if len(header) > 1 and reader.kind(header[-2]) in ("stamp", "byline") else body[0]
    for i in (body[0], above):
        line = reader.text(i)
        if (
            line.isupper()
            and 3 < len(line) < 30
            and len(line.split()) <= 3
            and not set(line.lower().split()) & NOT_NAMES
        ):
            return Dateline(line, None, None, len(line), firm=False)
    beside = (read_dateline(reader.text(i)) for i in [*header[:-3:-1], body[0] + 1, *body[1:3]] if reader.has(i))
    return next((line for line in beside if line and line.firm and (line.agency or line.date)), None)


def _read_stamp(reader: _Reader, header: Sequence[int], opening: Sequence[int], footer: Sequence[int]) -> Stamp | None:
    """Return the time stamp nearest before the body, else the first one right under its standfirst, else after it."""
    for zone in (header[:-_FAR:-1], opening, header[::-1], footer):
        found = [stamp for i in zone if (stamp := reader.stamp(i))]
        if found:
            published = next((stamp.published for stamp in found if stamp.published), None)
            return Stamp(published, next((stamp.updated for stamp in found if stamp.updated), None))
    return None


def _published(reader: _Reader, stamp: Stamp | None, dateline: Dateline | None, photos: Sequence[Photo]) -> str | None:
    """Return when the story was published by its stamp, else its dateline, else its captions (ISO 8601), or None."""
    if stamp:
        return stamp.published or stamp.updated
    if dateline and dateline.date:
        moments = find_moments(dateline.date, language=reader.capture.language)
        if moments:
            return moments[0].iso
    days = [day for photo in photos if (day := caption_date(photo.caption, language=reader.capture.language))]
    return max(days).isoformat() if days else None


def _authors(
    reader: _Reader, beside: Sequence[int], body: Sequence[int], footer: Sequence[int]
) -> tuple[str | None, str | None]:
    """Return a story's byline and, where a line beside it names one, its agency."""
    above = [i for i in reversed(beside) if i < body[0] and reader.kind(i) != "caption"]
    below = [i for i in beside if i > body[0] and not looks_like_caption(reader.text(i))]
    lines = [*above, *below]
    byline = next((name for i in lines if (name := read_byline(reader.text(i)))), None)
    byline = byline or _lone_authors(reader, lines, set(body)) or read_sign_off(reader.text(body[-1]))
    byline = byline or next((name for i in footer[:3] if (name := read_byline(reader.text(i)))), None)
    return byline, next((agency for i in [*lines, *footer[:3]] if (agency := _line_agency(reader.text(i)))), None)


def _lone_authors(reader: _Reader, lines: Sequence[int], body: set[int]) -> str | None:
    """Return the names that stand by themselves in or beside a time stamp or beside the body, joined by commas."""
    for i in lines:
        text = reader.text(i)
        if reader.kind(i) == "stamp":
            moments = find_moments(text, language=reader.capture.language)
            name = (
                read_lone_name(text[moments[-1].end :]) or read_lone_name(text[: moments[0].start]) if moments else None
            )
            if name:
                return name
        elif _is_author(reader, read_lone_name(text), body) and any(
            j in body or (j in lines and (reader.kind(j) == "stamp" or _LEAD_IN.fullmatch(reader.text(j))))
            for j in (i - 2, i - 1, i + 1, i + 2)
        ):
            names = [read_lone_name(reader.text(j)) for j in range(i - 4, i + 3) if j in lines]
            return ", ".join(dict.fromkeys(name for name in names if name and _is_author(reader, name, body)))
    return None


def _is_author(reader: _Reader, name: str | None, body: set[int]) -> bool:
    """Return whether `name` could be the author's: a place or a topic in a name's form is what the body is about."""
    return name is not None and not any(name in reader.text(i) for i in sorted(body)[:12])


_LEAD_IN = re.compile(r"(?:by|von|par|por|di|door|av|af|author|autor|written by|words by):?", re.IGNORECASE)
_PIECES = re.compile(
    r"\s*[|·•,;–—()]\s*|\s-\s|\b(?:by|from|von|source|quelle|credit|agency|inputs?|with|mit|avec|con|und|et|and|y)\b:?\s*",
    re.IGNORECASE,
)
_STAFF = re.compile(r"\s(?:staff|writers?|reporters?|correspondents?)$", re.IGNORECASE)


def _line_agency(text: str) -> str | None:
    """Return the agency that a line beside a story names as source (`By Reuters Staff`, `With inputs from ANI`)."""
    if len(text) > 160:
        return None
    for piece in filter(None, _PIECES.split(text)):
        agency = read_agency(piece) or (read_agency(piece.split()[0]) if _STAFF.search(piece) else None)
        if agency:
            return agency
    words = text.split()
    tails = (" ".join(words[-k:]) for k in (3, 2, 1) if len(words) > k + 1)
    return next((agency for tail in tails if (agency := read_agency(tail))), None) if is_byline(text) else None
