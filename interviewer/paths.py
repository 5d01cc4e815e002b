"""Where things lie: the data that ships with the product, and the folder it writes to."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A data folder that ships with the product: `seeds`, `prompts`, `knowledge`; reports: `evals`.

    In a checkout it stands beside the package; in an installed wheel, inside it.
    """
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def default_home() -> Path:
    """The platform's data folder for this product; not created here."""
    from platformdirs import user_data_path

    return user_data_path("interviewer", appauthor=False)
