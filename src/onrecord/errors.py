"""Errors that onrecord raises.

OnrecordError
├── CaptureError        one input cannot be read; the others can
├── UsageError          the call itself is wrong
│   ├── UnknownIndicator
│   └── UnknownEntity
├── FiguresError        figures cannot be added, fetched or loaded
│   └── BadRow          one row of a file of figures, by its line
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


class ModelError(OnrecordError):
    """The language pipeline, or one named by the user, cannot be loaded."""
