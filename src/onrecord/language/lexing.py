"""A light lexing of English text: words, runs of digits and signs with their offsets, whatever the tokenizer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

HYPHENS: Final = frozenset("-‐‑‒–—−")

# Repeats are bounded, so that a line of digits and commas takes linear time.
_LEX: Final = re.compile(
    r"""
    (?P<word>[^\W\d_]++(?=[\s,])  # most words: no form below ends so
             |(?:[^\W\d_]\.){2,8}
             |(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]t|[Nn]o|[Nn]os|[Rr]s|[Tt]k|[Ss]q|[Aa]pprox|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec
               |[Jj]an|[Ff]eb|[Aa]ug|[Gg]en|[Ss]en|[Rr]ep|[Gg]ov|[Cc]o|[Ii]nc|[Ll]td|[Vv]s|[Aa]rt|[Ss]ec)\.(?=\s)
             |[^\W\d_]+(?:['’][^\W\d_]+)?)
    |(?P<digits>\d{1,3}(?:,\d{2,3}){0,8},\d{3}(?!\d)(?:\.\d+)?
              |\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,8}(?!\d)(?:\.\d+)?
              |\d{1,3}(?:[ ]\d{3}){2,8}(?![ ]?\d)|\d{1,3}[ ]\d\d0(?![ ]?\d)
              |\d{1,3}(?:\.\d{3}){2,8}(?!\d)
              |\d+(?:\.\d+)?
              |(?<![\w.])\.\d+)
    |(?P<sign>[^\w\s]|_)
    |(?P<gap>\n\s*\n)
    """,
    re.VERBOSE,
)


def words(text: str) -> frozenset[str]:
    """Return the words of `text` as a set: how this package writes its word classes."""
    return frozenset(text.split())


def in_order(text: str) -> list[str]:
    """Return the words of `text` in order: how this package writes its word lists."""
    return text.split()


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text in words, digit runs and signs: `words[i]` stands at [starts[i], ends[i]); `lower[i]` is it in lower case.

    `sentences[i]` counts the sentence ends before `words[i]`, as far as the marks and the next letters tell. `verbs`
    are the offsets at which a clause's verb starts, where a parser has told; a noun phrase ends there.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    verbs: frozenset[int] = frozenset()

    def touch(self, i: int) -> bool:
        """Return whether nothing stands between `words[i]` and the next."""
        return i + 1 < len(self.words) and self.ends[i] == self.starts[i + 1]

    def opens_sentence(self, i: int) -> bool:
        """Return whether `words[i]` is the first of its sentence, quotation marks and brackets aside."""
        while i > 0 and not self.begins_line(i) and self.words[i - 1] not in "—–-:":
            if self.words[i - 1][-1].isalnum() or self.words[i - 1] in ",;":
                return False
            i -= 1
        return True

    def begins_line(self, i: int) -> bool:
        """Return whether `words[i]` is the first of its sentence or line."""
        return (
            i == 0 or self.sentences[i - 1] != self.sentences[i] or "\n" in self.text[self.ends[i - 1] : self.starts[i]]
        )

    def glued(self, i: int, j: int) -> bool:
        """Return whether no white space stands between `words[i]` and `words[j]`, i < j."""
        return j < len(self.words) and all(self.ends[k] == self.starts[k + 1] for k in range(i, j))

    def joined(self, i: int) -> list[tuple[str, int]]:
        """Return the runs of one to three words that touch each other from `i`, longest first, with the index after."""
        runs: list[tuple[str, int]] = []
        for end in range(i + 1, min(i + 3, len(self.words)) + 1):
            runs.append(("".join(self.words[i:end]), end))
            if not self.touch(end - 1):
                break
        return runs[::-1]

    def phrases(self, i: int) -> list[tuple[str, int]]:
        """Return the next one to three words in lower case, longest first, with the index after; hyphens are spaces."""
        phrases: list[tuple[str, int]] = []
        phrase, j = "", i
        while j < len(self.words) and len(phrases) < 3:
            phrase = f"{phrase} {self.lower[j]}" if phrase else self.lower[j]
            j += 1
            phrases.append((phrase, j))
            if self.at(j) in HYPHENS and self.glued(j - 1, j + 1):
                j += 1
        return phrases[::-1]

    def at(self, i: int) -> str:
        """Return the lower-case word at `i`, empty outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def is_digits(self, i: int) -> bool:
        """Return whether a run of digits stands at `i`."""
        return 0 <= i < len(self.words) and (self.words[i][0].isdecimal() or self.words[i][-1].isdecimal())


def lex(text: str, verbs: frozenset[int] = frozenset()) -> Lexed:
    """Return `text` in words, digit runs and signs."""
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    sentence = 0
    for match in _LEX.finditer(text):
        if match.lastgroup == "gap":
            sentence += 1
            continue
        word = match.group()
        found.append(word)
        starts.append(match.start())
        ends.append(match.end())
        sentences.append(sentence)
        if word in ".!?" and _ends_sentence(text, match.end()):
            sentence += 1
    return Lexed(text, found, [word.lower() for word in found], starts, ends, sentences, verbs)


_NEXT_SENTENCE: Final = re.compile(r"[\"'”’)\]]{0,3}(?:\s+[\"'“‘(\[]{0,3}[^\W_]|\s*$)")


def _ends_sentence(text: str, at: int) -> bool:
    match = _NEXT_SENTENCE.match(text, at)
    return match is not None and not text[match.end() - 1].islower()


def digits_value(digits: str) -> float:
    """Return the value of a run of digits with thousands separators (comma, thin space, full stop) and decimals."""
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return float(re.sub("[,   ]", "", digits))
