"""Calendar files as other programs read them."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from checkpoint.assignments.ics import LONGEST, Moment, calendar

AT = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)


def moment(title: str = "Due: Q2", text: str = "Autumn") -> Moment:
    return Moment("assignment-1@example.org", AT, title, text, "https://example.org/selfcheck/q/")


def unfolded(file: str) -> list[str]:
    return file.replace("\r\n ", "").split("\r\n")


def test_an_event_is_a_moment_in_universal_time() -> None:
    lines = unfolded(calendar("Autumn", [moment()], AT))
    assert "DTSTART:20261127T170000Z" in lines and "UID:assignment-1@example.org" in lines
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]


def test_signs_with_a_meaning_are_escaped() -> None:
    lines = unfolded(calendar("a", [moment("Plan; apply, wait", "one\r\ntwo\\three")], AT))
    assert "SUMMARY:Plan\\; apply\\, wait" in lines
    assert "DESCRIPTION:one\\ntwo\\\\three" in lines


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_words_break_a_line_or_the_file(title: str, text: str) -> None:
    file = calendar(title, [moment(title, text)], AT)
    lines = file.split("\r\n")
    assert all(len(line.encode("utf-8", "surrogatepass")) <= LONGEST for line in lines)
    assert "\n" not in file.replace("\r\n", "") and "\r" not in file.replace("\r\n", "")
    names = [line.partition(":")[0].partition(";")[0] for line in unfolded(file) if line]
    assert names.count("BEGIN") == names.count("END") == 2 and names.count("SUMMARY") == 1
