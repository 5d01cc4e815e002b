import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT

HEAVY = {
    "alembic",
    "chromadb",
    "fastapi",
    "langchain",
    "langchain_core",
    "nicegui",
    "numpy",
    "onnxruntime",
    "openai",
    "sqlalchemy",
}


def test_imports_go_down_the_layers_only() -> None:
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr


def test_the_command_line_starts_without_heavy_libraries() -> None:
    code = "import interviewer.cli.main, sys; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY & set(run.stdout.split()) == set()
