"""Runs one query in a process of its own: `python -I child.py`, JSON request in, JSON result out.

DuckDB in memory, and nothing else within reach: no files, extensions, other databases or settings. The
limits are set on this very process before the library is loaded; whoever started it kills it when the
time is over. No import of this package, for a quick start.
"""

import datetime as dt
import decimal
import json
import math
import resource
import sys
from typing import Any

_CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "0B",
    "threads": "1",
}
_EXACT_DIGITS = 15
"""So many decimal digits survive in a float (IEEE 754 double precision)."""
_BATCH = 500
_CALLED = {"MULTI": "a PIVOT that looks for its columns itself", "LOAD": "LOAD or INSTALL"}
_MEMORY = {"status": "memory", "message": "it needs more memory than it may have"}


class _TooMuch(Exception):
    """The result passes a limit."""


def main() -> int:
    """Reads the request, runs its query, prints the result."""
    request = json.loads(sys.stdin.buffer.read())
    limits = request["limits"]
    _limit(limits)
    try:
        text = json.dumps(_run(request, limits), allow_nan=False)
    except MemoryError:
        text = json.dumps(_MEMORY)
    except ImportError:
        text = json.dumps({"status": "no-engine"})
    sys.stdout.write(text)
    sys.stdout.flush()
    return 0


def _limit(limits: dict[str, Any]) -> None:
    cpu_s = limits["cpu_s"]
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["process_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(request: dict[str, Any], limits: dict[str, Any]) -> dict[str, Any]:
    import duckdb

    memory = f"{limits['memory_bytes'] >> 20}MB"
    con = duckdb.connect(":memory:", config={**_CONFIG, "memory_limit": memory})
    for table in request["tables"]:
        con.execute(f"CREATE TABLE {table['name']} ({table['columns']})")
        unnested = ", ".join(f"unnest(${i + 1})" for i in range(len(table["values"])))
        con.execute(f"INSERT INTO {table['name']} SELECT {unnested}", table["values"])
    con.execute("SET enable_profiling='no_output'")
    con.execute("SET lock_configuration=true")
    try:
        if refused := _refusal(duckdb, request["query"]):
            return {"status": "refused", "message": refused}
        found = con.execute(request["query"])
        columns = [{"name": d[0], "type": str(d[1])} for d in found.description or []]
        rows = _fetched(found, len(columns), limits)
    except _TooMuch as error:
        return {"status": "too-large", "message": str(error)}
    except duckdb.OutOfMemoryException:
        return _MEMORY
    except duckdb.PermissionException:
        return {
            "status": "refused",
            "message": "files cannot be reached from here, only the tables",
        }
    except duckdb.Error as error:
        return {"status": "error", "message": str(error)}
    return {"status": "ok", "columns": columns, "rows": rows, "touched": _touched(con)}


def _refusal(duckdb: Any, query: str) -> str | None:
    """Why the text is not one query; DuckDB's own parser says what it holds."""
    statements = duckdb.extract_statements(query)
    if not statements:
        return "there is no statement in it"
    if len(statements) > 1:
        return f"it holds {len(statements)} statements; send one SELECT"
    kind = statements[0].type
    if kind != duckdb.StatementType.SELECT:
        name = _CALLED.get(kind.name, kind.name)
        return f"{name} is not allowed here; send one SELECT (it may begin with WITH)"
    if statements[0].named_parameters:
        return "it has parameters ($1, ?); write the values into it"
    return None


def _fetched(found: Any, width: int, limits: dict[str, Any]) -> list[list[Any]]:
    if width > limits["columns"]:
        raise _TooMuch(f"the result has {width} columns; at most {limits['columns']} are read")
    rows: list[list[Any]] = []
    size = 0
    while batch := found.fetchmany(_BATCH):
        for row in batch:
            cells = [_cell(value, limits["cell_chars"]) for value in row]
            size += sum(len(cell) for cell in cells if isinstance(cell, str))
            rows.append(cells)
        if len(rows) > limits["rows"]:
            raise _TooMuch(f"the result has more than {limits['rows']:,} rows")
        if size > limits["result_chars"]:
            raise _TooMuch(f"the result is longer than {limits['result_chars']:,} characters")
    return rows


def _cell(value: Any, most: int) -> Any:
    """A value as JSON has it: null, boolean, number, or text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, decimal.Decimal):
        exact = len(value.as_tuple().digits) <= _EXACT_DIGITS and value.is_finite()
        return float(value) if exact else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dt.datetime):
        value = value.isoformat(sep=" ")
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _touched(con: Any) -> int:
    """The most rows that any one step of the plan handed on."""
    most, steps = 0, list(json.loads(con.get_profiling_information()).get("operator", ()))
    while steps:
        step = steps.pop()
        most = max(most, step.get("intermediate_rows", 0))
        steps += step.get("children", ())
    return most


if __name__ == "__main__":
    sys.exit(main())
