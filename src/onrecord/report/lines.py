"""JSON Lines: one object a capture, and the JSON Schema that it keeps."""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.model import Capture, CaptureLine, Claim, Reading, Skipped
from onrecord.outlook.values import Followed, GroupOutlook, Outlook


class SkippedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One input that could not be read, and why."""

    source: str
    skipped: str


class OutlookLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `onrecord outlook --json`: `outlook`; for a group with its members `group`; else why `unrated`."""

    source: str | None = None
    """The capture that the claim was read from; null where it was given by hand."""
    claim: Claim | None = None
    outlook: Outlook | None = None
    group: GroupOutlook | None = None
    unrated: str | None = None
    """Why a claim has no target that could be held against a series."""


def outlook_line(found: Outlook | GroupOutlook) -> bytes:
    """Return the JSON line (UTF-8, with its newline) of an outlook asked for by hand."""
    line = OutlookLine(outlook=found) if isinstance(found, Outlook) else OutlookLine(group=found)
    return msgspec.json.encode(line) + b"\n"


def followed_line(capture: Capture, followed: Followed) -> bytes:
    """Return the JSON line (UTF-8, with its newline) of a claim that was read, and where it stands."""
    found = followed.outlook
    told = {"outlook": found} if isinstance(found, Outlook) else {"unrated": found.reason}
    return msgspec.json.encode(OutlookLine(source=capture.source, claim=followed.claim, **told)) + b"\n"


def line(found: Reading | Skipped) -> bytes:
    """Return the JSON line (UTF-8, with its newline) of a reading or a skipped input."""
    return msgspec.json.encode(_record(found)) + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line."""
    lines = [CaptureLine, SkippedLine, OutlookLine]
    references, components = msgspec.json.schema_components(lines, ref_template="#/$defs/{name}")
    for component in components.values():  # a line always holds every field, null where there is nothing
        component["required"] = list(component["properties"])
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of `onrecord read --json`, or of `onrecord outlook --json`",
        "anyOf": list(references),
        "$defs": components,
    }
    return dict(msgspec.json.decode(msgspec.json.encode(whole)))  # JSON's own types: a default () becomes []


def _record(found: Reading | Skipped) -> CaptureLine | SkippedLine:
    if isinstance(found, Skipped):
        return SkippedLine(source=found.source, skipped=found.reason)
    return CaptureLine.of(found)
