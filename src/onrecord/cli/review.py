"""`onrecord review`: people decide about claims, on the full screen or by single commands."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final, get_args

import msgspec
import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import told_when_closed
from onrecord.errors import OnrecordError, UsageError
from onrecord.model import ClaimKind

if TYPE_CHECKING:
    from onrecord.record.database import Record
    from onrecord.record.review_queue import Order, Wanted
    from onrecord.record.reviewing import Decided, Decision, Overtaken

REVIEWER: Final = "ONRECORD_REVIEWER"
"""Environment variable that names the reviewer where no option does."""
_ORDERS: Final = ("least-certain", "newest")


def review_command(
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Claims of this kind.")] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Of this actor: part of a name, or a country.")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="HOST", help="Of this outlet.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="At least so certain.")
    ] = None,
    max_confidence: Annotated[
        float | None, typer.Option("--max-confidence", metavar="0..1", min=0, max=1, help="At most so certain.")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--address", metavar="START", help="Whose addresses begin so: those of a capture.")
    ] = None,
    order: Annotated[
        str, typer.Option("--order", metavar="ORDER", help="least-certain first, or newest first.")
    ] = "least-certain",
    record: RecordPlace = None,
    reviewer: Annotated[
        str | None,
        typer.Option("--reviewer", metavar="NAME", help=f"Who decides (default: {REVIEWER}, else the login name)."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print the queue.")] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many of the list.")] = 50,
    accept: Annotated[str | None, typer.Option("--accept", metavar="ADDRESS", help="Accept a claim.")] = None,
    reject: Annotated[str | None, typer.Option("--reject", metavar="ADDRESS", help="Reject a claim.")] = None,
    skip: Annotated[str | None, typer.Option("--skip", metavar="ADDRESS", help="Put a claim last.")] = None,
    correct: Annotated[
        str | None, typer.Option("--correct", metavar="ADDRESS", help="Correct a claim, with --set.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=WORDS", help="A field as it is right; no words empty it."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the reviewer's last decision.")] = False,
    number: Annotated[
        int | None, typer.Option("--number", metavar="N", help="With --undo: this review, as --history numbers it.")
    ] = None,
    history: Annotated[
        str | None, typer.Option("--history", metavar="ADDRESS", help="Print all reviews of a claim.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines (--list, --history).")] = False,
) -> None:
    """Decide about claims that nobody has reviewed: accept, correct, reject or skip, each stored at once."""
    from onrecord.record.database import open_record, place_of_record

    single = {"accepted": accept, "rejected": reject, "skipped": skip, "corrected": correct, "history": history}
    asked = [name for name, given in (single | {"list": listed, "undo": undo}).items() if given]
    wanted = _wanted(kind, actor, outlet, min_confidence, max_confidence, address)
    _require_one(asked, filtered=wanted != _wanted(), changes=changes, number=number, as_json=as_json)
    with open_record(place_of_record(record)) as opened, told_when_closed():
        if history:
            _print_history(opened, history, as_json=as_json)
        elif listed:
            _print_queue(opened, wanted, _order(order), limit, as_json=as_json)
        elif undo:
            _undo(opened, _reviewer(reviewer), number)
        elif correct:
            _correct(opened, correct, _reviewer(reviewer), changes or [])
        elif asked:
            _decide(opened, str(single[asked[0]]), asked[0], _reviewer(reviewer))  # type: ignore[arg-type]
        else:
            _walk(opened, _reviewer(reviewer), wanted, _order(order))


def _wanted(
    kind: str | None = None,
    actor: str | None = None,
    outlet: str | None = None,
    min_confidence: float | None = None,
    max_confidence: float | None = None,
    address: str | None = None,
) -> Wanted:
    from onrecord.record.review_queue import Wanted

    if kind is not None and kind not in get_args(ClaimKind):
        raise UsageError(f"--kind {kind}: one of {', '.join(get_args(ClaimKind))}")
    return Wanted(
        kind=kind,  # type: ignore[arg-type]
        actor=actor,
        outlet=outlet,
        min_confidence=min_confidence,
        max_confidence=max_confidence,
        address=address,
    )


def _order(given: str) -> Order:
    if given not in _ORDERS:
        raise UsageError(f"--order {given}: one of {', '.join(_ORDERS)}")
    return given  # type: ignore[return-value]


def _require_one(
    asked: Sequence[str], *, filtered: bool, changes: list[str] | None, number: int | None, as_json: bool
) -> None:
    """Raise where options were given that do not go together."""
    if len(asked) > 1:
        raise UsageError("one at a time: --list, --accept, --reject, --skip, --correct, --undo or --history")
    what = asked[0] if asked else "walk"
    if filtered and what not in ("walk", "list"):
        raise UsageError("filters choose from the queue: they go with --list, or with none of the other commands")
    if (what == "corrected") != bool(changes):
        raise UsageError("--correct ADDRESS and --set FIELD=WORDS go together")
    if number is not None and what != "undo":
        raise UsageError("--number goes with --undo")
    if as_json and what not in ("list", "history"):
        raise UsageError("--json goes with --list and --history")


def _reviewer(given: str | None) -> str:
    name = given or os.environ.get(REVIEWER)
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError(f"nobody is known by name here; --reviewer NAME or {REVIEWER} says who decides") from error


def _walk(record: Record, reviewer: str, wanted: Wanted, order: Order) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the full screen needs a terminal; --list, --accept, --correct and the others do not")
    try:
        from onrecord.cli.review_screen import ReviewScreen
    except ModuleNotFoundError as error:
        raise UsageError(
            "the full screen needs an extra: pip install 'onrecord[review]'; --list, --accept and the others do not"
        ) from error
    from onrecord.cli.review_walk import Walk
    from onrecord.record.rating import known_figures

    ReviewScreen(Walk(record, reviewer, wanted, order, known_figures())).run()


def _decide(record: Record, address: str, decision: Decision, reviewer: str) -> None:
    from onrecord.record.rating import known_figures
    from onrecord.record.reviewing import decide, look

    seen = look(record, address)
    _require_own(seen.standing, reviewer, address)
    _print_decided(decide(record, address, decision, reviewer=reviewer, seen=seen, by=known_figures()))


def _correct(record: Record, address: str, reviewer: str, changes: list[str]) -> None:
    from onrecord.record.corrections import Refused, correct
    from onrecord.record.rating import known_figures
    from onrecord.record.reviewing import decide, look

    seen = look(record, address)
    _require_own(seen.standing, reviewer, address)
    by = known_figures()
    found = correct(seen, _fields(changes), figures=by.figures)
    if isinstance(found, Refused):
        raise UsageError(f"{address}: {found}")
    done = decide(record, address, "corrected", reviewer=reviewer, corrected=found.claim, seen=seen, by=by)
    for warning in found.warnings:
        print(f"onrecord: {address}: {warning}", file=sys.stderr)
    _print_decided(done)


def _fields(changes: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for change in changes:
        name, equals, words = change.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise UsageError(f"--set {change}: a field and its words, such as actor=Norland")
        if name in fields:
            raise UsageError(f"--set {name}: given twice")
        fields[name] = words
    return fields


def _undo(record: Record, reviewer: str, number: int | None) -> None:
    from onrecord.cli.review_words import decision_words
    from onrecord.record.rating import known_figures
    from onrecord.record.reviewing import undo

    undone = undo(record, reviewer, number=number, by=known_figures())
    now = decision_words(undone.standing) if undone.standing else "as the machine read it"
    print(f"{undone.review.address}: taken back: {undone.review.decision}; it counts now: {now}")


def _require_own(standing: object, reviewer: str, address: str) -> None:
    """Raise where somebody else has decided: a script overwrites nobody's decision without having seen it."""
    from onrecord.cli.review_words import decision_words
    from onrecord.record.reviewing import Review

    if isinstance(standing, Review) and standing.reviewer != reviewer:
        raise OnrecordError(
            f"{address}: decided already ({decision_words(standing)}); take it back first: "
            f"onrecord review --undo --number {standing.number}"
        )


def _print_decided(done: Decided | Overtaken) -> None:
    from onrecord.cli.review_words import told
    from onrecord.record.reviewing import Overtaken

    if isinstance(done, Overtaken):
        raise OnrecordError(f"{done.now.address}: {done.reason}")
    review = done.review
    was = f" (was {done.before.decision})" if done.before else ""
    print(f"{review.address}: {review.decision}{was}: {told(review.claim)} [review {review.number}]")


def _print_queue(record: Record, wanted: Wanted, order: Order, limit: int, *, as_json: bool) -> None:
    from onrecord.cli.review_words import confidence_words, shortened, told
    from onrecord.record.review_queue import left, queue
    from onrecord.report.visible import visible

    found = queue(record, wanted, order=order, limit=limit)
    for one in found:
        if as_json:
            _print_json(one)
            continue
        facts = (
            one.address,
            f"sure {confidence_words(one.claim)}",
            str(one.day or "no date"),
            visible(one.outlet or ""),
        )
        print("  ".join(filter(None, (*facts, "skipped" if one.skipped else ""))))
        print(f"  {told(one.claim)}")
        print(f"  {shortened(visible(one.words))}")
    print(f"onrecord: {len(found):,} of {left(record, wanted):,} claims that wait for a decision", file=sys.stderr)


def _print_history(record: Record, address: str, *, as_json: bool) -> None:
    from onrecord.cli.review_words import decision_words, told
    from onrecord.record.reviewing import history

    found = history(record, address)
    for review in found:
        if as_json:
            _print_json(review)
        else:
            print(f"{decision_words(review)}\n  {told(review.claim)}")
    if not found:
        print(f"onrecord: {address}: nobody has decided", file=sys.stderr)


def _print_json(value: object) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
