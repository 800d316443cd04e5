"""Readers for tests of the server: what they do depends on what they are given."""

from __future__ import annotations

import os
import time

from onrecord.captures import capture_from_text
from onrecord.model import Reading, Skipped, Story
from onrecord.web.reading_process import Job


def read(job: Job) -> Reading | Skipped:
    """Read a page as one story without claims; some words make a reader slow, greedy or dead."""
    text = job.original.data.decode()
    if "for ever" in text:
        time.sleep(600)
    if "too much" in text:
        len(bytearray(6 * 2**30))
    if "die" in text:
        os._exit(3)
    if "print" in text:
        print("between the answers")
    if "refuse" in text:
        return Skipped(job.source, "refused as asked")
    capture = capture_from_text(text, job.source)
    story = Story(start=0, end=len(text), headline="Read", body=((0, len(text)),))
    return Reading(capture=capture, stories=(story,))
