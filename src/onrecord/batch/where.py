"""Conditions such as `kind = commitment and (country = DE or value >= 1e6)`: comparisons of columns, nothing else."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final, Literal, TypeAlias

from onrecord.batch.tables import TABLES, Column
from onrecord.errors import UsageError

Row: TypeAlias = Mapping[str, Any]
Subject = Literal["claims", "stories"]
Condition: TypeAlias = Callable[[Row], bool]

_TOKEN: Final = re.compile(r"""\s*(?:(<=|>=|!=|=|<|>|\(|\))|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([^\s()<>=!'"]+))""")
_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
_DEEPEST: Final = 50
"""Brackets within brackets."""


def parse(text: str, table: Subject) -> Condition:
    """Return the condition that `text` states of a row of `table`.

    Grammar: comparisons (`column = value`, also `!=`, `<`, `<=`, `>`, `>=`) joined by `and`, which binds closer, `or`,
    `not` and brackets. A value with spaces, or one that is a word of this grammar, stands in quotes. What a row has no
    value for fulfils no comparison.

    Raises:
        UsageError: It is no such condition, with what is wrong with it.
    """
    return _Parser(text, {one.name: one for one in TABLES[table]}).whole()


class _Parser:
    """Reads one condition from left to right; a method a rule of the grammar."""

    def __init__(self, text: str, columns: Mapping[str, Column]) -> None:
        self._text, self._columns = text, columns
        self._tokens = self._cut()
        self._at = self._depth = 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._at < len(self._tokens):
            raise self._wrong(f"`and` or `or` expected before `{self._tokens[self._at][1]}`")
        return condition

    def _cut(self) -> list[tuple[bool, str]]:
        """Return the tokens, each with whether it stood in quotes."""
        tokens, at, end = list[tuple[bool, str]](), 0, len(self._text.rstrip())
        while at < end:
            match = _TOKEN.match(self._text, at)
            if match is None:
                raise self._wrong(f"cannot make sense of `{self._text[at:].strip()[:20]}`")
            sign, single, double, word = match.groups()
            quoted = single is not None or double is not None
            text = single.replace("''", "'") if single is not None else (double or "").replace('""', '"')
            tokens.append((quoted, text if quoted else sign or word))
            at = match.end()
        return tokens

    def _either(self) -> Condition:
        parts = [self._all()]
        while self._taken("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._taken("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else lambda row: all(part(row) for part in parts)

    def _one(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(f"more than {_DEEPEST} brackets and `not` within each other")
        try:
            if self._taken("not"):
                inner = self._one()
                return lambda row: not inner(row)
            if self._taken("("):
                inner = self._either()
                if not self._taken(")"):
                    raise self._wrong("a bracket is not closed")
                return inner
            return self._comparison()
        finally:
            self._depth -= 1

    def _comparison(self) -> Condition:
        _, name = self._next("a column")
        column = self._columns.get(name)
        if column is None:
            raise self._wrong(f"no column `{name}`; there are {', '.join(self._columns)}")
        if column.type == "strings":
            raise self._wrong(f"`{name}` is a list, which cannot be compared")
        _, sign = self._next(f"=, !=, <, <=, > or >= after `{name}`")
        if sign not in _COMPARISONS:
            raise self._wrong(f"=, !=, <, <=, > or >= expected after `{name}`, not `{sign}`")
        _, text = self._next(f"a value after `{name} {sign}`")
        value, compare = self._value(column, text), _COMPARISONS[sign]

        def holds(row: Row) -> bool:
            found = row[name]
            return found is not None and compare(found, value)

        return holds

    def _value(self, column: Column, text: str) -> Any:
        if column.one_of and text not in column.one_of:
            raise self._wrong(f"`{column.name}` is never `{text}`; it is one of {', '.join(column.one_of)}")
        try:
            match column.type:
                case "number" | "integer":
                    return float(text)
                case "date":
                    return dt.date.fromisoformat(text)
                case "boolean":
                    return {"true": True, "false": False}[text.lower()]
                case _:
                    return text
        except (ValueError, KeyError):
            meant = {"date": "a day such as 2025-06-30", "boolean": "true or false"}.get(column.type, "a number")
            raise self._wrong(f"`{column.name}` is compared with {meant}, not with `{text}`") from None

    def _taken(self, word: str) -> bool:
        """Return whether the next token is this word, and if so step over it."""
        if self._at < len(self._tokens):
            quoted, text = self._tokens[self._at]
            if not quoted and text.lower() == word:
                self._at += 1
                return True
        return False

    def _next(self, meant: str) -> tuple[bool, str]:
        if self._at == len(self._tokens):
            raise self._wrong(f"{meant} expected at its end")
        self._at += 1
        return self._tokens[self._at - 1]

    def _wrong(self, what: str) -> UsageError:
        return UsageError(f"--where {self._text!r}: {what}")
