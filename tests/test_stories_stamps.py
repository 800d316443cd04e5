"""Time stamps in many languages, and what is left unread."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stories.months import is_weekday, month_number
from onrecord.stories.stamps import Stamp, caption_date, find_moments, read_stamp


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("2025-06-09 23:36 Last Updated At:23:41", Stamp("2025-06-09T23:36", "2025-06-09T23:41")),
        ("Posted May 24, 2026 10:05 am", Stamp("2026-05-24T10:05")),
        (
            "Published: 9 June 2025, 14:02 BST | Updated: 9 June 2025, 16:10 BST",
            Stamp("2025-06-09T14:02+01:00", "2025-06-09T16:10+01:00"),
        ),
        ("Updated 8:41 AM EST, December 19, 2024", Stamp(None, "2024-12-19T08:41-05:00")),
        ("Oct. 14, 2021, 7:15 a.m. ET", Stamp("2021-10-14T07:15-04:00")),
        ("Jan. 14, 2021, 12:15 a.m. ET", Stamp("2021-01-14T00:15-05:00")),
        ("Tuesday, April 3rd 2018, 9:52 PM CDT", Stamp("2018-04-03T21:52-05:00")),
        ("Published Wed, Nov 20 20194:29 AM ESTUpdated an hour ago", Stamp("2019-11-20T04:29-05:00")),
        ("2 minute readApril 25, 20232:26 PM GMT+2", Stamp("2023-04-25T14:26+02:00")),
        ("Mon 20 Jan 2020 06.05 GMT", Stamp("2020-01-20T06:05+00:00")),
        ("2022-12-28T12:31+0000", Stamp("2022-12-28T12:31+00:00")),
        ("15 July 2023 11:20 (UTC+04:00)", Stamp("2023-07-15T11:20+04:00")),
        ("13.02.24 14:05 (EET) · Army", Stamp("2024-02-13T14:05+02:00")),
        ("By Petra Lindqvist · September 19, 2019, 4:12 PM", Stamp("2019-09-19T16:12")),
        ("Mo., 9. Juni 2025, 18:00 Uhr", Stamp("2025-06-09T18:00")),
        ("Stand: 9. Juni 2025, 18:00 Uhr", Stamp(None, "2025-06-09T18:00")),
        ("12. MÄR 2025 18:03", Stamp("2025-03-12T18:03")),
        (
            "Publié le 9 juin 2025 à 14h02, mis à jour le 10 juin 2025 à 9h15",
            Stamp("2025-06-09T14:02", "2025-06-10T09:15"),
        ),
        ("9 de junio de 2025", Stamp("2025-06-09")),
        ("9 giugno 2025 - 14:02", Stamp("2025-06-09T14:02")),
        ("9 czerwca 2025, 14:02", Stamp("2025-06-09T14:02")),
        ("2025. június 9., 14:02", Stamp("2025-06-09T14:02")),
        ("2025. gada 9. jūnijs, 14:02", Stamp("2025-06-09T14:02")),
        ("9 июня 2025, 14:02", Stamp("2025-06-09T14:02")),
        ("9 Haziran 2025 14:02", Stamp("2025-06-09T14:02")),
        ("9. kesäkuuta 2025 klo 14.02", Stamp("2025-06-09T14:02")),
        ("Cập nhật: 9 tháng 6, 2025 14:02 GMT+7", Stamp(None, "2025-06-09T14:02+07:00")),
        ("٩ يونيو ٢٠٢٥", Stamp("2025-06-09")),
        ("9 जून 2025", Stamp("2025-06-09")),
        ("9 มิ.ย. 2568 14:02 น.", Stamp("2025-06-09T14:02")),
        ("2025年6月9日 18:00", Stamp("2025-06-09T18:00")),
        ("2025年6月9日 18:00更新", Stamp(None, "2025-06-09T18:00")),
        ("2025년 6월 9일 오후 3시 20분", Stamp("2025-06-09T15:20")),
    ],
)
def test_a_time_stamp_is_read_as_precisely_as_it_is_shown(line: str, stamp: Stamp) -> None:
    assert read_stamp(line) == stamp


@pytest.mark.parametrize(
    ("line", "day_first", "published"),
    [
        ("03/04/2025", None, None),
        ("03/04/2025", True, "2025-04-03"),
        ("03/04/2025", False, "2025-03-04"),
        ("04/04/2025", None, "2025-04-04"),
        ("24/03/2025", None, "2025-03-24"),
        ("03/24/2025", None, "2025-03-24"),
        ("03.04.2025", None, "2025-04-03"),
        ("03/04/2025 18:22", None, "2025-04-03T18:22"),
        ("03/04/2025 8:22 PM", None, None),
    ],
)
def test_the_order_of_day_and_month_is_not_guessed(line: str, day_first: bool | None, published: str | None) -> None:
    stamp = read_stamp(line, day_first=day_first)
    assert (stamp.published if stamp else None) == published


@pytest.mark.parametrize(
    "line",
    [
        "",
        "3 min read",
        "Updated 12 mins ago",
        "31 February 2025",
        "The ministers met on 9 June 2025 and agreed to meet again. They said that nothing else had been decided.",
        "Version 2.10.2025.1",
        "Tel. 020 7946 0018",
    ],
)
def test_a_line_without_a_date_and_a_sentence_with_one_are_no_stamps(line: str) -> None:
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("caption", "day"),
    [
        ("The two shake hands in Lisbon, Monday, June 9, 2025.", dt.date(2025, 6, 9)),
        ("Boats leave the harbour in Oban, on Tuesday, May 31, 2016, ahead of the race.", dt.date(2016, 5, 31)),
        ("FILE - Boats leave the harbour in Oban, Tuesday, May 31, 2016.", None),
        ("The bridge was opened on June 9, 2025.", None),
        ("The bridge at low water", None),
    ],
)
def test_a_caption_gives_a_day_only_with_its_weekday_and_never_from_the_archive(
    caption: str, day: dt.date | None
) -> None:
    assert caption_date(caption) == day


@pytest.mark.parametrize(
    ("word", "language", "month"),
    [
        ("Sept.", "en", 9),
        ("março", "pt", 3),
        ("lipca", "pl", 7),
        ("listopad", "hr", 10),
        ("listopad", "cs", 11),
        ("listopad", "und", None),
        ("декабря", "und", 12),
        ("Monday", "en", None),
    ],
)
def test_a_month_is_known_in_its_language_and_unknown_where_languages_differ(
    word: str, language: str, month: int | None
) -> None:
    assert month_number(word, language) == month


@pytest.mark.parametrize("word", ["Monday", "Thurs.", "Montag", "dimanche", "понедельник", "火曜日"])
def test_weekdays_are_known_in_many_languages(word: str) -> None:
    assert is_weekday(word)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]))
def test_every_day_is_read_back_from_how_it_is_written(day: dt.date, form: str) -> None:
    stamp = read_stamp(day.strftime(form))
    assert stamp is not None
    assert stamp.published == day.isoformat()


@given(st.text(alphabet="0123456789 :/.-,JjuneApl年月日Tz+", max_size=120))
def test_moments_lie_in_the_text_in_order(text: str) -> None:
    moments = find_moments(text)
    edges = [edge for moment in moments for edge in (moment.start, moment.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_a_long_line_is_looked_at_no_further_than_its_head() -> None:
    assert read_stamp("9 June 2025 " + "1" * 5_000_000) is None
