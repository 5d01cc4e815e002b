"""Two processes that find the same work to do it once."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS

BUILD = """
import pickle, sys
from pathlib import Path
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
passages = pickle.loads(Path(sys.argv[3]).read_bytes())
state = PassageIndex(Path(sys.argv[1]), embedder=MiniLM(Path(sys.argv[2]))).ensure(passages)
sys.stdout.write(f"{state.built} {state.fingerprint}")
"""


@pytest.mark.slow
def test_one_builds_and_the_other_waits(tmp_path: Path, model_cache: Path, minilm: MiniLM) -> None:
    minilm.embed(["make the graph before the race"])
    folder, listed = tmp_path / "index", tmp_path / "passages"
    listed.write_bytes(pickle.dumps(list(CORPUS)))
    command = [sys.executable, "-c", BUILD, str(folder), str(model_cache), str(listed)]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0, 0], said
    built, fingerprints = zip(*(out.split() for out, _ in said), strict=True)
    assert sorted(built) == ["False", "True"]
    assert len(set(fingerprints)) == 1
    assert len(list(folder.glob("gen-*"))) == 1
    index = PassageIndex(folder, embedder=minilm)
    assert Search(index, minilm).search("declined application").hits[0].source == "ecoa"
    index.close()
