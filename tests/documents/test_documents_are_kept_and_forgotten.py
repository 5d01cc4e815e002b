import stat
from pathlib import Path

import pytest

from interviewer.errors import InputError, UnknownId
from interviewer.knowledge.documents.document import Added, Kind, Refused
from interviewer.knowledge.documents.store import DocumentStore
from tests.documents.builders import JOB, RESUME, RESUME_ITEMS, a_pdf, a_pdf_locked_with_rc4
from tests.documents.conftest import MakeStore
from tests.knowledge.builders import CountedEmbedder

MARKER = "Zanzibar-quokka"
MARKED = f"The project {MARKER} saved 7 million.\n".encode()


def names(store: DocumentStore) -> list[str]:
    return [document.name for document in store.documents()]


def holding(folder: Path, marker: str) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if marker.encode().lower() in path.read_bytes().lower()]


def test_a_bad_file_is_named_and_the_rest_goes_in(store: DocumentStore) -> None:
    outcomes = store.add(
        [("cv.txt", RESUME.encode()), ("locked.pdf", a_pdf_locked_with_rc4("x")), ("", b"x")]
    )
    assert isinstance(outcomes[0], Added)
    assert isinstance(outcomes[1], Refused)
    assert outcomes[1].line.startswith("locked.pdf: encrypted")
    assert isinstance(outcomes[2], Refused)
    assert outcomes[2].name == "(no name)"
    assert names(store) == ["cv.txt"]


def test_a_document_is_listed_with_what_was_read(store: DocumentStore) -> None:
    store.add([("cv.pdf", a_pdf("Built 3 models", "Led 4 people"))])
    (document,) = store.documents()
    assert (document.kind, document.pages, document.passages) == (Kind.RESUME, 2, 1)
    assert [passage.document for passage in store.passages()] == ["cv.pdf"]


def test_the_same_content_again_changes_nothing(make_store: MakeStore) -> None:
    embedder = CountedEmbedder()
    store = make_store(embedder=embedder)
    (first,) = store.add([("cv.txt", RESUME.encode())])
    embedded = len(embedder.seen)
    (again,) = store.add([("cv.txt", RESUME.encode())])
    (renamed,) = store.add([("copy.txt", RESUME.encode())])
    assert isinstance(first, Added)
    assert isinstance(again, Added)
    assert isinstance(renamed, Added)
    assert (first.unchanged, again.unchanged, renamed.unchanged) == (False, True, True)
    assert renamed.document.name == "cv.txt"
    assert len(embedder.seen) == embedded
    assert names(store) == ["cv.txt"]


def test_a_changed_file_takes_the_place_of_its_name(store: DocumentStore, folder: Path) -> None:
    store.add([("cv.txt", MARKED)])
    store.add([("cv.txt", RESUME.encode())])
    assert names(store) == ["cv.txt"]
    assert holding(folder, MARKER) == []


def test_another_kind_may_be_given_later(store: DocumentStore) -> None:
    store.add([("notes.txt", RESUME.encode())], "other")
    store.add([("notes.txt", RESUME.encode())], "resume")
    assert [document.kind for document in store.documents()] == [Kind.RESUME]
    with pytest.raises(InputError, match="no kind 'letter'; there are: resume, job, other"):
        store.add([("notes.txt", b"x")], "letter")


def test_two_files_of_one_name_in_one_call_are_not_mixed_up(store: DocumentStore) -> None:
    outcomes = store.add([("cv.txt", RESUME.encode()), ("cv.txt", MARKED)])
    assert isinstance(outcomes[1], Refused)
    assert "second file of this name" in outcomes[1].reason
    assert store.lines("resume")[0] == RESUME_ITEMS[0]


def test_more_than_fifty_files_wait_for_another_call(store: DocumentStore) -> None:
    outcomes = store.add((f"{number}.xyz", b"x") for number in range(52))
    assert ["more than 50 files" in o.reason for o in outcomes if isinstance(o, Refused)] == [
        False
    ] * 50 + [True] * 2


def test_a_text_of_headings_alone_is_refused(store: DocumentStore) -> None:
    (outcome,) = store.add([("a.md", b"# Head\n\nword\n\n" * 1_600)])
    assert isinstance(outcome, Refused)
    assert "over 1,500 short sections" in outcome.reason


def test_the_hundredth_and_first_document_waits_for_room(store: DocumentStore) -> None:
    store.add([("cv.txt", RESUME.encode())])
    (kept,) = store.folder.glob("*.json")
    for number in range(99):
        (store.folder / f"{number:032x}.json").write_bytes(kept.read_bytes())
    (refused,) = store.add([("another.txt", MARKED)])
    assert isinstance(refused, Refused)
    assert "forget some" in refused.reason
    (replaced,) = store.add([("cv.txt", MARKED)])
    assert isinstance(replaced, Added)


def test_lines_are_those_of_a_kind(store: DocumentStore) -> None:
    store.add([("cv.txt", RESUME.encode()), ("job.md", JOB.encode())])
    assert RESUME_ITEMS[0] in store.lines("resume")
    assert RESUME_ITEMS[0] not in store.lines(Kind.JOB)
    assert store.lines("other") == ()


@pytest.mark.parametrize("everything", [False, True])
def test_nothing_of_a_forgotten_document_stays_on_disk(
    everything: bool, make_store: MakeStore, folder: Path
) -> None:
    store = make_store(embedder=CountedEmbedder())
    store.add([(f"{MARKER}.txt", MARKED), ("cv.txt", RESUME.encode())])
    assert store.search(MARKER).hits[0].passage == f"my:{MARKER}.txt#1"
    assert holding(folder, MARKER)
    # As a writer leaves it that died in the middle.
    (store.folder / "0123.tmp").write_bytes(MARKED)
    if everything:
        assert store.forget_all() == 2
    else:
        store.forget(f"{MARKER}.txt")
    assert holding(folder, MARKER) == []
    assert len(list(folder.rglob("*.json"))) == (0 if everything else 1)
    assert not any(MARKER in hit.text for hit in store.search(MARKER).hits)
    assert all(MARKER not in line for line in store.lines("other"))
    assert {path.name for path in store.folder.iterdir() if path.suffix != ".json"} == {".lock"}


def test_forgetting_what_is_not_there_says_so(store: DocumentStore) -> None:
    with pytest.raises(UnknownId, match=r"no document 'cv\.txt'"):
        store.forget("cv.txt")
    assert store.forget_all() == 0
    assert not store.folder.exists()


def test_owners_never_meet(make_store: MakeStore) -> None:
    jane, john = make_store("jane"), make_store("john")
    jane.add([("cv.txt", MARKED)])
    john.add([("cv.txt", RESUME.encode())])
    assert jane.folder != john.folder
    assert "jane" not in str(jane.folder)
    assert john.search(MARKER).hits == ()
    assert john.lines("other") == ()
    john.forget_all()
    assert names(jane) == ["cv.txt"]
    with pytest.raises(UnknownId):
        make_store("../jane").forget("cv.txt")


def test_the_folder_is_open_to_its_owner_alone(store: DocumentStore, folder: Path) -> None:
    store.add([("cv.txt", MARKED)])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (folder, store.folder)}
    assert set(modes.values()) == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in store.folder.iterdir()} == {0o600}


def test_a_damaged_file_on_disk_hides_one_document_only(store: DocumentStore) -> None:
    store.add([("a.txt", MARKED)])
    damaged = next(store.folder.glob("*.json"))
    store.add([("cv.txt", RESUME.encode())])
    damaged.write_bytes(damaged.read_bytes()[:50])
    assert names(store) == ["cv.txt"]
    store.add([("a.txt", MARKED)])
    assert set(names(store)) == {"a.txt", "cv.txt"}
