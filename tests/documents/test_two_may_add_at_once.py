import threading
from concurrent.futures import ThreadPoolExecutor

from interviewer.knowledge.documents.document import Added
from tests.documents.builders import RESUME
from tests.documents.conftest import MakeStore


def test_two_adds_at_once_keep_both(make_store: MakeStore) -> None:
    together = threading.Barrier(2)

    def add(name: str) -> bool:
        store = make_store()
        together.wait()
        (outcome,) = store.add([(name, f"{name} did {RESUME}".encode())])
        return isinstance(outcome, Added)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(add, ["a.txt", "b.txt"])) == [True, True]
    assert {document.name for document in make_store().documents()} == {"a.txt", "b.txt"}


def test_two_adds_of_one_name_leave_one_of_them_whole(make_store: MakeStore) -> None:
    together = threading.Barrier(2)

    def add(word: str) -> None:
        store = make_store()
        together.wait()
        store.add([("cv.txt", f"{word} led 9 people.\n{RESUME}".encode())])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, ["Left", "Right"]))
    store = make_store()
    assert len(store.documents()) == 1
    assert store.passages()
    assert [path.suffix for path in store.folder.iterdir() if path.name != ".lock"] == [".json"]
