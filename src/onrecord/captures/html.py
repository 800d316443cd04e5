"""HTML to text and blocks: what a reader sees, in reading order, with what the markup knows of each block.

The text follows `innerText` of the HTML standard: white space folded, entities decoded, a line for each block-level
element and a blank line around paragraphs, headings, lists and figures; what is never shown is left out. A `br` ends
a block too, except in a heading, where it only wraps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.captures.bounds import limit_attributes, limit_depth
from onrecord.captures.markup import MACHINE_ELEMENTS, Head
from onrecord.captures.plain import INVISIBLE, text_blocks
from onrecord.model import Block, Span

CONTEXT_ELEMENTS = 12
"""How many elements a block's context names: its own and the nearest around it."""

_MEDIA = {"applet", "audio", "canvas", "embed", "iframe", "object", "picture", "svg", "video"}
_FALLBACKS = {"noembed", "noframes", "noscript", "template"}
_NEVER_READ = frozenset(_MEDIA | _FALLBACKS | {"datalist", "select", "style", "textarea"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SECTIONS = {"article", "aside", "details", "fieldset", "footer", "form", "header", "main", "nav", "section"}
_PARAGRAPHS = _HEADINGS | _SECTIONS | {"blockquote", "dl", "figure", "hr", "ol", "p", "pre", "table", "ul"}
_TABLE_PARTS = {"caption", "tbody", "td", "tfoot", "th", "thead", "tr"}
_ENTRIES = {"dd", "dt", "li", "menu", "dir", "summary"}
_BOXES = {"address", "body", "button", "center", "dialog", "div", "figcaption", "hgroup", "label", "legend", "search"}
_LINES = _TABLE_PARTS | _ENTRIES | _BOXES
_GAPS = dict.fromkeys(_LINES, 1) | dict.fromkeys(_PARAGRAPHS, 2)
"""Line breaks around an element."""
_INLINE_CAPTIONS = frozenset(["cite", "em", "i", "small", "span"])
_CAPTION_WORD = re.compile(r"caption|credit", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAMING = ("role", "class", "id", "itemprop")
_NAMES_READ = 400
"""Characters of an element's names that are read; style sheets that name every property give thousands."""

_Attributes = dict[str, str | None]


@dataclass(slots=True, eq=False)
class _Place:
    """The names from the page's root to an element. Elements with the same ones share it, as entries of a list do."""

    chain: tuple[tuple[str, ...], ...] = ()
    """The names of the element and of its nearest ancestors, outermost first."""
    inner: dict[tuple[str, ...], _Place] = field(default_factory=dict)
    """The places right inside it, by the names that they add."""
    context: tuple[str, ...] | None = None

    def inside(self, names: tuple[str, ...]) -> _Place:
        """Return the place of an element with `names` inside this one."""
        place = self.inner.get(names)
        if place is None:
            place = self.inner[names] = _Place((*self.chain, names)[-CONTEXT_ELEMENTS:])
        return place


@dataclass(slots=True, eq=False)
class _Element:
    """An element that is open while the tree is walked; where it stands is told when a block first needs it."""

    tag: str
    number: int
    """How many elements had been opened when it was, itself included."""
    attributes: _Attributes
    parent: _Element | None
    gap: int
    """Line breaks around it: 0 for an inline element, 1 for a line of its own, 2 for a blank line."""
    around: _Element | None
    """The nearest element around it that has line breaks."""
    place: _Place | None = None
    within: tuple[int, ...] = ()


@dataclass(slots=True)
class _Words:
    """What has been read of the block at hand."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    moment: str | None = None


class Page:
    """An HTML page, read once from its source: `text`, `blocks` and `head`."""

    def __init__(self, html: str) -> None:
        self.blocks: list[Block] = []
        self.head = Head()
        self._pieces: list[str] = []
        self._at = 0
        self._gap = 0
        self._words = _Words()
        self._links = 0
        self._opened = 0
        self._root = _Place()
        root = LexborHTMLParser(limit_depth(limit_attributes(html))).root
        if root is not None:
            self.head.language = root.attributes.get("lang")
            self._read(root)
        self.text = "".join(self._pieces)

    def _read(self, root: LexborNode) -> None:
        """Walk the tree once; a stack of its own instead of recursion, so that depth costs nothing."""
        stack: list[LexborNode | _Element] = [root]
        inside: _Element | None = None
        while stack:
            item = stack.pop()
            if isinstance(item, _Element):
                self._close(item)
                inside = item.parent
                continue
            following = item.next
            if following is not None:
                stack.append(following)
            tag = item.tag or ""
            if tag == "-text":
                self._add(item.text_content or "")
            elif tag == "br":
                self._break(inside)
            elif tag in MACHINE_ELEMENTS:
                self.head.take(tag, item)
            elif tag not in _NEVER_READ and tag[:1] not in ("-", "!"):  # comments and the document type
                element = self._open(tag, item.attributes, inside)
                if element is not None:
                    inside = element
                    stack.append(element)
                    child = item.first_child
                    if child is not None:
                        stack.append(child)

    def _open(self, tag: str, attributes: _Attributes, parent: _Element | None) -> _Element | None:
        """Open an element; None where it is hidden."""
        if _is_hidden(tag, attributes):
            return None
        gap = _gap_around(tag, attributes)
        if gap:
            self._flush(parent, gap)
        elif tag == "a":
            self._links += 1
        elif tag == "time" and self._words.moment is None:
            self._words.moment = attributes.get("datetime")
        self._opened += 1
        around = parent if parent is None or parent.gap else parent.around
        return _Element(tag, self._opened, attributes, parent, gap, around)

    def _close(self, element: _Element) -> None:
        if element.gap:
            self._flush(element, element.gap)
        elif element.tag == "a":
            self._links -= 1

    def _add(self, words: str) -> None:
        read = self._words
        if not words.isspace():
            read.parts.append(words)
            read.length += len(words)
            read.linked += len(words) if self._links else 0
        elif read.parts:  # a block does not open with white space
            read.parts.append(words)

    def _break(self, inside: _Element | None) -> None:
        """Read a `br`: the second in a row leaves a blank line, one in a heading is a space."""
        block = _nearest_block(inside)
        if block is not None and block.tag in _HEADINGS:
            self._add(" ")
        elif not self._words.length:
            self._gap = 2
        else:
            self._flush(inside, 1)

    def _flush(self, inside: _Element | None, gap: int) -> None:
        """End the block at hand, with at least `gap` line breaks after it; `inside` is the innermost open element."""
        read = self._words
        if read.length or read.moment is not None:
            self._words = _Words()
        if read.length:
            self._write(read, _nearest_block(inside))
        if gap > self._gap:
            self._gap = gap

    def _write(self, read: _Words, block: _Element | None) -> None:
        """Write what has been read of a block: folded, or line by line where it is preformatted."""
        words = "".join(read.parts)
        if block is not None and block.tag == "pre":
            for line in text_blocks(words):
                self._put(line.span.of(words), block, read)
                self._gap = 1
        else:
            folded = " ".join(words.split()).strip(INVISIBLE + " ")
            if folded:
                self._put(folded, block, read)

    def _put(self, words: str, block: _Element | None, read: _Words) -> None:
        """Write a block's words to the text and keep what is known of it."""
        if self._pieces:
            self._pieces.append("\n" * self._gap)
            self._at += self._gap
        start, self._at, self._gap = self._at, self._at + len(words), 0
        self._pieces.append(words)
        place = self._located(block) if block else self._root
        if place.context is None:
            place.context = tuple(dict.fromkeys(chain.from_iterable(place.chain)))
        self.blocks.append(
            Block(
                Span(start, self._at),
                tag=block.tag if block else "",
                context=place.context,
                within=block.within if block else (),
                link_share=round(read.linked / read.length, 3) if read.length else 0.0,
                moment=read.moment,
            )
        )

    def _located(self, element: _Element) -> _Place:
        """Return where an element stands, told for it and for those around it that no block has needed before."""
        new: list[_Element] = []
        known: _Element | None = element
        while known is not None and known.place is None:
            new.append(known)
            known = known.parent
        place, within = (known.place, known.within) if known is not None and known.place else (self._root, ())
        for each in reversed(new):
            given = each.attributes and " ".join(filter(None, map(each.attributes.get, _NAMING)))[:_NAMES_READ]
            place = each.place = place.inside(_names(each.tag, given or ""))
            within = each.within = (*within, each.number)[-CONTEXT_ELEMENTS:]
        return place


def _nearest_block(inside: _Element | None) -> _Element | None:
    """Return the nearest element with line breaks around it, the innermost open one included."""
    return inside if inside is None or inside.gap else inside.around


def _is_hidden(tag: str, attributes: _Attributes) -> bool:
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


def _gap_around(tag: str, attributes: _Attributes) -> int:
    """Return how many line breaks stand around an element; a caption has a line of its own even where it is inline."""
    gap = _GAPS.get(tag, 0)
    if not gap and tag in _INLINE_CAPTIONS and _CAPTION_WORD.search(attributes.get("class") or ""):
        return 1
    return gap


@lru_cache(maxsize=4096)
def _names(tag: str, given: str) -> tuple[str, ...]:
    """Return an element's name and the words of its role, class, id and itemprop, which are `given`, in lower case."""
    return (tag, *(word.lower() for word in _WORD.findall(given) if len(word) > 1))
