"""Runs the fuzzer and prints what it found, each kind once with the shortest lines that show it."""

import argparse
import sys
import time

from script.fuzzing.hunt import hunted


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool", default="", help="only this tool's commands (the recordings stay)")
    parser.add_argument(
        "--slow", type=float, default=0, help="report lines above these seconds of processor time too"
    )
    arguments = parser.parse_args()
    start, played = time.monotonic(), 0
    found: dict[str, int] = {}
    for count, finding in hunted(arguments.seed, arguments.lines, arguments.tool, arguments.slow):
        played += count
        if finding:
            kind = finding.problem.partition(": ")[0]
            found[kind] = found.get(kind, 0) + 1
            if found[kind] <= (5 if kind == "slow" else 1):
                print(finding.told(), flush=True)
    seconds = time.monotonic() - start
    print(f"{played:,} lines, seed {arguments.seed}, {seconds:.0f} s: {sum(found.values())} findings")
    for kind, times in sorted(found.items(), key=lambda pair: -pair[1]):
        print(f"  {times:5}  {kind}")
    return int(bool(found))


sys.exit(main())
