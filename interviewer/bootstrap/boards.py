"""What boards and sketches are checked against, assembled from the seeds."""

from functools import lru_cache

from interviewer.domain.sketch import SketchPart
from interviewer.paths import shipped


@lru_cache(maxsize=1)
def sketch_parts() -> tuple[SketchPart, ...]:
    """What may be expected in a sketch; the shipped seeds do not change while a process runs.

    Raises:
        SeedError: The seed file is broken.
    """
    from interviewer.store.sketch_files import load_sketch_parts

    return load_sketch_parts(shipped("seeds"))
