"""The desk's pages in the site's navigation."""

from checkpoint.cohorts.desk import PAGES
from checkpoint.overview.frame import SECTIONS


def test_every_page_of_the_desk_stands_under_cohorts_in_the_navigation() -> None:
    names = {name for page in PAGES for name in (page.name, *page.within)}
    assert names <= set(SECTIONS["cohorts"])
