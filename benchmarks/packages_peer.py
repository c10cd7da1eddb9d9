"""The same frontier by NegMAS, run by the Python that has it; knows nothing of this project.

Points are turned into its utility functions as they are, reservation 0. One outcome stands for each pair or triple of
points, as with us: it lists an outcome again where another has the same points.
"""

import json
import resource
import sys
from pathlib import Path
from time import perf_counter


def solve(points: list) -> list:
    from negmas import LinearAdditiveUtilityFunction, make_issue
    from negmas.preferences.ops import pareto_frontier

    issues = [make_issue([str(o) for o in range(len(of))], name=str(n)) for n, of in enumerate(points[0])]
    ufuns = [
        LinearAdditiveUtilityFunction(
            values={str(n): {str(o): float(p) for o, p in enumerate(of)} for n, of in enumerate(party)},
            issues=issues,
            reserved_value=0.0,
        )
        for party in points
    ]
    found, _ = pareto_frontier(ufuns, issues=issues)
    return sorted({tuple(round(worth) for worth in one) for one in found})


def main() -> None:
    points = json.loads(Path(sys.argv[1]).read_text())
    solve([[[0, 1], [2, 0]] for _ in points])
    start = perf_counter()
    found = solve(points)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "megabytes": peak, "points": found}))


if __name__ == "__main__":
    main()
