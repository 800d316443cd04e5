"""The page Review: claims that nobody has decided about, one after the other, and who decided what."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, get_args
from urllib.parse import parse_qsl, quote, unquote

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from onrecord.errors import UsageError
from onrecord.model import Claim, ClaimKind, Relation
from onrecord.record.corrections import FIELDS, Refused, correct, typed_words
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.review_queue import Order, Wanted, left
from onrecord.record.reviewing import (
    Decision,
    Overtaken,
    Review,
    UnderReview,
    decide,
    decisions,
    history,
    look,
    undo,
)
from onrecord.report import words
from onrecord.web import given, marking
from onrecord.web.desk import Desk
from onrecord.web.gate import Refusal
from onrecord.web.pages.claims import passage
from onrecord.web.pages.login import own_path
from onrecord.web.plain import seen
from onrecord.web.rendering import page, with_query
from onrecord.web.review_line import Line, line

_REVIEWER: Final = "onrecord-reviewer"
_YEAR: Final = 365 * 24 * 3600
_LONGEST_NAME: Final = 200
_LOGGED: Final = 50
"""Decisions on a page of the log."""
_ORDERS: Final = get_args(Order)
_HINTS: Final = {
    "quantity": "2.5% of GDP, at least 23, or JSON",
    "when": "by 2030",
    "days": "2027-01-01..2027-12-31",
    "country": "a name, or a code as GB",
}
_CHOICES: Final = {"kind": get_args(ClaimKind), "relation": ("", *get_args(Relation)), "negated": ("no", "yes")}
"""Fields that are chosen from a list."""
_DECIDED: Final = ("accepted", "rejected", "skipped")


class Walk(Struct, frozen=True, kw_only=True):
    """Which claims a reviewer walks through, as the address tells it."""

    wanted: Wanted
    order: Order
    told: dict[str, str]

    def address(self, at: str | None = None, **more: str | None) -> str:
        """Return where a claim of it is (None: the first that waits)."""
        return with_query(f"/review/{quote(at)}" if at else "/review", **self.told, **more)

    def line(self, record: Record) -> Line:
        """Return its claims in order."""
        return line(record, self.wanted, self.order)


class Problem(Struct, frozen=True, kw_only=True):
    """Why a claim is shown again instead of the next."""

    status_code: int = 422
    told: str = ""
    reasons: dict[str, str] = {}
    """By fields of the correction."""
    warnings: tuple[str, ...] = ()
    """About a correction that is stored when it is sent once more."""
    typed: dict[str, str] = {}


class Told(Struct, frozen=True, kw_only=True):
    """A decision in the log."""

    review: Review
    claim: str
    """In one line."""
    otherwise: str
    """What the machine read otherwise; empty where nothing."""


@get("/review", include_in_schema=False, sync_to_thread=True)
def first(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[Any]:
    """Lead to the first claim that waits; where none does, say so."""
    walk = _walk(request.query_params)
    try:
        record = desk.record()
    except UsageError:
        return page(request, "review_none.html", walk=walk, missing=True, ended=False, done=None, kinds=_KINDS)
    done = _last(record, request.query_params.get("done"))
    ended = bool(request.query_params.get("end"))
    at = None if ended else walk.line(record).after()
    if at is None:
        return page(request, "review_none.html", walk=walk, missing=False, ended=ended, done=done, kinds=_KINDS)
    return Redirect(walk.address(at), status_code=303)


@get("/review/log", include_in_schema=False, sync_to_thread=True)
def log(request: Request[Any, Any, Any], record: NamedDependency[Record]) -> Response[str]:
    """Show who decided what, newest first."""
    before = given.whole("before", request.query_params.get("before", ""), most=10**9 - 1)
    found = decisions(record, limit=_LOGGED + 1, before=before)
    further = with_query("/review/log", before=found[_LOGGED - 1].number) if len(found) > _LOGGED else None
    return page(
        request,
        "review_log.html",
        told=[_told(one) for one in found[:_LOGGED]],
        reviewer=_reviewer(request),
        begin="/review/log" if before is not None else None,
        further=further,
    )


@get("/review/{address:str}", include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any], record: NamedDependency[Record], address: FromPath[str]) -> Response[str]:
    """Show a claim to be decided about."""
    return _shown(request, record, _walk(request.query_params), _look(record, address))


@post("/review/name", include_in_schema=False, status_code=303, sync_to_thread=False)
def name(data: URLEncodedBody[dict[str, str]]) -> Redirect:
    """Keep the reviewer's name and go back."""
    reviewer = " ".join(data.get("name", "").split())
    if not reviewer or not reviewer.isprintable() or len(reviewer) > _LONGEST_NAME:
        raise Refusal(422, f"a name has 1 to {_LONGEST_NAME} letters that can be seen", "Go back and give another.")
    kept = Cookie(_REVIEWER, value=quote(reviewer), max_age=_YEAR, samesite="strict", httponly=True)
    return Redirect(own_path(data.get("to", "/review")), status_code=303, cookies=[kept])


@post("/review/undo", include_in_schema=False, status_code=303, sync_to_thread=True)
def take_back(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    data: URLEncodedBody[dict[str, str]],
) -> Response[Any]:
    """Take back the reviewer's last decision, or that of a number, and lead to its claim."""
    reviewer, number = _required_reviewer(request), given.whole("number", data.get("number", ""), most=10**9 - 1)
    try:
        undone = undo(record, reviewer, number=number, by=by).review
    except UsageError as error:
        raise Refusal(409, str(error), "Go back: nothing was changed.") from error
    walk = _walk(dict(parse_qsl(data.get("within", ""))))
    return Redirect(walk.address(undone.address, undone=undone.decision), status_code=303)


@post("/review/{address:str}", include_in_schema=False, status_code=303, sync_to_thread=True)
def decide_one(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    address: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Response[Any]:
    """Store a decision and lead to the next claim; where somebody was faster, show the claim as it is now."""
    decision = given.one_of("decision", data.get("decision", ""), _DECIDED)
    if decision is None:
        raise Refusal(400, "no decision was sent", "Use the buttons of the page.")
    now = _look(record, address)
    return _stored(request, record, by, now, decision, data)  # type: ignore[arg-type]  # just checked


@post("/review/{address:str}/correct", include_in_schema=False, status_code=303, sync_to_thread=True)
def correct_one(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    address: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Response[Any]:
    """Store a correction; where it cannot be meant, or should be looked at once more, show it again and say why."""
    now, walk = _look(record, address), _walk(dict(parse_qsl(data.get("within", ""))))
    typed: dict[str, str] = {field: data[field] for field in FIELDS if field in data}
    shown = _shown_words(now)
    changes = {field: value for field, value in typed.items() if value != shown[field]}
    if not changes:
        told = "nothing was changed; a claim that is right is accepted"
        return _shown(request, record, walk, now, Problem(told=told, typed=typed))
    found = correct(now, changes, figures=by.figures)
    if isinstance(found, Refused):
        told = "this cannot be meant; nothing was stored"
        return _shown(request, record, walk, now, Problem(told=told, reasons=found.reasons, typed=typed))
    if found.warnings and data.get("warned") != _digest(found.warnings):
        told = "nothing is stored yet: look at this once more, and store it if it is right"
        return _shown(request, record, walk, now, Problem(told=told, warnings=found.warnings, typed=typed))
    return _stored(request, record, by, now, "corrected", data, found.claim)


def _stored(
    request: Request[Any, Any, Any],
    record: Record,
    by: RatedBy,
    now: UnderReview,
    decision: Decision,
    data: Mapping[str, str],
    corrected: Claim | None = None,
) -> Response[Any]:
    walk, reviewer = _walk(dict(parse_qsl(data.get("within", "")))), _required_reviewer(request)
    if data.get("seen") != _state(now):
        return _shown(request, record, walk, now, Problem(status_code=409, told=Overtaken(now=now).reason))
    try:
        done = decide(record, now.address, decision, reviewer=reviewer, corrected=corrected, seen=now, by=by)
    except UsageError as error:
        return _shown(request, record, walk, now, Problem(told=str(error)))
    if isinstance(done, Overtaken):
        return _shown(request, record, walk, done.now, Problem(status_code=409, told=done.reason))
    way = walk.line(record)
    further = way.after(now.address)
    if decision == "skipped":
        way.put_last(now.address)
    return Redirect(walk.address(further, done=now.address, end=None if further else "1"), status_code=303)


def _shown(
    request: Request[Any, Any, Any], record: Record, walk: Walk, now: UnderReview, problem: Problem | None = None
) -> Response[str]:
    way = walk.line(record)
    further, before = way.after(now.address), way.before(now.address)
    undone = given.one_of("undone", request.query_params.get("undone", ""), get_args(Decision))
    return page(
        request,
        "review.html",
        status_code=problem.status_code if problem else 200,
        now=now,
        passage=passage(now),
        runs=marking.marked(now.claim.evidence.of(now.text), now.claim),
        names=marking.FIELDS,
        values=_values(now.claim),
        state=_state(now),
        reviewer=_reviewer(request),
        waiting=left(record),
        told=[_told(one) for one in history(record, now.address)],
        done=None if problem else _last(record, request.query_params.get("done")),
        undone=None if problem else undone,
        problem=problem,
        warned=_digest(problem.warnings) if problem and problem.warnings else "",
        typed=_shown_words(now) | (problem.typed if problem else {}),
        editing=bool(problem and problem.typed),
        hints=_HINTS,
        choices=_CHOICES,
        walk=walk,
        within=with_query("", **walk.told).removeprefix("?"),
        next=walk.address(further, end=None if further else "1"),
        previous=walk.address(before) if before else None,
        kinds=_KINDS,
    )


_KINDS: Final = get_args(ClaimKind)


def _walk(asked: Mapping[str, str]) -> Walk:
    """Return which claims are walked through; raises `Refusal` (400) where that cannot be meant."""
    told = {name: asked.get(name, "").strip() for name in ("kind", "actor", "outlet", "unsure", "order")}
    unsure = given.whole("unsure", told["unsure"], most=100)
    wanted = Wanted(
        kind=given.one_of("kind", told["kind"], _KINDS),  # type: ignore[arg-type]  # just checked
        actor=given.words("actor", told["actor"]),
        outlet=given.words("outlet", told["outlet"]),
        max_confidence=None if unsure is None else unsure / 100,
    )
    order: Any = given.one_of("order", told["order"], _ORDERS) or _ORDERS[0]
    return Walk(wanted=wanted, order=order, told={name: value for name, value in told.items() if value})


def _look(record: Record, address: str) -> UnderReview:
    try:
        return look(record, address)
    except UsageError as error:
        raise Refusal(404, str(error), "Go on with the next claim that waits: Review, above.") from error


def _last(record: Record, address: str | None) -> Told | None:
    """Return the last decision about a claim; None where there is none."""
    try:
        found = history(record, address) if address else ()
    except UsageError:
        return None
    return _told(found[-1]) if found else None


def _reviewer(request: Request[Any, Any, Any]) -> str:
    return " ".join(unquote(request.cookies.get(_REVIEWER, "")).split())[:_LONGEST_NAME]


def _required_reviewer(request: Request[Any, Any, Any]) -> str:
    reviewer = _reviewer(request)
    if not reviewer or not reviewer.isprintable():
        raise Refusal(422, "nobody said who decides; nothing was stored", "Go back, load the page and give your name.")
    return reviewer


def _state(now: UnderReview) -> str:
    """Return what tells this state of a claim from others."""
    return _digest((now.standing.number if now.standing else None, now.claim))


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]


def _shown_words(now: UnderReview) -> dict[str, str]:
    return {field: seen(value) for field, value in typed_words(now).items()}


def _values(claim: Claim) -> dict[str, str]:
    """Return what a claim says, by the names of `marking.FIELDS`; empty for nothing."""
    actor = f"{claim.actor} ({claim.country})" if claim.actor and claim.country else claim.actor
    when = claim.when
    days = words.period(when) if when else ""
    told = {
        "cue": claim.kind + (" (not)" if claim.negated else ""),
        "actor": actor,
        "measure": claim.measure,
        "quantity": words.quantity(claim.quantity) if claim.quantity else None,
        "when": (days if not when or days == f"“{when.text}”" else f"{when.text} → {days}"),
        "said_by": claim.said_by,
    }
    return {field: value or "" for field, value in told.items()}


def _told(review: Review) -> Told:
    values, read = _values(review.claim), _values(review.machine)
    otherwise = [f"{marking.FIELDS[field]} {value or '–'}" for field, value in read.items() if value != values[field]]
    kind, said_by = values.pop("cue"), values.pop("said_by")
    fields = ", ".join(filter(None, values.values())) or "nothing"
    told = f"{kind}: {fields}{f'; said by {said_by}' if said_by else ''}"
    return Told(review=review, claim=told, otherwise=", ".join(otherwise))


ROUTES = (first, log, show, name, take_back, decide_one, correct_one)
