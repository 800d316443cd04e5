"""Errors that onrecord raises.

OnrecordError
├── CaptureError        one input cannot be read; the others can
├── UsageError          the call itself is wrong
│   ├── UnknownIndicator
│   └── UnknownEntity
├── FiguresError        figures cannot be added, fetched or loaded
│   └── BadRow          one row of a file of figures, by its line
├── RecordError         a record cannot be opened, read or written
│   ├── NewerRecord     a newer version of onrecord made it
│   └── LockedRecord    another process holds it
└── ModelError          the language pipeline cannot be loaded
"""

from __future__ import annotations

from collections.abc import Sequence


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose; its text is a message for a person."""


class CaptureError(OnrecordError):
    """An input cannot be read as a capture; `source` names it, `reason` says why."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"{source}: {reason}")


class UsageError(OnrecordError):
    """The call itself is wrong: an option or argument that cannot be meant."""


class UnknownIndicator(UsageError):
    """No indicator of the catalogue is meant by `name`; `nearest` are the closest identifiers, best first."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name, self.nearest = name, tuple(nearest)
        super().__init__(f"unknown indicator {name!r}{_suggestion(self.nearest)}; `onrecord figures` lists all")


class UnknownEntity(UsageError):
    """No country or group is meant by `name`; `nearest` are the closest known names, best first."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name, self.nearest = name, tuple(nearest)
        super().__init__(f"unknown country or group {name!r}{_suggestion(self.nearest)}")


def _suggestion(nearest: tuple[str, ...]) -> str:
    return f"; nearest: {', '.join(nearest)}" if nearest else ""


class FiguresError(OnrecordError):
    """Figures cannot be added, fetched or loaded; nothing was changed."""


class BadRow(FiguresError):
    """A row of a file of figures cannot be taken; `line` counts from 1, the header included."""

    def __init__(self, source: str, line: int, reason: str) -> None:
        self.source, self.line, self.reason = source, line, reason
        super().__init__(f"{source}, line {line}: {reason}; nothing was added")


class RecordError(OnrecordError):
    """The record at `place` cannot be opened, read or written; `reason` says why."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


class NewerRecord(RecordError):
    """A newer version of onrecord made the record; `found` and `known` are the revisions of its tables."""

    def __init__(self, place: str, found: str, known: str) -> None:
        self.found, self.known = found, known
        super().__init__(
            place,
            f"made by a newer onrecord (tables {found}, this one knows {known}); update onrecord, nothing was changed",
        )


class LockedRecord(RecordError):
    """Another process holds the record; `holders` names it where that can be known."""

    def __init__(self, place: str, seconds: float, holders: Sequence[str] = ()) -> None:
        self.holders = tuple(holders)
        by = f" by {', '.join(self.holders)}" if self.holders else ""
        super().__init__(place, f"locked{by}, still so after {seconds:g} s; nothing was changed")


class ModelError(OnrecordError):
    """The language pipeline, or one named by the user, cannot be loaded."""
