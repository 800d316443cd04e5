"""The whole way from an input to a `Reading`: captures, stories, and of English stories the statements and claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from onrecord.captures import capture_from_bytes, capture_from_text, find_captures
from onrecord.errors import CaptureError, ModelError, UsageError
from onrecord.model import Capture, Reading, Skipped, Story
from onrecord.stories import find_stories

if TYPE_CHECKING:
    from onrecord.figures import Figures
    from onrecord.language import Analysis
    from onrecord.outlook import Followed
    from onrecord.second_reader import ChatServer

SUPPORTED_LANGUAGES = frozenset({"en", "und"})
"""Languages whose statements and claims are read. `und` (too short to tell) is read as English."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reading can be told: a language pipeline of the user's own, and a second reader of claims."""

    language_model: str | None = None
    """Name of an installed spaCy pipeline with UD labels; None for onrecord's own."""
    second_reader: ChatServer | None = None
    """Server of a language model that is asked for each story's claims too; None for none."""
    min_confidence: float = 0.0
    """Claims that are less likely to be right, or of which nobody can say, are left out; 0 keeps all."""
    figures: Figures | None = None
    """Official figures against which every claim is held; None for no verdicts."""


_DEFAULTS = Settings()
_Read = TypeVar("_Read")
_LONGEST_BODY = 300_000
"""Characters of a story's body that statements and claims are read from: half a novel, some 30 s on one core."""


def read(
    source: str | bytes | os.PathLike[str], *, allow_private: bool = False, settings: Settings = _DEFAULTS
) -> Reading:
    """Read one capture.

    Args:
        source: The capture's bytes, its text, a path, or an http(s) address. A string of one line without white
            space, or one that names an existing file, is a path; any other string is the text itself.
        allow_private: Whether an address may lead to a private, loopback or link-local host.
        settings: Language pipeline and second reader.

    Returns:
        The capture with its stories; a capture without a story gives none.

    Raises:
        CaptureError: The input cannot be read, with the reason.
        ModelError: The language model cannot be loaded.
    """
    if isinstance(source, bytes):
        return read_capture(capture_from_bytes(source, "<bytes>"), settings=settings)
    if isinstance(source, str) and not _names_a_place(source):
        # bytes, so that a string of HTML is taken for what it is; lone surrogates are for the decoder to replace
        return read_capture(capture_from_bytes(source.encode("utf-8", "surrogatepass"), "<text>"), settings=settings)
    place = os.fspath(source)
    for found in find_captures([place], allow_private=allow_private):
        if isinstance(found, Skipped):
            raise CaptureError(found.source, found.reason)
        return read_capture(found, settings=settings)
    raise CaptureError(place, "holds no capture")


def read_all(
    paths: Sequence[str], *, allow_private: bool = False, settings: Settings = _DEFAULTS
) -> Iterator[Reading | Skipped]:
    """Read every capture that `paths` lead to (files, folders, addresses, `-`), in order, one at a time.

    What cannot be read is yielded as `Skipped`, in its place; the others are read all the same.

    Raises:
        ModelError: The language model cannot be loaded.
    """
    for found in find_captures(paths, allow_private=allow_private):
        yield found if isinstance(found, Skipped) else read_guarded(found, settings=settings)


def read_new(
    paths: Sequence[str],
    known: Callable[[Capture], bool],
    *,
    allow_private: bool = False,
    settings: Settings = _DEFAULTS,
) -> Iterator[Reading | Capture | Skipped]:
    """Read every capture that `paths` lead to, as `read_all` does, but for those that are `known`.

    A path to lines of `read --json` gives the readings that they are.

    Yields:
        In order: a reading; a capture that is known, as it was found; an input that cannot be read as `Skipped`.
    """
    from onrecord.record.readings import holds_readings, readings_in

    for path in paths:
        given = readings_in(path) if holds_readings(path) else find_captures([path], allow_private=allow_private)
        for found in given:
            capture = found.capture if isinstance(found, Reading) else found
            if isinstance(capture, Skipped) or known(capture):
                yield capture
            elif isinstance(found, Capture):
                yield read_guarded(found, settings=settings)
            else:
                yield found


def read_capture(capture: Capture, *, settings: Settings = _DEFAULTS) -> Reading:
    """Find the capture's stories and read each one's statements and claims."""
    stories = tuple(_read_story(capture, story, settings) for story in find_stories(capture))
    return Reading(capture=capture, stories=stories)


def read_guarded(capture: Capture, *, settings: Settings = _DEFAULTS) -> Reading | Skipped:
    """Read one capture as `read_capture` does; a fault of ours is a `Skipped` that asks to be reported."""
    return _guarded(capture, partial(read_capture, settings=settings))


def follow(
    paths: Sequence[str],
    figures: Figures,
    *,
    as_of: dt.date | None = None,
    allow_private: bool = False,
    settings: Settings = _DEFAULTS,
) -> Iterator[tuple[Capture, tuple[Followed, ...]] | Skipped]:
    """Read every capture, as `read_all` does, and say where its commitments, demands and proposals stand.

    Args:
        paths: Files, folders, addresses, `-`.
        figures: The figures.
        as_of: Day whose knowledge counts; None: all that is known.
        allow_private: As for `read`.
        settings: As for `read`.

    Yields:
        Each capture with what is to be kept or met in it, in order; an input that cannot be read as `Skipped`.
    """

    def followed(capture: Capture) -> tuple[Capture, tuple[Followed, ...]]:
        return capture, _followed(capture, figures, as_of, settings)

    for found in find_captures(paths, allow_private=allow_private):
        yield found if isinstance(found, Skipped) else _guarded(found, followed)


def _followed(capture: Capture, figures: Figures, as_of: dt.date | None, settings: Settings) -> tuple[Followed, ...]:
    from onrecord.outlook import Followed
    from onrecord.outlook.claims import KINDS, follow

    found = []
    for story in find_stories(capture):
        if story.language not in SUPPORTED_LANGUAGES:
            continue
        read, analysis = _analysed(capture, story, settings)
        about, country = _about(read), analysis.names.country
        for claim in read.claims:
            if claim.kind in KINDS and not claim.negated:
                outlook = follow(claim, figures, day=read.day, country=country, about=about, as_of=as_of)
                found.append(Followed(claim=claim, outlook=outlook))
    return tuple(found)


def check(
    source: str | bytes | os.PathLike[str],
    *,
    on: dt.date | None = None,
    figures: Figures | None = None,
    settings: Settings = _DEFAULTS,
) -> Reading:
    """Read one capture and hold its claims against official figures.

    Args:
        source: As for `read`; with `on` the text of one or a few sentences, each number of which is a claim.
        on: Day on which the sentences were said.
        figures: The figures; None for the built-in ones.
        settings: Language pipeline and second reader.

    Returns:
        The reading, with a verdict in every claim. Raises as `read` does.
    """
    from onrecord.figures import load as load_figures

    settings = dataclasses.replace(settings, figures=figures or settings.figures or load_figures())
    if on is None:
        return read(source, settings=settings)
    return _check_sentences(str(source), on, settings)


def _check_sentences(text: str, on: dt.date, settings: Settings) -> Reading:
    """Take a text for the body of a story of its own, whatever it looks like."""
    from onrecord.claims import find_claims
    from onrecord.language import analyse, load
    from onrecord.statements import find_statements
    from onrecord.verdicts import claims_of_sentence

    capture = capture_from_text(text, "<text>")
    if not capture.text.strip():
        raise UsageError("the text to check is empty")
    whole = (0, len(capture.text))
    story = Story(start=0, end=whole[1], published=on.isoformat(), language="en", body=(whole,))
    analysis = analyse(story, capture.text, load(settings.language_model))
    statements = find_statements(analysis)
    claims = claims_of_sentence(analysis, find_claims(analysis, statements))
    story = replace(story, statements=statements, claims=claims)
    assert settings.figures is not None  # noqa: S101  # `check` sees to it
    return Reading(capture=capture, stories=(_checked(story, analysis, settings.figures),))


def _guarded(capture: Capture, read: Callable[[Capture], _Read]) -> _Read | Skipped:
    try:
        return read(capture)
    except ModelError:
        raise
    except MemoryError:
        return Skipped(capture.source, "to read it takes more memory than there is")
    except Exception as error:  # a fault of ours on one capture must not cost the other thousand
        return Skipped(capture.source, f"internal error, please report it: {type(error).__name__}: {error}")


def _read_story(capture: Capture, story: Story, settings: Settings) -> Story:
    if story.language not in SUPPORTED_LANGUAGES:
        return replace(story, notes=(*story.notes, f"language not supported for claims: {story.language}"))
    story, analysis = _analysed(capture, story, settings)
    return _checked(story, analysis, settings.figures) if settings.figures else story


def _analysed(capture: Capture, story: Story, settings: Settings) -> tuple[Story, Analysis]:
    """Return an English story with its statements and claims, and what was analysed for them."""
    # imported here: the language stage takes a second to load, which a page without an English story need not pay
    from onrecord.claims import find_claims
    from onrecord.language import analyse, load
    from onrecord.statements import find_statements

    story = _shortened(story)
    analysis = analyse(story, capture.text, load(settings.language_model))
    statements = find_statements(analysis)
    story = replace(story, statements=statements, claims=find_claims(analysis, statements))
    if settings.second_reader:
        story = _read_again(analysis, story, settings.second_reader)
    return _confident(story, settings.min_confidence), analysis


def _confident(story: Story, least: float) -> Story:
    """Return the story with the claims that are at least so likely to be right; 0 keeps also those without a figure."""
    return replace(story, claims=tuple(claim for claim in story.claims if (claim.confidence or 0.0) >= least))


def _checked(story: Story, analysis: Analysis, figures: Figures) -> Story:
    """Return the story with a verdict on each of its claims."""
    from onrecord.verdicts import check

    country = analysis.names.country
    about = _about(story)
    verdicts = [check(claim, figures, day=story.day, country=country, about=about) for claim in story.claims]
    claims = tuple(replace(claim, verdict=found) for claim, found in zip(story.claims, verdicts, strict=True))
    return replace(story, claims=claims)


def _about(story: Story) -> str:
    """Return the words that tell what a story is about."""
    return " ; ".join(filter(None, (story.headline, *(claim.measure for claim in story.claims))))


def _shortened(story: Story) -> Story:
    """Return the story, with a note and without what stands behind the longest body where it is longer."""
    left, kept = _LONGEST_BODY, []
    for start, end in story.body:
        if left <= 0:
            break
        kept.append((start, min(end, start + left)))
        left -= end - start
    if left >= 0:
        return story
    note = f"longer than {_LONGEST_BODY:,} characters: only so much is read"
    return replace(story, body=tuple(kept), notes=(*story.notes, note))


def _read_again(analysis: Analysis, story: Story, server: ChatServer) -> Story:
    """Add what a second reader found; where it fails the rules' reading stands, and the story says so."""
    from onrecord.second_reader import ChatError, merge, read_answers

    try:
        answers = read_answers(analysis, server.ask(analysis.body.text))
    except ChatError as error:
        return replace(story, notes=(*story.notes, f"second reader failed: {error}"))
    notes = (f"second reader: {answers.dropped} answers dropped, not in the story's words",) if answers.dropped else ()
    return replace(story, claims=merge(story.claims, answers.claims), notes=story.notes + notes)


def _names_a_place(text: str) -> bool:
    if text.startswith(("http://", "https://")) and not any(map(str.isspace, text)):
        return True
    if not text or len(text) > 4096 or "\n" in text or "\0" in text:
        return False
    return Path(text).exists() or not any(map(str.isspace, text))
