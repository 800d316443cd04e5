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
"""

from onrecord.errors import CaptureError, ModelError, OnrecordError, UsageError
from onrecord.model import (
    Block,
    Capture,
    Claim,
    FieldSpans,
    Markup,
    Photo,
    Quantity,
    Reading,
    Skipped,
    Span,
    Statement,
    Story,
    TextQuoteSelector,
    When,
)
from onrecord.pipeline import Settings, read, read_all

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Capture",
    "CaptureError",
    "Claim",
    "FieldSpans",
    "Markup",
    "ModelError",
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
    "UsageError",
    "When",
    "read",
    "read_all",
]
