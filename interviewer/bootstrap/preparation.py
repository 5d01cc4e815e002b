"""What a candidate prepares with, assembled: the seeds of the preparation."""

from interviewer.domain.catalog import Catalog
from interviewer.domain.preparation import Preparation
from interviewer.paths import shipped


def preparation(known: Catalog) -> Preparation:
    """The shipped seeds of the preparation.

    Args:
        known: The catalog that they speak of.

    Raises:
        SeedError: A seed file is broken.
    """
    from interviewer.store.preparation_files import load_preparation

    return load_preparation(shipped("seeds"), known)
