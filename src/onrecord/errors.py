"""Errors that onrecord raises.

OnrecordError
├── CaptureError        one input cannot be read; the others can
├── UsageError          the call itself is wrong
└── ModelError          the language pipeline cannot be loaded
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose; its text is a message for a person."""


class CaptureError(OnrecordError):
    """An input cannot be read as a capture; `source` names it, `reason` says why."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"{source}: {reason}")


class UsageError(OnrecordError):
    """The call itself is wrong: an option or argument that cannot be meant."""


class ModelError(OnrecordError):
    """The language pipeline, or one named by the user, cannot be loaded."""
