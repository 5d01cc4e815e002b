import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents import limits
from interviewer.knowledge.documents.sandbox import read_document
from tests.documents.builders import (
    a_docx,
    a_long_pdf,
    a_pdf,
    a_pdf_locked_with_aes,
    a_pdf_locked_with_rc4,
    a_scanned_pdf,
    relations,
    repacked,
    with_macro_type,
)

NOISE = random.Random(7).randbytes(4_000)
WORD = a_docx("# Jane", "Some text of hers.")
PDF = a_pdf("Some text of hers.")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE


def reason(name: str, data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_document(name, data)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("cv.docm", WORD, "macros"),
        ("cv.doc", OLE, "old Word format"),
        ("photo.png", b"\x89PNG", "not a document"),
        ("cv", b"text", "not a document"),
        ("cv.txt", b"", "empty"),
        ("cv.md", b" \n\t", "empty"),
        ("cv.pdf", b"just words", "something else"),
        ("cv.pdf", WORD, "something else"),
        ("cv.docx", PDF, "something else"),
        ("cv.docx", OLE, "encrypted or old"),
        ("cv.txt", PDF, "something else"),
        ("cv.txt", WORD, "something else"),
        ("cv.txt", b"\n<!DOCTYPE html><html><body>x</body></html>", "something else"),
        ("cv.txt", b"MZ\0\0" + NOISE, "something else"),
        ("cv.html", b"no element in here", "something else"),
        ("cv.txt", b"x" * (limits.MOST_BYTES + 1), "over 10 MB"),
    ],
)
def test_name_and_content_must_agree(name: str, data: bytes, told: str) -> None:
    assert told in reason(name, data)


@pytest.mark.parametrize("data", [a_pdf_locked_with_rc4("x"), a_pdf_locked_with_aes()])
def test_an_encrypted_pdf_says_so(data: bytes) -> None:
    assert "encrypted: save a copy without a password" in reason("cv.pdf", data)


def test_a_pdf_of_pictures_says_that_it_has_no_text() -> None:
    assert "no text in it, only pictures" in reason("scan.pdf", a_scanned_pdf())


def test_a_thousand_pages_are_too_many() -> None:
    assert "1,000 pages; the limit is 200" in reason("book.pdf", a_long_pdf(1_000))


def test_a_text_may_be_too_long() -> None:
    assert "300,000 characters" in reason("book.txt", b"word " * 70_000)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cv.pdf", PDF[:200]),
        ("cv.pdf", b"%PDF-1.7\n" + NOISE),
        ("cv.docx", WORD[: len(WORD) // 2]),
        ("cv.docx", b"PK\x03\x04" + NOISE),
        ("cv.docx", repacked(WORD, {"word/document.xml": b"<not-closed>"})),
    ],
)
def test_a_damaged_file_says_so(name: str, data: bytes) -> None:
    assert "damaged" in reason(name, data)


def test_a_package_that_is_no_document_is_refused() -> None:
    assert "damaged" in reason("cv.docx", repacked(WORD, {"word/styles.xml": NOISE}))


@pytest.mark.parametrize("encoding", ["koi8-r", "shift-jis"])
def test_text_in_an_unknown_encoding_is_not_guessed(encoding: str) -> None:
    words = {"koi8-r": "Опыт работы в банке", "shift-jis": "銀行での職務経験"}[encoding]
    assert "save it as UTF-8" in reason("cv.txt", words.encode(encoding))


def test_macros_are_refused_whatever_the_name() -> None:
    project = repacked(WORD, {"word/vbaProject.bin": b"macro"})
    assert "macros" in reason("cv.docx", project)
    assert "macros" in reason("cv.docx", with_macro_type(WORD))


@pytest.mark.parametrize("kind", ["attachedTemplate", "oleObject", "subDocument"])
def test_content_from_elsewhere_is_refused(kind: str) -> None:
    part = {"word/_rels/settings.xml.rels": relations(kind, "http://example.org/evil.dotm")}
    assert "loads content from elsewhere" in reason("cv.docx", repacked(WORD, part))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"word/media/a.bin": bytes(limits.MOST_UNPACKED_BYTES)}, "it unpacks to 50,"),
        ({"word/media/a.bin": bytes(20_000_000)}, "over 200 times"),
        ({f"word/media/{n}": b"" for n in range(2_001)}, "files inside"),
    ],
    ids=["size", "ratio", "entries"],
)
def test_zip_bombs_are_refused_before_they_are_unpacked(parts: dict[str, bytes], told: str) -> None:
    data = repacked(WORD, parts)
    assert len(data) < 500_000
    assert told in reason("cv.docx", data)


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    large = repacked(WORD, {"word/document.xml": bytes(30_000_000)})
    lying = large.replace((30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != large
    assert "damaged" in reason("cv.docx", lying)


def test_entities_in_word_xml_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "boom"}">' for n in range(10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE w [{entities}]><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert reason("cv.docx", repacked(WORD, {"word/document.xml": body.encode()}))


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(DocumentRefused, match=r"took over 0\.05 s"):
        read_document("cv.pdf", PDF, limit_s=0.05)


def test_the_reading_process_gets_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    spy = f"import os, pathlib; pathlib.Path({str(seen)!r}).write_text(repr(dict(os.environ)))"
    (tmp_path / "sitecustomize.py").write_text(spy)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    read_document("a.txt", b"Some words")
    assert "PYTHONPATH" in seen.read_text()
    assert "canary" not in seen.read_text()


def test_the_reading_process_confines_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = tmp_path / "early", tmp_path / "late"
    spy = (
        "import atexit, pathlib\n"
        f"pathlib.Path({str(early)!r}).write_text('written')\n"
        f"atexit.register(lambda: pathlib.Path({str(late)!r}).write_text('written'))\n"
    )
    (tmp_path / "sitecustomize.py").write_text(spy)
    monkeypatch.syspath_prepend(str(tmp_path))
    read_document("a.txt", b"Some words")
    assert early.read_text() == "written"
    assert late.read_text() == "", "opened, but nothing could be written any more"


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
@pytest.mark.parametrize(
    "deed",
    [
        "bytearray(600_000_000)",
        "pathlib.Path('left').write_text('x' * 9)",
        "[0 for _ in iter(int, 1)]",
    ],
)
def test_the_reading_process_is_confined(deed: str, tmp_path: Path) -> None:
    code = f"""
        import pathlib, resource
        from interviewer.knowledge.documents.extract import confine
        confine()
        assert resource.getrlimit(resource.RLIMIT_CPU) == (10, 10)
        resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
        {deed}
    """
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=tmp_path,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=False,
    )
    assert child.returncode != 0
    assert b"AssertionError" not in child.stderr
    assert not any(file.stat().st_size for file in tmp_path.glob("left"))
