"""Language: a story's body analysed once (words, trees, names, quotations, times, quantities) for every later stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.language.analysing import analyse
    from onrecord.language.analysis import Analysis
    from onrecord.language.english import load

__all__ = ["Analysis", "analyse", "load"]


def __getattr__(name: str) -> Any:
    # at first use: who only looks up a country must not wait for spaCy
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.language import analysing

    return getattr(analysing, name)
