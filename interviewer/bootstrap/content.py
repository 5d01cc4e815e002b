"""What every process starts from: settings, seeds and the clock."""

import datetime as dt

from interviewer.domain.catalog import Catalog
from interviewer.paths import shipped
from interviewer.settings import Settings, read_settings

LOCAL_OWNER = "local"
"""Owner of everything where one person uses their own machine."""


def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


def catalog() -> Catalog:
    """The shipped seeds.

    Raises:
        SeedError: A seed file is broken.
    """
    from interviewer.store.catalog_files import load_catalog

    return load_catalog(shipped("seeds"))


def now() -> dt.datetime:
    """The system clock, aware, UTC: the only one in the product."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 (the clock that everything else is given)
