"""The full screen of `onrecord review`."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Label, Static

from onrecord.cli import review_words as words
from onrecord.cli.review_walk import Walk
from onrecord.errors import OnrecordError
from onrecord.model import Claim
from onrecord.record.corrections import FIELDS, Refused, correct, read_quantity, typed_words
from onrecord.record.reviewing import Decision, Overtaken, UnderReview
from onrecord.report.visible import visible

_HELP: Final = """\
a      accept: the claim is right as it stands
c      correct: edit its fields; Enter stores them, Esc leaves
r      reject: this is no claim
s      skip: decide later; skipped claims come last
u      undo: take back your last decision that still counts
n  p   next, previous, without a decision (arrow keys too)
j  k   scroll the text
q      quit: every decision is stored already

Of each field the words that it was read from are underlined
in its colour. Nothing is lost: what the machine read is kept
beside every decision (onrecord review --history ADDRESS).

Correcting: quantity as `2.5% of GDP`, `at least 23`, or JSON;
days as 2027-01-01..2027-12-31, either end may be missing;
relation by, in or since; an empty field means that there is
nothing.

Any key goes back."""
_HINTS: Final = {
    "quantity": "such as 2.5% of GDP, at least 23, or JSON",
    "when": "such as by 2030",
    "relation": "by, in or since",
    "days": "such as 2027-01-01..2027-12-31",
}


class Help(ModalScreen[None]):
    """What the keys do."""

    def compose(self) -> ComposeResult:
        """Make the one panel."""
        with VerticalScroll(id="help"):
            yield Static(_HELP, markup=False)

    def on_key(self, event: Key) -> None:
        """Go back at any key, which does nothing else."""
        event.stop()
        self.dismiss()


class ReviewScreen(App[None]):
    """Walks through the queue."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None  # the fields of the form would take the keys
    CSS = """
    #top { height: 1; background: $panel; }
    #place { width: 1fr; }
    #left { width: auto; text-style: bold; }
    #headline, #facts { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #headline { text-style: bold; }
    #facts { color: $text-muted; }
    #passage { max-width: 100; }
    #text { height: 1fr; padding: 0 1; border-top: solid $panel; }
    #fields { height: auto; max-height: 60%; padding: 0 1; border-top: solid $panel; }
    #form { height: auto; max-height: 60%; padding: 0 1; border-top: solid $panel; display: none; }
    #form Horizontal { height: 1; }
    #form Label { width: 11; }
    #form Input { width: 1fr; height: 1; border: none; padding: 0; }
    #form Input:focus { background: $boost; }
    #message { height: auto; max-height: 3; padding: 0 1; }
    #help { width: 66; height: auto; max-height: 90%; padding: 1 2; background: $panel; }
    Help { align: center middle; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('accepted')", "Accept"),
        Binding("c", "correct", "Correct"),
        Binding("r", "decide('rejected')", "Reject"),
        Binding("s", "skip", "Skip"),
        Binding("u", "undo", "Undo"),
        Binding("n,right", "next", "Next"),
        Binding("p,left", "previous", "Prev"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("question_mark,f1", "help", "Help", key_display="?"),
        Binding("q", "quit", "Quit"),
        # of higher priority, so that keys typed ahead act in turn, and none goes to the field before
        Binding("enter", "store", "Store", priority=True),
        Binding("tab,down", "move(1)", "Next field", key_display="↓", priority=True),
        Binding("shift+tab,up", "move(-1)", "Field before", key_display="↑", priority=True),
        Binding("escape", "leave", "Leave as it was", priority=True),
    ]

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._editing: UnderReview | None = None

    def compose(self) -> ComposeResult:
        """Make the panels: place, story, text, fields or form, message, keys."""
        with Horizontal(id="top"):
            yield Static(id="place", markup=False)
            yield Static(id="left", markup=False)
        yield Static(id="headline", markup=False)
        yield Static(id="facts", markup=False)
        with VerticalScroll(id="text", can_focus=False):
            yield Static(id="passage", markup=False)
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(id="claim", markup=False)
        with Vertical(id="form"):
            for name in FIELDS:
                with Horizontal():
                    yield Label(Text(words.label(name), words.STYLES.get(name, "")))
                    yield Input(id=name, placeholder=_HINTS.get(name, ""), compact=True, select_on_focus=False)
        yield Static(id="message", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first claim; what reads quantities takes a second to load, and is needed only for a correction."""
        self.run_worker(lambda: read_quantity("1"), thread=True)
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let the keys of the form act only in the form, and all others only outside."""
        if action in ("store", "leave", "move"):
            return self._editing is not None
        if action in ("decide", "correct", "skip", "undo", "next", "previous", "scroll", "help", "quit"):
            return self._editing is None
        return True

    # -- what is shown

    def _show(self, message: str | Text = "") -> None:
        now = self._walk.now
        self.query_one("#left", Static).update(Text(f"{self._walk.left:,} left "))
        self.query_one("#message", Static).update(message if isinstance(message, Text) else Text(message))
        self.query_one("#text").scroll_home(animate=False)
        if now is None:
            self.query_one("#place", Static).update(Text(" onrecord review"))
            self.query_one("#headline", Static).update(Text("That was the last one."))
            self.query_one("#facts", Static).update("")
            self.query_one("#passage", Static).update(Text("p goes back, u takes back your last decision, q quits."))
            self.query_one("#claim", Static).update("")
            return
        self.query_one("#place", Static).update(Text(f" {now.address}"))
        self.query_one("#headline", Static).update(Text(_one_line(now.headline or "(no headline)")))
        self.query_one("#facts", Static).update(Text(_facts(now)))
        self.query_one("#passage", Static).update(words.passage(now))
        self.query_one("#claim", Static).update(_fields(now))

    def _say(self, message: str, style: str = "") -> None:
        self.query_one("#message", Static).update(Text(message, style))

    # -- what keys do

    def action_decide(self, decision: Decision) -> None:
        """Accept or reject the claim here."""
        if self._walk.now is not None:
            self._decide(decision)

    def action_skip(self) -> None:
        """Leave the claim here for later; one that is decided is only passed by."""
        now = self._walk.now
        if now is not None and now.standing is None:
            self._decide("skipped")
        else:
            self.action_next()

    def action_undo(self) -> None:
        """Take back the reviewer's last decision."""
        self._do(lambda: f"taken back: {self._walk.undo().review.decision}")

    def action_next(self) -> None:
        """Go on without a decision."""
        self._do(self._walk.next)

    def action_previous(self) -> None:
        """Go back."""
        self._do(self._walk.previous)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one("#text").scroll_relative(y=lines, animate=False)

    def action_help(self) -> None:
        """Show what the keys do."""
        self.push_screen(Help())

    def action_correct(self) -> None:
        """Open the form with the words that the claim has."""
        if self._walk.now is None:
            return
        self._editing = self._walk.now
        for name, value in self._shown_words(self._editing).items():
            self.query_one(f"#{name}", Input).value = value
        self._open_form(True)
        self._enter("kind")

    def action_move(self, fields: int) -> None:
        """Go to another field of the form."""
        focused = self.focused
        at = FIELDS.index(focused.id) if focused is not None and focused.id in FIELDS else 0
        self._enter(FIELDS[(at + fields) % len(FIELDS)])

    def action_leave(self) -> None:
        """Close the form; nothing was stored."""
        self._open_form(False)
        self._show("left as it was")

    def action_store(self) -> None:
        """Store what was typed, or say why not."""
        under = self._editing
        if under is None:
            return
        changes = self._changes(under)
        if not changes:
            self.action_leave()
            return
        found = correct(under, changes, figures=self._walk.by.figures)
        if isinstance(found, Refused):
            self._say(visible(str(found)), "bold red")
            self._enter(next(iter(found.reasons)))
            return
        self._open_form(False)
        self._decide("corrected", found.claim, "; ".join(found.warnings))

    @on(Input.Changed)
    def _tell_reading(self, event: Input.Changed) -> None:
        """Say how what is typed is read."""
        under = self._editing
        if under is None or not event.input.has_focus:
            return
        found = correct(under, self._changes(under))
        if isinstance(found, Refused):
            self._say(visible(str(found)), "red")
        else:
            self._say(visible("; ".join([f"read as {words.told(found.claim)}", *found.warnings])))

    # -- how

    def _do(self, step: Callable[[], str | Text | None]) -> None:
        """Take a step and show where it led with its message, or say why it could not be taken."""
        try:
            message = step()
            self._show(message or "")
        except OnrecordError as error:
            self._say(visible(str(error)), "bold red")

    def _decide(self, decision: Decision, corrected: Claim | None = None, warnings: str = "") -> None:
        def step() -> str | Text:
            done = self._walk.decide(decision, corrected)
            if isinstance(done, Overtaken):
                return Text(visible(done.reason), "bold red")
            told = f"{decision}: {words.told(done.review.claim)}"
            return visible("; ".join(filter(None, (told, warnings))))

        self._do(step)

    def _shown_words(self, under: UnderReview) -> dict[str, str]:
        return {name: visible(value) for name, value in typed_words(under).items()}

    def _changes(self, under: UnderReview) -> dict[str, str]:
        typed = {name: self.query_one(f"#{name}", Input).value for name in FIELDS}
        return {name: typed[name] for name, shown in self._shown_words(under).items() if typed[name] != shown}

    def _enter(self, field: str) -> None:
        self.set_focus(self.query_one(f"#{field}", Input))  # at once; a widget's own `focus` lets keys overtake it

    def _open_form(self, opened: bool) -> None:
        if not opened:
            self._editing = None
            self.set_focus(None)
        self.query_one("#form").display = opened
        self.query_one("#fields").display = not opened
        self.refresh_bindings()


def _facts(now: UnderReview) -> str:
    facts = (now.outlet, str(now.day) if now.day else "no date", now.url or now.source)
    return _one_line(" · ".join(filter(None, facts)))


def _one_line(text: str) -> str:
    return words.shortened(visible(text))


def _fields(now: UnderReview) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=9)
    table.add_column(overflow="fold")
    for name, value in words.field_words(now.claim).items():
        table.add_row(Text(words.label(name), words.STYLES[name]), Text(value))
    review = Text(words.decision_words(now.standing), "bold") if now.standing else Text("nobody has decided")
    table.add_row(Text("review", "dim"), review)
    table.add_row(Text("sure", "dim"), Text(words.confidence_words(now.claim)))
    table.add_row(Text("verdict", "dim"), Text(words.verdict_words(now.claim)))
    return table
