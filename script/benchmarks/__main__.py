"""Runs the benchmarks asked for, in turn."""

import argparse

from script.benchmarks import desk, grading, pages, scenarios, search, simulator

BENCHMARKS = {
    "desk": desk.main,
    "grading": grading.main,
    "pages": pages.main,
    "scenarios": scenarios.main,
    "search": search.main,
    "simulator": simulator.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "--only", default=",".join(BENCHMARKS), help="comma-separated: " + ", ".join(BENCHMARKS)
    )
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for name in arguments.only.split(","):
        BENCHMARKS[name](rounds=arguments.rounds)


main()
