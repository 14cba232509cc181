"""The cast of cohorts, in the tests of their log."""

from tests.cohorts.conftest import alice, bob, cohort, ivy, ivys, otto  # noqa: F401
