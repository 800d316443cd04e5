"""Stories of the record, found by words, outlet and days."""

from __future__ import annotations

from http import HTTPStatus

from litestar import get
from litestar.di import NamedDependency

from onrecord.record.database import Record
from onrecord.record.searching import Query, StoryHit, find_stories
from onrecord.web.api.asking import After, Answer, Day, Limit, Name, Words
from onrecord.web.api.problems import problems, refused


class StoriesPage(Answer, frozen=True, kw_only=True):
    """Stories, newest first, those without a day last."""

    stories: tuple[StoryHit, ...]


@get("/stories", tags=["stories"], responses=problems(422), sync_to_thread=True)
def find_them(
    record: NamedDependency[Record],
    words: Words = "",
    outlet: Name = None,
    first_day: Day = None,
    last_day: Day = None,
    limit: Limit = 20,
    after: After = None,
) -> StoriesPage:
    """Find stories, as `onrecord find --stories` does."""
    query = Query(words=words, outlet=outlet, first_day=first_day, last_day=last_day, limit=limit, after=after)
    with refused(HTTPStatus.UNPROCESSABLE_ENTITY):
        found = find_stories(record, query)
    return StoriesPage(stories=found.hits, after=found.after)


ROUTES = (find_them,)
