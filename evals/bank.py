"""The question bank and its engines, assembled for evaluation without a home folder's database."""

from functools import cache
from pathlib import Path

from interviewer.bootstrap import Product
from interviewer.settings import Settings, read_settings


@cache
def product(home: Path | None = None) -> Product:
    """The product with the offline engine, using the models folder of the given home."""
    chosen = read_settings() if home is None else Settings(home=home)
    return Product(offline(chosen), None)


def offline(settings: Settings) -> Settings:
    """The same without a language model and without embeddings by a server: nothing is spent."""
    changes = {"engine": "offline"}
    if settings.embedding_model is not None:
        changes["embeddings"] = Settings.model_fields["embeddings"].default
    return settings.model_copy(update=changes)
