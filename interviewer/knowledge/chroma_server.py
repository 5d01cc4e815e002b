"""Vectors on a Chroma server: one collection for each state of the passages, filled once.

The collection is named by the fingerprint of its content, so hosts with the same sources share it,
and a host with newer sources fills another one beside it. Writing is idempotent: two hosts that
fill the same collection at once write the same rows.
"""

import http.client
import json
import logging
import threading
import time
from typing import Any
from urllib.parse import quote, urlsplit

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import IndexUnavailable, SettingError
from interviewer.knowledge.chroma_folder import GRAPH, batches, best, record
from interviewer.knowledge.passages import Passage

TIMEOUT_S = 5.0
PAUSE_S = 30.0
"""How long a server that failed is left alone; meanwhile all vectors are compared here."""
ROWS_PER_CALL = 1000
_COLLECTIONS = "/api/v2/tenants/default_tenant/databases/default_database/collections"

_log = logging.getLogger(__name__)


class ChromaServer:
    """The server at one URL.

    Attributes:
        url: Scheme, host and port.
    """

    def __init__(self, url: str) -> None:
        """Reads the URL; does not connect.

        Raises:
            SettingError: Not an http or https URL.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingError(f"Chroma URL {url!r} must look like http://host:port")
        self.url = url
        self._host = parts.hostname
        self._tls = parts.scheme == "https"
        self._port = parts.port or (443 if self._tls else 80)
        self._opened: Any = None
        self._opening = threading.Lock()

    def count(self, name: str) -> int | None:
        """Vectors in a collection, None if there is no such collection.

        Asks over plain HTTP, because importing chromadb takes seconds.

        Raises:
            IndexUnavailable: The server does not answer.
        """
        found = self._ask(f"{_COLLECTIONS}/{quote(name)}")
        if not isinstance(found, dict) or "id" not in found:
            return None
        count = self._ask(f"{_COLLECTIONS}/{found['id']}/count")
        return count if isinstance(count, int) else None

    def fill(self, name: str, passages: list[Passage], vectors: NDArray[np.float32]) -> None:
        """Writes one vector a passage into the collection and counts them.

        Raises:
            IndexUnavailable: The server does not answer, refuses, or lost rows.
        """
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            collection = self._client().get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": GRAPH}
            )
            for some, theirs in batches(passages, vectors, ROWS_PER_CALL):
                collection.upsert(
                    ids=[passage.id for passage in some],
                    embeddings=theirs,
                    metadatas=[record(passage) for passage in some],
                )
            stored = collection.count()
        except (ChromaError, HTTPError, ValueError) as error:
            raise IndexUnavailable(f"Chroma server {self.url} refused rows: {error}") from error
        if stored != len(passages):
            raise IndexUnavailable(
                f"Chroma server {self.url} holds {stored} of {len(passages)} passages in {name!r}: "
                "delete that collection and run `interviewer index`"
            )

    def drop(self, name: str) -> None:
        """Deletes a collection; one that is gone or cannot be reached is left to its fate."""
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            self._client().delete_collection(name)
        except (ChromaError, HTTPError, ValueError, IndexUnavailable) as error:
            _log.warning("collection %s of %s was not deleted: %s", name, self.url, error)

    def open(self, name: str) -> Any:
        """The collection of that name.

        Raises:
            IndexUnavailable: The server does not answer or has no such collection.
        """
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            return self._client().get_collection(name, embedding_function=None)
        except (ChromaError, HTTPError, ValueError) as error:
            raise IndexUnavailable(
                f"Chroma server {self.url} has no collection {name!r} ({error}): "
                "run `interviewer index`"
            ) from error

    def close(self) -> None:
        """Ends the connections; the next call makes new ones."""
        with self._opening:
            if self._opened is not None:
                # chromadb 1.5.9 leaves its connections open, those of the second client that it
                # makes to look at the database, too.
                for part in (self._opened, self._opened._admin_client):
                    part._server._session.close()
                self._opened.close()
                self._opened = None

    def _client(self) -> Any:
        self._ask("/api/v2/heartbeat")
        with self._opening:
            if self._opened is None:
                self._opened = self._connect()
            return self._opened

    def _connect(self) -> Any:
        import chromadb
        from chromadb.config import Settings

        settings = Settings(
            _env_file=None,
            anonymized_telemetry=False,
            chroma_server_host=self._host,
            chroma_server_http_port=self._port,
        )
        client: Any = chromadb.HttpClient(
            host=self._host, port=self._port, ssl=self._tls, settings=settings
        )
        # chromadb 1.5.9 makes its HTTP client without a time limit and has no setting for one: a
        # server that accepts and never answers would hold every search for ever.
        client._server._session.timeout = TIMEOUT_S
        return client

    def _ask(self, path: str) -> Any:
        kind = http.client.HTTPSConnection if self._tls else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=TIMEOUT_S)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return json.loads(answer.read()) if answer.status == http.HTTPStatus.OK else None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise IndexUnavailable(
                f"Chroma server {self.url} does not answer ({error}): start it, or unset the URL "
                "to use a folder"
            ) from error
        finally:
            connection.close()


class ServerCollection:
    """A collection on a server, opened when first asked and left alone for a while if it fails."""

    def __init__(self, server: ChromaServer, name: str) -> None:
        self._server = server
        self._name = name
        self._collection: Any = None
        self._paused_until = 0.0

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[str] | None:
        """Ids of the nearest passages, best first; None while the server cannot be used."""
        if time.monotonic() < self._paused_until:
            return None
        from chromadb.errors import ChromaError
        from httpx import HTTPError

        try:
            if self._collection is None:
                self._collection = self._server.open(self._name)
            answer = self._collection.query(
                query_embeddings=[vector], n_results=count, include=["distances"]
            )
        except (ChromaError, HTTPError, ValueError, IndexUnavailable) as error:
            self._paused_until = time.monotonic() + PAUSE_S
            _log.warning("comparing all vectors here for %.0f s: %s", PAUSE_S, error)
            return None
        return [passage for passage, _ in best(answer)]

    def close(self) -> None:
        """Forgets the collection; the connection belongs to the server."""
        self._collection = None
