"""The whole way from an input to a `Reading`: captures, stories, and of English stories the statements and claims."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from onrecord.captures import capture_from_bytes, capture_from_text, find_captures
from onrecord.errors import CaptureError, ModelError
from onrecord.model import Capture, Reading, Skipped, Story
from onrecord.stories import find_stories

SUPPORTED_LANGUAGES = frozenset({"en", "und"})
"""Languages whose statements and claims are read. `und` (too short to tell) is read as English."""


def read(
    source: str | bytes | os.PathLike[str], *, allow_private: bool = False, language_model: str | None = None
) -> Reading:
    """Read one capture.

    Args:
        source: The capture's bytes, its text, a path, or an http(s) address. A string of one line without white
            space, or one that names an existing file, is a path; any other string is the text itself.
        allow_private: Whether an address may lead to a private, loopback or link-local host.
        language_model: Name of an installed spaCy pipeline with UD labels, to use instead of onrecord's own.

    Returns:
        The capture with its stories; a capture without a story gives none.

    Raises:
        CaptureError: The input cannot be read, with the reason.
        ModelError: The language model cannot be loaded.
    """
    if isinstance(source, bytes):
        return read_capture(capture_from_bytes(source, "<bytes>"), language_model=language_model)
    if isinstance(source, str) and not _names_a_place(source):
        return read_capture(capture_from_text(source, "<text>"), language_model=language_model)
    place = os.fspath(source)
    for found in find_captures([place], allow_private=allow_private):
        if isinstance(found, Skipped):
            raise CaptureError(found.source, found.reason)
        return read_capture(found, language_model=language_model)
    raise CaptureError(place, "holds no capture")


def read_all(
    paths: Sequence[str], *, allow_private: bool = False, language_model: str | None = None
) -> Iterator[Reading | Skipped]:
    """Read every capture that `paths` lead to (files, folders, addresses, `-`), in order, one at a time.

    What cannot be read is yielded as `Skipped`, in its place; the others are read all the same.

    Raises:
        ModelError: The language model cannot be loaded.
    """
    for found in find_captures(paths, allow_private=allow_private):
        yield found if isinstance(found, Skipped) else _read_or_skip(found, language_model)


def read_capture(capture: Capture, *, language_model: str | None = None) -> Reading:
    """Find the capture's stories and read each one's statements and claims."""
    stories = tuple(_read_story(capture, story, language_model) for story in find_stories(capture))
    return Reading(capture=capture, stories=stories)


def _read_or_skip(capture: Capture, language_model: str | None) -> Reading | Skipped:
    try:
        return read_capture(capture, language_model=language_model)
    except ModelError:
        raise
    except Exception as error:  # a fault of ours on one capture must not cost the other thousand
        return Skipped(capture.source, f"internal error, please report it: {type(error).__name__}: {error}")


def _read_story(capture: Capture, story: Story, language_model: str | None) -> Story:
    if story.language not in SUPPORTED_LANGUAGES:
        return replace(story, notes=(*story.notes, f"language not supported for claims: {story.language}"))
    # imported here: the language stage takes a second to load, which a page without an English story need not pay
    from onrecord.claims import find_claims
    from onrecord.language import analyse, load
    from onrecord.statements import find_statements

    analysis = analyse(story, capture.text, load(language_model))
    statements = find_statements(analysis)
    return replace(story, statements=statements, claims=find_claims(analysis, statements))


def _names_a_place(text: str) -> bool:
    if text.startswith(("http://", "https://")) and not any(map(str.isspace, text)):
        return True
    if not text or len(text) > 4096 or "\n" in text or "\0" in text:
        return False
    return Path(text).exists() or not any(map(str.isspace, text))
