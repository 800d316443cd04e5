"""A story's body analysed."""

from __future__ import annotations

from spacy.language import Language

from onrecord.language.analysis import Analysis
from onrecord.language.english import load
from onrecord.language.home import home_country
from onrecord.language.names import find_names
from onrecord.language.quantities import find_quantities
from onrecord.language.quotations import find_quotations
from onrecord.language.text import BodyText
from onrecord.language.times import find_times
from onrecord.model import Story


def analyse(story: Story, capture_text: str, nlp: Language | None = None) -> Analysis:
    """Analyse the body of a story.

    Args:
        story: A story of the capture, in English; its `day` is what times are resolved against.
        capture_text: The text that the story's offsets point into.
        nlp: The language pipeline, `load()` where None.
    """
    body = BodyText(capture_text, story.body)
    doc = (nlp or load())(body.text)
    quotations = find_quotations(doc)
    times = find_times(doc, story.day)
    home = home_country(doc, story.dateline)
    return Analysis(
        story=story,
        body=body,
        doc=doc,
        quotations=quotations,
        times=times,
        quantities=find_quantities(doc, times, country=home),
        names=find_names(doc, quotations, home, _around(story)),
    )


def _around(story: Story) -> str:
    """Return the words of a story that stand outside its body, those written as in a sentence first."""
    return "\n".join((*(photo.caption for photo in story.photos), story.headline or ""))
