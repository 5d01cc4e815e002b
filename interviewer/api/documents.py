"""Routes of the user's own documents: add, list, forget. Each owner sees their own alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from interviewer.api.interviews import Owner, product_of
from interviewer.domain.resume import ResumeReview
from interviewer.errors import DocumentRefused, InputError, UnknownId
from interviewer.knowledge.documents.document import Added, Document, Kind, Refused
from interviewer.knowledge.documents.limits import MOST_BYTES, MOST_FILES
from interviewer.practice.resume_review import reviewed

router = APIRouter(tags=["documents"])

PATH = "/documents"
_SHOWN_REFUSALS = 5
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "maxItems": MOST_FILES,
                            "items": {"type": "string", "format": "binary"},
                        },
                        "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
                    },
                }
            }
        },
    }
}


_NO_FILES = "send files as multipart/form-data, in fields named `files`"


class _BoundedParser(MultiPartParser):
    """Keeps of each file one byte more than is read of a document; the rest is dropped as it comes."""

    _taken = 0

    def on_part_begin(self) -> None:
        self._taken = 0
        super().on_part_begin()

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        kept = min(end - start, MOST_BYTES + 1 - self._taken)
        self._taken += kept
        if kept:
            super().on_part_data(data, start, start + kept)


@asynccontextmanager
async def _form(request: Request) -> AsyncIterator[FormData]:
    """The form that was sent, its files on disk until it is left."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise InputError(_NO_FILES)
    parser = _BoundedParser(request.headers, request.stream(), max_files=MOST_FILES, max_fields=1)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise HTTPException(400, error.message) from None
    try:
        yield form
    finally:
        await form.close()


class Uploaded(BaseModel):
    """What became of the files that were sent."""

    added: list[Added]
    refused: list[Refused]


# The form is read in the body of the route, so that nothing is read of a stranger's upload.
@router.post(PATH, status_code=201, openapi_extra=_FORM)
async def add(request: Request, owner: Owner) -> Uploaded:
    """Add documents; a file that cannot be read is named with the reason, the others are kept.

    If all are refused, so is the request (422).
    """
    try:
        async with _form(request) as form:
            files = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            if not files:
                raise InputError(_NO_FILES)
            kind = form.get("kind")
            outcomes = await product_of(request).add_documents(
                _contents(files), kind if isinstance(kind, str) and kind else None, owner=owner
            )
    except ClientDisconnect:
        raise InputError("the upload broke off") from None
    uploaded = Uploaded(
        added=[outcome for outcome in outcomes if isinstance(outcome, Added)],
        refused=[outcome for outcome in outcomes if isinstance(outcome, Refused)],
    )
    if not uploaded.added:
        lines = [refusal.line for refusal in uploaded.refused]
        more = len(lines) - _SHOWN_REFUSALS
        shown = [*lines[:_SHOWN_REFUSALS], *([f"and {more} more"] if more > 0 else [])]
        raise DocumentRefused("; ".join(shown))
    return uploaded


@router.get(PATH)
async def show(request: Request, owner: Owner) -> list[Document]:
    """The documents, in the order they were added."""
    store = product_of(request).documents(owner)
    return list(await asyncio.to_thread(store.documents))


@router.get(f"{PATH}/review")
async def review(request: Request, owner: Owner) -> ResumeReview:
    """Review the résumé among the documents, against the job description if there is one."""
    store = product_of(request).documents(owner)
    lines = await asyncio.to_thread(store.lines, Kind.RESUME)
    if not lines:
        raise UnknownId("there is no résumé among your documents: add one first")
    return reviewed(lines, await asyncio.to_thread(store.lines, Kind.JOB))


@router.delete(f"{PATH}/{{name:path}}", status_code=204)
async def forget(request: Request, name: str, owner: Owner) -> None:
    """Remove a document and everything made from it."""
    await asyncio.to_thread(product_of(request).documents(owner).forget, name)


def _contents(files: list[UploadFile]) -> Iterator[tuple[str, bytes]]:
    """Names without the folders a browser may send, and contents, read one at a time."""
    for upload in files:
        name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
        yield name, upload.file.read(MOST_BYTES + 1)
