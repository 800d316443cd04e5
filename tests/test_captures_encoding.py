"""Bytes to characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.encoding import decode

SENTENCES = {
    "en": "The mayor’s plan – “no ifs, no buts” – will cost £30 million before 2031, the café owners’ union said.",
    "fr": "La mairie a annoncé mardi que les crèches resteront ouvertes l’été prochain, malgré la grève à Noël.",
    "de": "Die Stadt Möwenfels kündigte am Dienstag an, die Fähren für Schüler künftig schneller fahren zu lassen.",
    "es": "La alcaldesa anunció el martes que el año próximo habrá más autobuses; «mañana será otro día», añadió.",
    "pl": "Burmistrz zapowiedział we wtorek, że miasto zwiększy wydatki na żłobki. „Będzie szybciej”, powiedział.",
    "cs": "Starosta v úterý oznámil, že město zvýší výdaje na školky o pět procent. Žádné další peníze nebudou.",
    "ru": "Мэр города заявил во вторник, что расходы на паромы вырастут до семи процентов. «Мы успеем», — сказал он.",
    "el": "Η δήμαρχος ανακοίνωσε την Τρίτη ότι ο δήμος θα αυξήσει τις δαπάνες για τα πλοία στο επτά τοις εκατό.",
    "tr": "Belediye başkanı salı günü vapur giderlerinin yüzde yediye çıkacağını açıkladı. İşler hızlanacak, dedi.",
    "ja": "市長は火曜日、渡し船の予算を七パーセントまで増やすと発表した。「もっと速く動く」と述べた。",
    "ko": "시장은 화요일 나룻배 예산을 칠 퍼센트로 늘리겠다고 발표했다. 더 빨리 움직이겠다고 그는 말했다.",
    "zh": "市长星期二宣布，渡轮预算将提高到百分之七。他说：“我们会更快行动。”",
    "zh-Hant": "市長星期二宣布，渡輪預算將提高到百分之七。他說：「我們會更快行動。」",
    "he": "ראש העיר הודיע ביום שלישי כי התקציב למעבורות יגדל לשבעה אחוזים.",
    "ar": "أعلن رئيس البلدية يوم الثلاثاء أن ميزانية العبارات سترتفع إلى سبعة في المئة.",
}
ENCODINGS = {
    "en": ["windows-1252"],
    "fr": ["windows-1252"],
    "de": ["windows-1252", "iso-8859-15"],
    "es": ["windows-1252", "iso-8859-1"],
    "pl": ["windows-1250", "iso-8859-2"],
    "cs": ["windows-1250", "iso-8859-2"],
    "ru": ["windows-1251", "koi8-r", "iso-8859-5"],
    "el": ["windows-1253", "iso-8859-7"],
    "tr": ["windows-1254"],
    "ja": ["shift_jis", "euc-jp"],
    "ko": ["euc-kr"],
    "zh": ["gb18030", "gbk"],
    "zh-Hant": ["big5"],
    "he": ["windows-1255"],
    "ar": ["windows-1256"],
}
WRITTEN = [
    pytest.param(
        text := SENTENCES[language].encode(encoding, "ignore"),
        text.decode(encoding),
        encoding,
        id=f"{language}-{encoding}",
    )
    for language, encodings in ENCODINGS.items()
    for encoding in encodings
]
UTF = [*(pytest.param(sentence, id=language) for language, sentence in SENTENCES.items())]


@pytest.mark.parametrize(("data", "text", "encoding"), WRITTEN)
def test_a_declared_encoding_is_used(data: bytes, text: str, encoding: str) -> None:
    assert decode(data, declared=encoding) == text


@pytest.mark.parametrize(("data", "text", "encoding"), WRITTEN)
@pytest.mark.parametrize(
    "opening",
    [
        '<meta charset="{}">',
        "<meta http-equiv=content-type content='text/html; charset={}'>",
        '<?xml version="1.0" encoding="{}"?>',
    ],
)
def test_a_pages_own_declaration_is_used(data: bytes, text: str, encoding: str, opening: str) -> None:
    declaration = opening.format(encoding)
    assert decode(declaration.encode() + data) == declaration + text


@pytest.mark.parametrize(("data", "text", "encoding"), WRITTEN)
def test_an_undeclared_encoding_is_detected(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(("data", "text", "encoding"), WRITTEN)
def test_what_is_wrongly_declared_as_utf8_is_detected(data: bytes, text: str, encoding: str) -> None:
    assert decode(data, declared="utf-8") == text


@pytest.mark.parametrize("sentence", UTF)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "no-such-label", "base64"])
def test_utf8_is_read_as_such_whatever_is_declared(sentence: str, declared: str | None) -> None:
    assert decode(sentence.encode(), declared=declared) == sentence


@pytest.mark.parametrize("sentence", UTF)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(sentence: str, encoding: str) -> None:
    assert decode(sentence.encode(encoding), declared="koi8-r") == sentence


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_of_latin_script_is_known_without_a_mark(encoding: str) -> None:
    assert decode(SENTENCES["de"].encode(encoding)) == SENTENCES["de"]


def test_iso_2022_jp_is_read_where_it_is_declared() -> None:
    assert decode(SENTENCES["ja"].encode("iso-2022-jp"), declared="iso-2022-jp") == SENTENCES["ja"]


def test_a_latin1_label_means_windows_1252_as_on_the_web() -> None:
    assert decode("“So – no”, dit l’élu".encode("cp1252"), declared="latin-1") == "“So – no”, dit l’élu"


def test_damaged_utf8_keeps_all_but_the_damage() -> None:
    data = SENTENCES["ru"].encode()
    assert decode(data[:101] + data[102:]) == data[:101].decode("utf-8", "replace") + data[102:].decode(
        "utf-8", "replace"
    )


def test_text_cut_in_the_middle_of_a_character_loses_only_that() -> None:
    assert decode(SENTENCES["ko"].encode()[:-2]) == SENTENCES["ko"][:-2] + "\ufffd"


def test_a_few_characters_beyond_ascii_deep_in_a_long_text_are_found() -> None:
    text = "The mayor said so. " * 20_000 + "The café’s owner’s “no” was résolu. "
    assert decode(text.encode("cp1252")) == text


@given(
    st.binary(max_size=300),
    st.one_of(st.none(), st.sampled_from(["utf-8", "utf-16", "shift_jis", "idna", "rot13", ""])),
)
def test_any_bytes_give_characters_that_can_be_stored(data: bytes, declared: str | None) -> None:
    text = decode(data, declared=declared)
    assert len(text) <= len(data)
    assert text.encode().decode() == text
