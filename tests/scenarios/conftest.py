import pytest

from tests.builders import make_learner, signed_in


@pytest.fixture
def alice(mini_course):
    return make_learner("alice")


@pytest.fixture
def page(alice):
    """Alice's browser."""
    return signed_in(alice)


@pytest.fixture
def address(page):
    """Of a run that Alice has just begun."""
    return page.post("/scenarios/wrong-target/start/")["Location"]
