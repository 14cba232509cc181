"""Who is in the demo cohort: the same people for the same seed, however many are asked for."""

from dataclasses import dataclass
from random import Random

INSTRUCTOR = ("instructor@example.org", "Ines Okafor")
LEARNER = "learner@example.org"

# The first fourteen have an answer story each, in this order; see answers/.
FIRST_NAMES = (
    "Mara Lindqvist",
    "Tobi Adeyemi",
    "Wanjiru Kamau",
    "Rui Castro",
    "Elena Dimitrova",
    "Samir Farouk",
    "Sigrid Haugen",
    "Haruka Ito",
    "Diego Quispe",
    "Nguyễn Minh Anh",
    "Priya Raman",
    "Noah Fischer",
    "Leilani Kahale",
    "Oskar Wiśniewski",
)
GONE_QUIET = {3: 12, 11: 17}
"""Days since they were last here."""

GIVEN = (  # noqa: SIM905
    "Aaliyah Adaeze Agnieszka Aiko Alejandra Amara Anouk Arjun Ayşe Bilal Bongani Camille Chidi Chloé "
    "Daniyar Dalisay Eero Eilidh Emeka Fatima Femi Freya Gabriel Giulia Hamid Hanna Hiroshi Ibrahim "
    "Ingrid Iona Isabela Ivan Jamal Jin-woo Jorge Kaan Kateryna Keahi Khadija Kwame Laila Lars Leonie "
    "Linh Lucía Luka Mads Malia Marek Mateus Mei-Ling Mihai Mina Nadia Naledi Nikos Noor Olena Omar "
    "Paloma Pavel Quentin Rafael Ravi Rosa Saoirse Selin Shanthi Sofía Sven Tamar Thabo Tomás Ulrike "
    "Valentina Viktor Wei Xiomara Yara Yusuf Zofia Zuri"
).split()
FAMILY = (  # noqa: SIM905
    "Abebe Achterberg Aguilar Almeida Andersson Baptiste Bondarenko Brennan Cabrera Chukwu Costa Dlamini "
    "Duarte Eriksen Fernández Ferrari Gallagher Georgiou Hakimi Hashimoto Hoang Horvat Ibáñez Iqbal "
    "Jansen Jovanović Kapoor Karimov Khumalo Kim Kovács Laurent Lim Łukasik MacLeod Mahlangu Mbeki Mensah "
    "Moreau Moyo Nakamura Ndiaye Novák Obi Oliveira Osei Park Petrov Popescu Qureshi Ramos Reyes "
    "Rosenberg Saarinen Santos Schröder Shah Sokolov Takahashi Tan Tesfaye Torres Tuala Ueda Vargas Verma "
    "Vos Wang Weber Yılmaz Zając Zhang"
).split()


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up learner: `quiet_for` is 0 for somebody who keeps coming."""

    number: int
    email: str
    name: str
    quiet_for: int


def people(count: int, seed: int) -> tuple[Person, ...]:
    """
    >>> [person.email for person in people(2, seed=1)]
    ['learner@example.org', 'learner-001@example.org']
    """
    return tuple(_person(number, seed) for number in range(count))


def chance(seed: int, number: int, about: str) -> Random:
    """Its own dice for each person and purpose, so that more people change nobody."""
    return Random(f"{seed}/{number}/{about}")  # noqa: S311  (nothing secret)


def _person(number: int, seed: int) -> Person:
    email = f"learner-{number:03}@example.org" if number else LEARNER
    if number < len(FIRST_NAMES):
        return Person(number, email, FIRST_NAMES[number], GONE_QUIET.get(number, 0))
    dice = chance(seed, number, "who")
    name = f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}"
    quiet_for = dice.randint(8, 30) if dice.random() < 0.12 else 0
    return Person(number, email, name, quiet_for)
