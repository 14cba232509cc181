"""Quantities: what they are worth, and how the server writes them."""

import pytest

from checkpoint.core.sim.parts.kubernetes.quantities import canonical, quantity


@pytest.mark.parametrize(("text", "value"), [("2", 2), ("1500m", 1.5), ("1Ki", 1024), ("x", 0), ("1Zi", 0)])
def test_a_quantity_is_read_in_whole_units(text: str, value: float) -> None:
    assert quantity(text) == value


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("1024Mi", "1Gi"),
        ("1.5Gi", "1536Mi"),
        ("512Mi", "512Mi"),
        ("1000m", "1"),
        ("0.25", "250m"),
        (2, "2"),
        ("1000", "1k"),
        ("1048576", "1048576"),
        ("0", "0"),
        ("lots", "lots"),
        ("1e3", "1e3"),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_the_server_keeps_a_quantity_in_its_shortest_form(given: object, kept: object) -> None:
    assert canonical(given) == kept
