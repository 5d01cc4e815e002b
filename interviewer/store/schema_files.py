"""The JSON Schemas of the seed files, for editors that complete and check YAML while it is written.

`python -m interviewer.store.schema_files` writes `seeds/schemas/`; with `--check` it writes nothing
and fails if a file there is not what the models say. The product itself reads no schema: it
validates with the models.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interviewer.errors import SeedError
from interviewer.paths import shipped
from interviewer.store import (
    catalog_files,
    preparation_files,
    problem_files,
    sketch_files,
    sql_problem_files,
)

SCHEMAS = {
    **catalog_files.SCHEMAS,
    **preparation_files.SCHEMAS,
    **problem_files.SCHEMAS,
    **sql_problem_files.SCHEMAS,
    **sketch_files.SCHEMAS,
}

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_documents() -> dict[str, str]:
    """By file name: the schema as JSON text."""
    return {f"{name}.schema.json": _text(name) for name in SCHEMAS}


def _text(name: str) -> str:
    generated: dict[str, Any] = SCHEMAS[name].json_schema()
    title = f"A seed file of kind {name}"
    document = {"$schema": _DIALECT, **generated, "title": title}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> tuple[str, ...]:
    """Writes every schema that differs; returns the names of the files written.

    Args:
        folder: `seeds/schemas`; made if it is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = outdated(folder)
    for name in written:
        (folder / name).write_text(schema_documents()[name], encoding="utf-8")
    return written


def outdated(folder: Path) -> tuple[str, ...]:
    """Names of schema files that are missing or not what the models say."""
    return tuple(
        name
        for name, text in schema_documents().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    )


def main(arguments: Sequence[str]) -> None:
    """Writes the schemas, or with `--check` compares them.

    Raises:
        SeedError: `--check` found a file that is missing or out of date.
    """
    folder = shipped("seeds") / "schemas"
    if "--check" not in arguments:
        write_schemas(folder)
    elif found := outdated(folder):
        raise SeedError(
            f"{folder}: {', '.join(found)} not up to date: run `make generate` and commit"
        )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SeedError as error:
        sys.exit(str(error))
