"""Routes of everything one has: as an archive, or gone."""

import tempfile
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Request, Response

from interviewer.api.interviews import Owner, product_of
from interviewer.bootstrap.archive import Erased, erase_everything, write_archive

router = APIRouter(tags=["data"])

_ZIP = "application/zip"


@router.get("/data", response_class=Response, responses={200: {"content": {_ZIP: {}}}})
async def export(request: Request, owner: Owner) -> Response:
    """Fetch everything of one's own: one archive of JSON and Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.zip"
        await write_archive(product_of(request), file, owner=owner)
        content = file.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="interviewer-export.zip"'}
    return Response(content, media_type=_ZIP, headers=headers)


@router.delete("/data")
async def forget(request: Request, confirm: Literal["everything"], owner: Owner) -> Erased:
    """Delete everything of one's own for good; `confirm=everything` says that it is meant."""
    del confirm
    return await erase_everything(product_of(request), owner=owner)
