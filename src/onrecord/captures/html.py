"""HTML to text and blocks: what a reader sees, in reading order, with what the markup knows of each block.

The text follows `innerText` of the HTML standard: white space folded, entities decoded, a line for each block-level
element and a blank line around paragraphs, headings, lists and figures; what is never shown is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from onrecord.model import Block, Span

CONTEXT_ELEMENTS = 12
"""How many of a block's nearest elements its context names."""

_NEVER_SHOWN = frozenset(
    "applet audio canvas datalist embed head iframe link math meta noembed noframes noscript object optgroup option "
    "param picture script select source style svg template textarea title track video".split()
)
_PARAGRAPHS = frozenset(
    "article aside blockquote details dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table ul".split()
)
_LINES = frozenset(
    "address body button caption center dd dialog dir div dt figcaption hgroup label legend li menu search summary tbody "
    "td tfoot th thead tr".split()
)
_CAPTION_WORD = re.compile(r"caption|credit", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
"""Soft hyphen, zero-width space, word joiner, byte order mark: break words that a reader sees whole."""


@dataclass(slots=True, eq=False)
class _Element:
    """An element that is open while the tree is walked; `context` is worked out when a block first needs it."""

    tag: str
    node: LexborNode
    parent: _Element | None
    gap: int
    """Line breaks around it: 0 inline, 1 a line of its own, 2 a blank line."""
    own_words: tuple[str, ...] | None = None
    context: tuple[str, ...] | None = None


@dataclass(slots=True)
class _Line:
    """The words of the block that is being read, and how many of its characters stand in links."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    moment: str | None = None


class Page:
    """The text and the blocks of an HTML page (`text`, `blocks`), read by `read`."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._at = 0
        self._gap = 0
        self._line = _Line()
        self._links = 0
        self.blocks: list[Block] = []

    @property
    def text(self) -> str:
        """The page's visible text."""
        return "".join(self._out)

    def read(self, root: LexborNode) -> None:
        """Walk the tree under `root` once, without recursion, so that depth costs nothing."""
        stack: list[LexborNode | _Element] = [root]
        element: _Element | None = None
        while stack:
            item = stack.pop()
            if isinstance(item, _Element):
                self._close(item)
                element = item.parent
                continue
            following = item.next
            if following is not None:
                stack.append(following)
            tag = item.tag or ""
            if tag == "-text":
                if element is not None:
                    self._words(item.text_content or "", element)
                continue
            if tag in _NEVER_SHOWN or tag[:1] in "-!":
                continue
            if tag == "br":
                self._break(element)
                continue
            first = item.first_child
            opened = self._open(tag, item, element)
            if opened is not None and first is not None:
                element = opened
                stack.append(opened)
                stack.append(first)

    def _open(self, tag: str, node: LexborNode, parent: _Element | None) -> _Element | None:
        """Return the opened element, or None where it is hidden."""
        attributes = node.attributes
        if attributes and _is_hidden(attributes):
            return None
        gap = 2 if tag in _PARAGRAPHS else 1 if tag in _LINES or _is_inline_caption(tag, attributes) else 0
        element = _Element(tag, node, parent, gap)
        if gap:
            self._flush(parent)
            self._gap = max(self._gap, gap)
        elif tag == "a":
            self._links += 1
        elif tag == "time" and self._line.moment is None:
            self._line.moment = attributes.get("datetime")
        return element

    def _close(self, element: _Element) -> None:
        if element.gap:
            self._flush(element)
            self._gap = max(self._gap, element.gap)
        elif element.tag == "a":
            self._links -= 1

    def _words(self, words: str, element: _Element) -> None:
        self._line.parts.append(words)
        length = len(words) if not words.isspace() else 0
        self._line.length += length
        if self._links:
            self._line.linked += length

    def _break(self, element: _Element | None) -> None:
        """End the line at a `br`; a second one in a row leaves a blank line."""
        if any(not part.isspace() for part in self._line.parts):
            self._flush(element)
            self._gap = max(self._gap, 1)
        else:
            self._gap = 2

    def _flush(self, element: _Element | None) -> None:
        """End the block that is being read, if it has words; `element` is the innermost one open."""
        line = self._line
        if not line.parts:
            return
        words = " ".join("".join(line.parts).translate(_INVISIBLE).split())
        if words:
            if self._out:
                self._out.append("\n" * max(self._gap, 1))
                self._at += max(self._gap, 1)
            self._gap = 0
            span = Span(self._at, self._at + len(words))
            self._out.append(words)
            self._at += len(words)
            block = _nearest_block(element)
            self.blocks.append(
                Block(
                    span,
                    tag=block.tag if block else "",
                    context=_context(block) if block else (),
                    link_share=round(line.linked / line.length, 3) if line.length else 0.0,
                    moment=line.moment,
                )
            )
        self._line = _Line()


def _nearest_block(element: _Element | None) -> _Element | None:
    while element is not None and not element.gap:
        element = element.parent
    return element


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _is_inline_caption(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in ("span", "small", "cite", "em", "i") and bool(_CAPTION_WORD.search(attributes.get("class") or ""))


def _own_words(element: _Element) -> tuple[str, ...]:
    """Return the element's name, role, and the words of its class, id and itemprop."""
    if element.own_words is None:
        attributes = element.node.attributes
        named = (
            " ".join(attributes.get(name) or "" for name in ("role", "class", "id", "itemprop")) if attributes else ""
        )
        words = (word.lower() for word in _WORD.findall(named[:400]) if len(word) > 1)
        element.own_words = (element.tag, *words)
    return element.own_words


def _context(element: _Element) -> tuple[str, ...]:
    """Return the words of the element and of its nearest ancestors, outermost first, each once."""
    if element.context is None:
        chain: list[_Element] = []
        ancestor: _Element | None = element
        while ancestor is not None and len(chain) < CONTEXT_ELEMENTS:
            chain.append(ancestor)
            ancestor = ancestor.parent
        element.context = tuple(dict.fromkeys(word for each in reversed(chain) for word in _own_words(each)))
    return element.context


def read_page(html: str) -> Page:
    """Return the visible text and the blocks of an HTML page."""
    page = Page()
    root = LexborHTMLParser(html).root
    if root is not None:
        page.read(root)
    return page
