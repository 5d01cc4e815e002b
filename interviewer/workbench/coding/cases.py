"""Draws random cases and asks the reference about them: runs in the sandbox, without a candidate.

Standard library only, and no import of this package.
"""

import importlib
import json
import os
import random
import sys
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 (pathlib takes 10 ms)
SIZES = (1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 25, 30, 35, 40)


def _main() -> None:
    with open(os.path.join(HERE, "request.json"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
        request = json.load(file)
    sys.path.insert(0, HERE)
    generate = importlib.import_module("generator").generate
    target = getattr(importlib.import_module("reference"), request["entry"])
    rng = random.Random(request["seed"])  # noqa: S311 (variety, not secrecy)
    is_class = request["kind"] == "class"

    def drawn(n: int) -> dict[str, Any]:
        given = json.loads(json.dumps(generate(rng, n)))
        return {"args": given[0], "calls": given[1]} if is_class else {"args": given}

    cases = []
    for n in SIZES:
        given = drawn(n)
        text = json.dumps(given)
        if is_class:
            made = target(*given["args"])
            gives = [getattr(made, name)(*args) for name, *args in given["calls"]]
        else:
            gives = target(*given["args"])
        cases.append({"input": text, "gives": gives})
    growth = [json.dumps(drawn(n)) for n in (request["n"], 8 * request["n"])]
    sys.stdout.write(json.dumps({"cases": cases, "growth": growth}))


if __name__ == "__main__":
    _main()
