import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from interviewer.api.app import create_app
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


async def test_an_upload_of_200_mb_is_refused_while_it_is_being_sent(tmp_path: Path) -> None:
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        ).encode()
        for _ in range(200):
            sent += 1
            yield b"x" * MEGABYTE
        yield f"\r\n--{BOUNDARY}--\r\n".encode()

    async with serving(tmp_path / "home") as client:
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        reply = await client.post(PATH, content=body(), headers=kind)
        assert reply.status_code == 413
        assert "50,000,000 bytes" in reply.json()["detail"]
        assert sent <= 51

        sent = 0
        told = {**kind, "Content-Length": str(200 * MEGABYTE)}
        assert (await client.post(PATH, content=body(), headers=told)).status_code == 413
        assert sent == 0


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

        async def body() -> AsyncIterator[bytes]:
            nonlocal read
            for _ in range(20):
                read += 1
                yield b"x" * MEGABYTE

        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        assert (await client.post(PATH, content=body(), headers=kind)).status_code == 401
        assert read == 0
