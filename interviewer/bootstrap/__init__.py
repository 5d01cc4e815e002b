"""The one place that chooses implementations; everything heavy is imported here, when needed."""

from interviewer.bootstrap.content import LOCAL_OWNER, catalog, now, settings
from interviewer.bootstrap.embedders import local_model
from interviewer.bootstrap.opening import build_index, open_product
from interviewer.bootstrap.product import Product, own_documents

__all__ = [
    "LOCAL_OWNER",
    "Product",
    "build_index",
    "catalog",
    "local_model",
    "now",
    "open_product",
    "own_documents",
    "settings",
]
