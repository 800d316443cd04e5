"""A capture's stories: which blocks are body, and where one story ends and the next begins."""

from onrecord.stories.assemble import find_stories

__all__ = ["find_stories"]
