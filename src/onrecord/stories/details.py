"""A story's details: headline, dateline, agency, byline, times and photos, from the blocks around its body."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Capture, Markup, Photo
from onrecord.stories.authors import read_authors
from onrecord.stories.captions import find_photos, split_credit
from onrecord.stories.declared import declared_agency, declared_byline, declared_headline, declared_time
from onrecord.stories.headlines import HEADER, find_headline
from onrecord.stories.marks import Dateline, read_dateline
from onrecord.stories.reader import BlockReader
from onrecord.stories.stamps import Stamp, caption_date, find_moments
from onrecord.stories.words import NOT_NAMES

_BESIDE = 8
"""Blocks after a headline and before a body in which the author stands."""
_FOOTER = 8
"""Blocks after a body in which its time stamp, its author or its agency may stand."""
_ABOVE = 3
"""Blocks above a headline in which the time stamp or the author may stand."""
_BREAK = 3
"""Blocks that are no captions after which a gallery above a headline or under a body has ended."""
_FAR = 12
"""Blocks before a body beyond which a date is rather the page's own than the story's."""
_OPEN_BODY = 4
"""Body blocks among which a standfirst may have put the byline and the time stamp."""
_PLACE_LENGTH, _PLACE_WORDS = 30, 3
"""What a place by itself stays below in characters, and has at most in words."""


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


class _Around(Struct, frozen=True):
    """Where to look around one story: block indices, ascending."""

    low: int
    """First block that may be the story's."""
    stop: int
    """Block after its last one."""
    headline: int | None
    body: Sequence[int]

    @property
    def header(self) -> list[int]:
        """The blocks before the body, without the headline."""
        return [i for i in range(self.low, self.body[0]) if i != self.headline][-HEADER:]

    @property
    def opening(self) -> list[int]:
        """The blocks among the body's first ones that are no body."""
        head = self.body[:_OPEN_BODY]
        return [i for i in range(head[0] + 1, head[-1]) if i not in head][:_BESIDE]

    @property
    def footer(self) -> range:
        """The blocks right after the body."""
        return range(self.body[-1] + 1, min(self.stop, self.body[-1] + 1 + _FOOTER))


def read_details(capture: Capture, bodies: Sequence[Sequence[int]]) -> tuple[Details, ...]:
    """Return the details of each story of `capture`; `bodies` holds each story's body block indices, in order.

    What stands between two stories goes to the second from its headline (or its time stamp) on, the rest to the first.
    What the page's markup declares is of its longest story.
    """
    reader = BlockReader(capture)
    lows = [0, *(body[-1] + 1 for body in bodies[:-1])]
    headlines = [find_headline(reader, low, body) for low, body in zip(lows, bodies, strict=True)]
    starts = [_start(reader, *story) for story in zip(lows, headlines, bodies, strict=True)]
    stops = [*starts[1:], len(capture.blocks)]
    out = []
    for k, body in enumerate(bodies):
        around = _Around(0 if k == 0 else starts[k], stops[k], headlines[k], body)
        out.append(_details(reader, around, starts[k]))
    if capture.markup and out:
        main = max(range(len(bodies)), key=lambda k: (sum(len(reader.text(i)) for i in bodies[k]), -k))
        out[main] = _with_declared(reader, out[main], capture.markup, bodies[main][0])
    return tuple(out)


def _with_declared(reader: BlockReader, details: Details, markup: Markup, first: int) -> Details:
    """Return the main story's details with what the markup declares: its times, its headline, authors not shown."""
    zone = range(max(0, first - HEADER), first)
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


def _start(reader: BlockReader, low: int, headline: int | None, body: Sequence[int]) -> int:
    """Return a story's first block: its headline, or the stamp or byline right above that or above its body."""
    start = body[0] if headline is None else headline
    near = (i for i in range(max(low, start - _ABOVE), start) if reader.kind(i) in ("stamp", "byline"))
    return next(near, start)


def _details(reader: BlockReader, around: _Around, start: int) -> Details:
    header, headline, body = around.header, around.headline, around.body
    title = None if headline is None else reader.text(headline).lstrip(" :|–-")
    photos = find_photos(reader.capture, _pictured(reader, around), headline=title)
    dateline = _read_dateline(reader, header, body)
    stamp = _read_stamp(reader, around)
    byline, agency = read_authors(reader, _beside(reader, around), body, around.footer)
    return Details(
        first=start,
        last=body[-1],
        headline=title,
        dateline=dateline.place if dateline else None,
        agency=(dateline.agency if dateline else None) or agency,
        byline=byline,
        published=_published(reader, stamp, dateline, photos),
        updated=stamp.updated if stamp else None,
        photos=photos,
    )


def _beside(reader: BlockReader, around: _Around) -> list[int]:
    """Return the blocks in which the author stands: under the headline, around the body's opening, or right above."""
    title = around.headline
    if title is None:
        return sorted({*around.header[-_BESIDE:], *around.opening})
    under = [i for i in around.header if i > title]
    over = [i for i in around.header if title - _ABOVE < i < title and reader.kind(i) == "byline"]
    return sorted({*over, *under[:_BESIDE], *under[-_BESIDE:], *around.opening})


def _pictured(reader: BlockReader, around: _Around) -> list[int]:
    """Return the blocks that may hold captions: from the headline through the body, and beyond while captions go on."""
    body, inside = around.body, set(around.body)
    top = around.low if around.headline is None else around.headline
    above = _captions_on(reader, range(top - 1, around.low - 1, -1))
    below = _captions_on(reader, range(body[-1] + 1, around.stop))
    blocks = [*above, *(i for i in range(top, body[-1]) if i not in inside and i != around.headline), *below]
    kinds = {i: reader.kind(i) for i in blocks}
    return sorted(i for i in blocks if kinds[i] in ("caption", "") or (i > body[0] and kinds[i] == "byline"))


def _captions_on(reader: BlockReader, way: range) -> range:
    """Return the part of `way` up to its last caption before several blocks that are none."""
    size = 0
    for k, i in enumerate(way, 1):
        if reader.kind(i) == "caption" and split_credit(reader.text(i))[0]:
            size = k
        elif k - size > _BREAK:
            break
    return way[:size]


def _read_dateline(reader: BlockReader, header: Sequence[int], body: Sequence[int]) -> Dateline | None:
    """Return the dateline that the body opens with, or one right before it or after its standfirst."""
    opening = reader.text(body[0])
    dateline = read_dateline(opening)
    if dateline:
        return dateline
    above = header[-1] if len(header) > 1 and reader.kind(header[-2]) in ("stamp", "byline") else body[0]
    for i in (body[0], above):
        line = reader.text(i)
        if _is_place_line(line):
            return Dateline(line, None, None, len(line), firm=False)
    beside = (read_dateline(reader.text(i)) for i in [*header[:-3:-1], body[0] + 1, *body[1:3]] if reader.has(i))
    return next(
        (line for line in beside if line and line.firm and (line.agency or line.date or "," in (line.place or ""))),
        None,
    )


def _is_place_line(line: str) -> bool:
    """Return whether a line could be a place by itself: a few words in capitals, none of them a menu's."""
    words = line.lower().split()
    return (
        line.isupper() and 3 < len(line) < _PLACE_LENGTH and len(words) <= _PLACE_WORDS and not NOT_NAMES & set(words)
    )


def _read_stamp(reader: BlockReader, around: _Around) -> Stamp | None:
    """Return the time stamp nearest before the body, else the first one right under its standfirst, else after it."""
    header = around.header
    for zone in (header[:-_FAR:-1], around.opening, header[::-1], around.footer):
        found = [stamp for i in zone if (stamp := reader.stamp(i))]
        if found:
            published = next((stamp.published for stamp in found if stamp.published), None)
            return Stamp(published, next((stamp.updated for stamp in found if stamp.updated), None))
    return None


def _published(
    reader: BlockReader, stamp: Stamp | None, dateline: Dateline | None, photos: Sequence[Photo]
) -> str | None:
    """Return when the story was published by its stamp, else its dateline, else its captions (ISO 8601), or None."""
    if stamp:
        return stamp.published or stamp.updated
    if dateline and dateline.date:
        moments = find_moments(dateline.date, language=reader.capture.language)
        if moments:
            return moments[0].iso
    days = [day for photo in photos if (day := caption_date(photo.caption, language=reader.capture.language))]
    return max(days).isoformat() if days else None
