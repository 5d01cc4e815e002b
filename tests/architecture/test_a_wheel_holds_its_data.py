"""Builds a wheel with uv, which fetches the build backend from the package index."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from interviewer.web.evals import REPORTS
from tests.architecture.tree import ROOT, files

UV = Path(sys.executable).with_name("uv")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not UV.is_file(), reason="uv is not in the environment; `make test` has it"),
]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, as it would be installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [str(part) for part in (UV, "build", "--wheel", "--quiet", "--out-dir", folder, ROOT)]
    # As in the Makefile: behind some proxies only the machine's own certificates are valid.
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ}
    subprocess.run(build, check=True, timeout=300, env=environment)
    (wheel,) = folder.glob("interviewer-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_it_holds_every_file_of_the_package_and_of_the_data_folders(unpacked: Path) -> None:
    expected = set()
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("interviewer/"):
            expected.add(name)
        elif name.startswith(("prompts/", "seeds/", "knowledge/")):
            expected.add(f"interviewer/_data/{name}")
    # The page on the evaluation shows the reports; the labelled answers stay behind.
    expected |= {f"interviewer/_data/evals/{name}" for name in (*REPORTS, "confusion.svg")}
    held = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")}
    assert expected - held == set()


def test_the_installed_program_finds_its_content_from_any_folder(
    unpacked: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    code = (
        "import interviewer, sys; from interviewer.cli.main import main;"
        "print(interviewer.__file__); sys.argv = ['interviewer', 'check']; main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    where, counted = run.stdout.splitlines()
    assert Path(where).is_relative_to(unpacked)
    assert "nothing to correct" in counted
