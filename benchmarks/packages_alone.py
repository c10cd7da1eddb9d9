"""One frontier of ours in a process of its own: `python -m benchmarks.packages_alone points.json`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

from detente.analysis.packages import Domain, Issue, Preferences, Problem, frontier


def problem_of(points: list[list[list[int]]]) -> Problem:
    issues = (Issue(str(n), tuple(map(str, range(len(of))))) for n, of in enumerate(points[0]))
    parties = (Preferences(str(n), tuple(map(tuple, party))) for n, party in enumerate(points))
    return Problem.of(Domain(tuple(issues)), *parties)


def main() -> None:
    points = json.loads(Path(sys.argv[1]).read_text())
    frontier(problem_of([[[0, 1], [2, 0]] for _ in points]))
    start = perf_counter()
    found = frontier(problem_of(points))
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    shown = sorted(outcome.points for outcome in found.outcomes)
    print(json.dumps({"seconds": seconds, "megabytes": peak, "points": shown}))


if __name__ == "__main__":
    main()
