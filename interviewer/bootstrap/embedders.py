"""Embedders: the local model with its caches, or a server's for sources and queries."""

from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from interviewer.knowledge.embedding import CachedEmbedder, Embedder


_RUBRICS = "models/rubric-vectors.sqlite3"


def local_model(chosen: Settings) -> "Embedder | None":
    """The embedding model, loaded when first used; None if not installed or switched off."""
    from interviewer.knowledge.minilm import MiniLM, find_model

    if chosen.embeddings == "off" or find_model() is None:
        return None
    return MiniLM(chosen.home / "models", workers=chosen.embedding_threads)


class Embedders:
    """Whatever turns texts into vectors, made when first used; None without a model."""

    def __init__(self, chosen: Settings, remote: "Embedder | None") -> None:
        """Takes its parts.

        Args:
            chosen: The settings.
            remote: Embeds the shipped sources and queries instead of the local model.
        """
        self.settings = chosen
        self._remote = remote

    @cached_property
    def local(self) -> "Embedder | None":
        """The local model itself."""
        return local_model(self.settings)

    @cached_property
    def sentences(self) -> "CachedEmbedder | None":
        """For what candidates say: in memory only."""
        return self._cached()

    @cached_property
    def queries(self) -> "CachedEmbedder | None":
        """For the shipped sources and what is searched in them."""
        from interviewer.knowledge.embedding import CachedEmbedder

        return CachedEmbedder(self._remote) if self._remote else self._cached()

    @cached_property
    def rubrics(self) -> "CachedEmbedder | None":
        """For the bank's own texts: kept on disk, so that a round starts at once."""
        return self._cached(_RUBRICS)

    def retain_rubrics(self, texts: "Sequence[str]") -> None:
        """Forgets on disk the vectors of all rubric texts but these: those of imported questions."""
        if self.rubrics is not None:
            self.rubrics.retain(texts)
        else:
            (self.settings.home / _RUBRICS).unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the caches that were opened."""
        for name in ("sentences", "queries", "rubrics"):
            if self.__dict__.get(name) is not None:
                self.__dict__[name].close()

    def _cached(self, file: str | None = None) -> "CachedEmbedder | None":
        from interviewer.knowledge.embedding import CachedEmbedder

        if self.local is None:
            return None
        path = None
        if file is not None:
            path = self.settings.home / file
            path.parent.mkdir(parents=True, exist_ok=True)
        return CachedEmbedder(self.local, path)
