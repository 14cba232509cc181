"""Numbers in addresses: `<number:…>` has no more digits than a database's whole numbers."""

from django.urls import converters, register_converter


class Number(converters.IntConverter):
    """As `int`, but what no row can have as its id is no address at all."""

    regex = "[0-9]{1,18}"


def use_numbers() -> None:
    """Lists of addresses call this before they say `<number:…>`; once is enough."""
    if "number" not in converters.get_converters():
        register_converter(Number, "number")
