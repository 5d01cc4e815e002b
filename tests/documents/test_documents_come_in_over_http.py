import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.datastructures import Headers, UploadFile

from interviewer.api.app import create_app
from interviewer.api.documents import _BoundedParser
from interviewer.knowledge.documents.limits import MOST_BYTES
from interviewer.settings import Settings
from tests.documents.builders import JOB, RESUME, a_pdf_locked_with_rc4

JANE, JOHN = "jane-token-0123456789", "john-token-0123456789"
PATH = "/api/v1/documents"
BOUNDARY = "a-border-between-parts"
MEGABYTE = 1_000_000


@asynccontextmanager
async def serving(home: Path, *, tokens: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    chosen = SecretStr(f"jane:{JANE},john:{JOHN}") if tokens else None
    app = create_app(Settings(home=home, embeddings="off", tokens=chosen))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            yield client


def files(**contents: bytes) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name.replace("_", "."), data)) for name, data in contents.items()]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_uploads_are_kept_searched_and_forgotten(tmp_path: Path) -> None:
    async with serving(tmp_path / "home") as client:
        sent = files(cv_txt=RESUME.encode(), job_md=JOB.encode(), a_pdf=a_pdf_locked_with_rc4("x"))
        reply = await client.post(PATH, files=sent)
        assert reply.status_code == 201
        assert [one["name"] for one in reply.json()["added"]] == ["cv.txt", "job.md"]
        assert reply.json()["refused"][0]["reason"].startswith("encrypted")

        reply = await client.get("/api/v1/search", params={"q": "declined payments", "mine": True})
        assert reply.json()[0]["passage"] == "my:job.md#1"

        assert (await client.delete(f"{PATH}/cv.txt")).status_code == 204
        assert (await client.delete(f"{PATH}/cv.txt")).status_code == 404
        assert [one["name"] for one in (await client.get(PATH)).json()] == ["job.md"]


async def test_the_kind_may_be_sent_and_names_lose_their_folders(tmp_path: Path) -> None:
    async with serving(tmp_path / "home") as client:
        sent = [("files", ("C:\\fakepath\\..\\cv.txt", RESUME.encode()))]
        reply = await client.post(PATH, files=sent, data={"kind": "other"})
        (document,) = (await client.get(PATH)).json()
        assert reply.status_code == 201
        assert (document["name"], document["kind"]) == ("cv.txt", "other")


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"files": files(cv_pdf=b"words")}, 422, "cv.pdf: named .pdf, but"),
        ({"files": files(cv_txt=b"words"), "data": {"kind": "letter"}}, 422, "no kind 'letter'"),
        ({"json": {"files": []}}, 422, "multipart/form-data"),
        ({"files": [("files", (f"{n}.txt", b"x")) for n in range(51)]}, 400, "Too many files"),
        ({"files": files(cv_txt=b"x" * (10 * MEGABYTE + 1))}, 422, "cv.txt: over 10 MB"),
    ],
    ids=["mismatch", "kind", "form", "count", "size"],
)
async def test_what_cannot_be_used_is_a_problem(
    sent: dict[str, object], status: int, told: str, tmp_path: Path
) -> None:
    async with serving(tmp_path / "home") as client:
        reply = await client.post(PATH, **sent)  # type: ignore[arg-type]
        assert reply.status_code == status
        assert reply.headers["content-type"] == "application/problem+json"
        assert told in reply.json()["detail"]
        assert (await client.get(PATH)).json() == []


def streamed(count: int) -> AsyncGenerator[bytes, None]:
    """A form with a file of so many megabytes and, behind it, a small one."""

    def head(name: str) -> bytes:
        named = f'Content-Disposition: form-data; name="files"; filename="{name}"'
        return f"--{BOUNDARY}\r\n{named}\r\n\r\n".encode()

    async def body() -> AsyncGenerator[bytes, None]:
        yield head("huge.txt")
        for _ in range(count):
            yield b"x" * MEGABYTE
        yield b"\r\n" + head("cv.txt") + RESUME.encode()
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    return body()


FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


async def test_a_file_of_200_mb_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    async with serving(tmp_path / "home") as client:
        reply = await client.post(PATH, content=streamed(200), headers=FORM)
        assert reply.status_code == 201, reply.text
        told = reply.json()
        assert [one["name"] for one in told["added"]] == ["cv.txt"]
        assert [(one["name"], one["reason"]) for one in told["refused"]] == [
            ("huge.txt", "over 10 MB")
        ]


async def test_of_a_large_file_hardly_more_than_its_limit_is_kept(tmp_path: Path) -> None:
    kept = 0

    class Counted(_BoundedParser):
        def on_part_data(self, data: bytes, start: int, end: int) -> None:
            super().on_part_data(data, start, end)
            nonlocal kept
            kept = max(kept, self._taken)

    form = await Counted(Headers(FORM), streamed(30), max_files=5, max_fields=1).parse()
    huge = form.getlist("files")[0]
    assert isinstance(huge, UploadFile)
    assert (huge.filename, huge.size, kept) == ("huge.txt", MOST_BYTES + 1, MOST_BYTES + 1)
    await form.close()


async def test_more_than_300_mb_is_refused_while_it_is_being_sent(tmp_path: Path) -> None:
    async with serving(tmp_path / "home") as client:
        told = {**FORM, "Content-Length": str(301 * MEGABYTE)}
        reply = await client.post(PATH, content=streamed(0), headers=told)
        assert reply.status_code == 413
        assert "300,000,000 bytes" in reply.json()["detail"]


async def test_other_paths_keep_their_small_limit(tmp_path: Path) -> None:
    async with serving(tmp_path / "home") as client:
        reply = await client.post("/api/v1/critiques", content=b" " * (MEGABYTE + 1))
        assert reply.status_code == 413


async def test_owners_see_their_own_alone_and_strangers_send_in_vain(tmp_path: Path) -> None:
    async with serving(tmp_path / "home", tokens=True) as client:
        both = await asyncio.gather(
            client.post(PATH, files=files(cv_txt=RESUME.encode()), headers=bearer(JANE)),
            client.post(PATH, files=files(job_md=JOB.encode()), headers=bearer(JOHN)),
        )
        assert [reply.status_code for reply in both] == [201, 201]
        assert [one["name"] for one in (await client.get(PATH, headers=bearer(JANE))).json()] == [
            "cv.txt"
        ]
        query: dict[str, str | bool] = {"q": "declined payments", "mine": True}
        found = await client.get("/api/v1/search", params=query, headers=bearer(JANE))
        assert all(hit["source"] == "cv.txt" for hit in found.json())
        gone = await client.delete(f"{PATH}/cv.txt", headers=bearer(JOHN))
        assert gone.status_code == 404

        read = 0

        async def body() -> AsyncGenerator[bytes, None]:
            nonlocal read
            for _ in range(20):
                read += 1
                yield b"x" * MEGABYTE

        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        assert (await client.post(PATH, content=body(), headers=kind)).status_code == 401
        assert read == 0
