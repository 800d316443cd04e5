"""Photo captions and their credits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from onrecord.model import Capture, Photo, Span
from onrecord.stories.agencies import read_agency
from onrecord.stories.bylines import is_byline, read_lone_name
from onrecord.stories.marks import is_furniture
from onrecord.stories.stamps import read_stamp
from onrecord.stories.words import CREDIT_SMALL, HOUSES, PICTURED

_LONGEST = 1200
_MOST_WORDS = 14
_EDGE = " \t([|–—-"
"""What is left at a caption's end where its credit is cut off."""
_TAIL = 260
_SHORTEST = 25
"""Fewest characters of a caption that has nothing but its place beside a credit or its repetition to show for it."""

_WORD = re.compile(r"\w+")
_LABEL = rf"(?:(?:{PICTURED})(?:\s?(?:credits?|by|courtesy(?: of)?|von|de|par|di|av|af|:?\s?©))?)"
_LABELLED = re.compile(
    rf"(?:^|[\s.!?…”\"'’)|(\[–—-])(?P<label>(?:{_LABEL}\s*(?::|/|=|\||–|-\s|©)"
    r"|(?:photo|photograph|picture|image|illustration)s? (?:by|courtesy of|credit)\s|courtesy of\s|©|\(c\)\s|📷))"
    r"\s*(?P<credit>[^\n]{2,160})$",
    re.IGNORECASE,
)
_LABEL_MARK = re.compile(r":|/|=|\||–|©|📷|-\s")
_LABEL_WORDS = ("(c)", "courtesy of", "photo", "picture", "image", "illustration")
"""One of these stands in whatever has a label: sought first, since few captions have one."""
_BRACKET = re.compile(
    r"\s*[(\[（［](?P<credit>[^()\[\]（）［］]{2,160}(?:\([^()]{1,40}\)[^()\[\]]{0,40})?)[)\]）］]\s*(?:more\s*>|\.)?\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[)\]）］]\s*(?:more\s*>|\.)?\s*$", re.IGNORECASE)
"""How a text with a credit in brackets ends."""
_BARE = re.compile(
    r"(?:(?<=[.!?…”\"’)])\s*|\s[|–—]\s|\s{2,}|^)(?P<credit>[^.!?\n]{2,90}(?:\s[A-Z]\.\s[^.!?\n]{2,60})?)$"
)
_NOTICE = re.compile(
    r"(?:(?<=[a-z.)])|(?<=REUTERS)|(?<=AFP)|(?<=AP))\s+(?!REUTERS|AFP|AP\b|EPA)"
    r"(?:[A-Z]+[ ,.'-]+){3,}[A-Z]+[ ,.'-]*$|\s*\+\+\+.*$|\s*more\s*>\s*$"
)
_HOUSE = re.compile(
    rf"\b(?:{HOUSES}|via|pool|foto|pictures|archiv|file|files|screenshot)\b|ロイター|共同|時事|연합뉴스|뉴시스|新华社|中新社|提供|撮影"
    r"|(?:기자|제공)$",
    re.IGNORECASE,
)
_WIRE = re.compile(rf"\b(?:{HOUSES})\b", re.IGNORECASE)
_STRIP_LABEL = re.compile(
    rf"^\s*(?:{_LABEL}\s*(?::|/|=|–|©)\s*|(?:photo|photograph|picture|image)s?\s(?:by|courtesy of|credit:?)\s"
    r"|(?:source|quelle|fuente|fonte)\s*:\s*|©\s*|\(c\)\s*)",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(rf"\W*(?:copyright|{_LABEL})?\W*", re.IGNORECASE)
_JOINED = re.compile(r"\S[/|,]|\s[/|]\s|[a-z]\s+via\s")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:\d{4}|all\b)|©\s*copyright|copyright\s*©"
    r"|all rights|alle rechte|tous droits|derechos reserv|^\W*©\s*\d",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"^\W*(?:file(?:\s?photo)?|archivbild|archivfoto|in this (?:file )?(?:photo|image))\b\s?[-–—:,.]?", re.IGNORECASE
)
_STAGE = re.compile(
    r",\s(?:(?:second|third|centre|center|far|from)\s)?(?:left|right|centre|center)\b,"
    r"|\((?:links?|rechts?|l|r|left|right|li|re|izq|der|à gauche|à droite)\.?\)",
    re.IGNORECASE,
)


_STOCK = re.compile(
    r"(?:(?:afp|ap|reuters|epa|pa|anadolu|bloomberg)\s?(?:/|via|-)\s?)?"
    r"(?:getty(?: images)?|shutterstock|alamy(?: stock photo)?|istock|unsplash|imago(?: images)?"
    r"|picture[ -]alliance|scanpix|keystone|epa|pixabay|adobe stock|depositphotos)",
    re.IGNORECASE,
)
"""Picture libraries: alone in a block the name of one is the credit of the caption before it."""
_STOCK_LONGEST = 40


_SIGN = re.compile(r"[/|,:=)\]]|-\s|[^\x00-\x7f]")
_SIGN_WORD = re.compile(
    r"courtesy of|photo|picture|image|illustration|\svia\s|getty|shutterstock|alamy|istock|unsplash|imago|scanpix"
    r"|keystone|epa|pixabay|adobe stock"
)
"""One of these marks or words stands in whatever has a credit; most of a page's headings and menus have none."""


def _without_notice(text: str) -> str:
    """Return `text` without a notice at its end: words in capitals, what follows `+++`, `more >`."""
    last = text.rstrip().rstrip(" ,.'-")[-1:]
    return _NOTICE.sub("", text) if "A" <= last <= "Z" or last == ">" or "+++" in text else text


def _clean(credit: str) -> str:
    credit = _STRIP_LABEL.sub("", _without_notice(credit)).strip(" \t.,;:|–—-")
    return credit[1:-1].strip() if credit[:1] == "(" and credit[-1:] == ")" else credit


def _is_credit(words: str) -> bool:
    """Return whether the words of a bracket or of a caption's last piece name a photographer or an agency."""
    words = words.strip()
    parts = words.split()
    if not parts or len(parts) > _MOST_WORDS or sum(part.islower() and part not in CREDIT_SMALL for part in parts) > 2:
        return False
    if _STRIP_LABEL.match(words) or read_agency(words):
        return True
    slashed = re.search(r"[^\W\d]\s?[/|]\s?[^\W\d]", words) is not None
    named = sum(part[:1].isupper() or not part[:1].isalpha() for part in parts) >= 0.6 * len(parts)
    return (slashed or _HOUSE.search(words) is not None) and (named or not words.isascii()) and len(parts) <= 12


@lru_cache(maxsize=1024)
def split_credit(text: str) -> tuple[str, str | None]:
    """Return a caption without its credit, and the credit or None; a credit alone gives an empty caption.

    Read are credits in brackets at the end, behind a label (`Photo: `, `Foto: `, `© `), and bare after the last
    sentence (`... Jane Roe / Reuters`). A label other than `File:` is no part of the credit.
    """
    text = text.strip()
    if len(text) > _LONGEST or not (_SIGN.search(text) or _SIGN_WORD.search(text.lower())):
        return text, None
    if len(text) <= _STOCK_LONGEST and _STOCK.fullmatch(text):
        return "", text
    body = _without_notice(text)
    low = max(0, len(body) - _TAIL)
    tail = body[low:]
    bracket = _BRACKET.search(tail) if _CLOSING.search(tail) else None
    if bracket and _is_credit(bracket["credit"]) and _clean(bracket["credit"]):
        return body[: low + bracket.start()].rstrip(_EDGE), _clean(bracket["credit"])
    labelled = _LABELLED.search(tail) if _may_have_label(tail) else None
    if labelled and _follows_label(labelled["credit"]) and not _RIGHTS.search(body[-120:]):
        caption = body[: low + labelled.start("label")].rstrip(_EDGE)
        return "" if _LABEL_ONLY.fullmatch(caption) else caption, _clean(labelled["credit"]).rstrip(")]")
    bare = _BARE.search(tail) if tail[-1:] not in ".!?" else None
    if bare and _stands_bare(bare["credit"], alone=low + bare.start("credit") == 0):
        return body[: low + bare.start()].rstrip(_EDGE), _clean(bare["credit"])
    return text, None


def _may_have_label(text: str) -> bool:
    if _LABEL_MARK.search(text):
        return True
    lower = text.lower()
    return any(word in lower for word in _LABEL_WORDS)


def _follows_label(credit: str) -> bool:
    """Return whether the words behind a label are a credit's: few, hardly one in small letters."""
    words = credit.split()
    small = [word for word in words if word.islower() and word not in CREDIT_SMALL]
    return len(words) <= _MOST_WORDS and len(small) <= 1 and _clean(credit) != ""


def _stands_bare(credit: str, *, alone: bool) -> bool:
    """Return whether words without label or brackets are a credit.

    A name and a house have to be joined: an agency by itself signs off a paragraph (`... he said. AP`). `alone` in its
    block a credit needs a known house too: `Home | World` is none.
    """
    joined = _JOINED.search(credit) is not None  # asked first: hardly a heading or an entry of a menu is joined so
    if alone and not (joined and _WIRE.search(credit)):
        return False
    if not (joined or not credit.isascii() or _STOCK.fullmatch(credit.strip())):
        return False
    return _is_credit(credit) and _clean(credit) != ""


def looks_like_caption(text: str) -> bool:
    """Return whether a block has a photo caption's form: a credit, a file picture's mark, who stands left."""
    if not 2 < len(text) <= _LONGEST:
        return False
    caption, credit = split_credit(text)
    return credit is not None or bool(_FILE.match(text)) or bool(_STAGE.search(caption[:400]))


@lru_cache(maxsize=1024)
def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _stands_alone(text: str) -> bool:
    """Return whether a block could be a caption whose credit is in the next block."""
    if len(text) < _SHORTEST or len(text) > _LONGEST or is_furniture(text) or is_byline(text):
        return False
    return read_stamp(text) is None and read_lone_name(text) is None


def _is_phrase(text: str) -> bool:
    """Return whether `text` has a sentence's words: four or more, some in small letters, or no capitals at all."""
    words = text.split()
    return (not text.isascii() and len(words) < 4) or (
        len(words) > 3 and any(word[0].islower() or word[0].isdigit() for word in words)
    )


def find_photos(capture: Capture, blocks: Iterable[int], *, headline: str | None = None) -> tuple[Photo, ...]:
    """Return the photos whose captions stand in the blocks with the indices `blocks` (not body), each once, in order.

    A caption is a block with a credit, one right before a block that is nothing but a credit, a `figcaption`, or one
    that stands twice or more and is not the `headline`. A credit without a caption gives a photo with an empty caption.
    """
    indices = sorted(blocks)
    texts = {i: capture.blocks[i].span.of(capture.text) if _size(capture, i) <= _LONGEST else "" for i in indices}
    folded = {i: _fold(texts[i]) for i in indices}
    standing = Counter(folded.values())
    title = _fold(headline or "")
    photos: dict[str, Photo] = {}
    pending: int | None = None
    for i in indices:
        text = texts[i]
        caption, credit = split_credit(text) if text else ("", None)
        if credit is None:
            repeated = standing[folded[i]] > 1 and folded[i] in (folded.get(i + 1, ""), folded.get(i - 1, ""))
            repeated = repeated and len(text) >= _SHORTEST and text[-1:] in ".…\"”'’)" and _stands_alone(text)
            if (repeated or _is_figcaption(capture, i)) and folded[i] != title and text:
                _keep(photos, capture, i, caption, None)
            pending = i if _stands_alone(text) and _is_phrase(text) and folded[i] != title else None
            continue
        if not caption and pending is not None and pending in (i - 1, i - 2):
            _keep(photos, capture, pending, texts[pending], credit)
        elif caption or not any(photo.credit == credit for photo in photos.values()):
            _keep(photos, capture, i, caption, credit)
        pending = None
    return tuple(photos.values())


def _size(capture: Capture, i: int) -> int:
    span = capture.blocks[i].span
    return span.end - span.start


def _is_figcaption(capture: Capture, i: int) -> bool:
    block = capture.blocks[i]
    return block.tag == "figcaption" or any(name == "figcaption" for name in block.context[-8:])


def _keep(photos: dict[str, Photo], capture: Capture, i: int, caption: str, credit: str | None) -> None:
    """Put a photo among `photos` under its folded caption; a later standing may add the credit."""
    key = _fold(caption) or f"credit {credit}"
    known = photos.get(key)
    if known is None:
        start = capture.blocks[i].span.start
        offset = len(capture.blocks[i].span.of(capture.text)) - len(capture.blocks[i].span.of(capture.text).lstrip())
        length = len(caption) or _size(capture, i) - offset
        photos[key] = Photo(caption, credit, Span(start + offset, start + offset + length))
    elif known.credit is None and credit is not None:
        photos[key] = Photo(known.caption, credit, known.span)
