"""From what was said to what was done: who said what, and who is bound to what, in captured news pages.

    >>> import onrecord
    >>> reading = onrecord.read("page.html")            # a path, an address, bytes, or the text itself
    >>> for claim in reading.claims:
    ...     print(claim.kind, claim.actor, claim.measure, claim.quantity, claim.when, claim.said_by)
    ...     print(claim.evidence.of(reading.capture.text))

`read` gives a `Reading`: the `capture`, its `stories` (headline, dateline, dates, body, photos), and over all stories
the `statements` (who said what) and `claims` (commitments, demands, proposals, forecasts and figures). `read_all` reads
many inputs and yields a `Skipped` with its reason for each that cannot be read. Every statement and claim carries
a `Span` of the capture's text: `span.of(reading.capture.text)` gives its exact words. All values are frozen.
`check` reads likewise and puts a `Verdict` into every claim: what official figures say to it.
`figures` has official series, every edition of them, and what was known on a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.errors import (
    BadRow,
    CaptureError,
    FiguresError,
    ModelError,
    OnrecordError,
    UnknownEntity,
    UnknownIndicator,
    UsageError,
)
from onrecord.model import (
    Block,
    Capture,
    Claim,
    FieldSpans,
    Markup,
    Observation,
    Photo,
    Quantity,
    Reading,
    Skipped,
    Span,
    Statement,
    Story,
    TextQuoteSelector,
    Verdict,
    When,
)

if TYPE_CHECKING:
    from onrecord import figures
    from onrecord.pipeline import Settings, check, read, read_all

__version__ = "0.1.0"

__all__ = [
    "BadRow",
    "Block",
    "Capture",
    "CaptureError",
    "Claim",
    "FieldSpans",
    "FiguresError",
    "Markup",
    "ModelError",
    "Observation",
    "OnrecordError",
    "Photo",
    "Quantity",
    "Reading",
    "Settings",
    "Skipped",
    "Span",
    "Statement",
    "Story",
    "TextQuoteSelector",
    "UnknownEntity",
    "UnknownIndicator",
    "UsageError",
    "Verdict",
    "When",
    "check",
    "figures",
    "read",
    "read_all",
]


def __getattr__(name: str) -> Any:
    # at first use: a command that reads no page must not wait for what reads them
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if name == "figures":
        return import_module("onrecord.figures")
    return getattr(import_module("onrecord.pipeline"), name)
