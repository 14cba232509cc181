"""The cast is that of the cohorts' own tests."""

from tests.cohorts.conftest import alice, bob, cohort, ivy, ivys, otto  # noqa: F401
