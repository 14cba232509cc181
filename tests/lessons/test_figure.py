"""Pictures of lessons."""

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("mini_course")


def test_a_figure_is_served_as_a_picture_that_may_do_nothing(client: Client) -> None:
    answer = client.get("/lessons/chapter-01/figures/target.svg")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/lessons/chapter-01/figures/lesson.md",
        "/lessons/chapter-01/figures/..%2Flesson.md",
        "/lessons/chapter-02/figures/target.svg",
        "/lessons/chapter-99/figures/target.svg",
    ],
)
def test_nothing_but_the_lessons_own_figures_is_served(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_figure_is_only_read(client: Client) -> None:
    assert client.post("/lessons/chapter-01/figures/target.svg").status_code == 405
