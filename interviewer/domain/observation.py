"""What an interviewer notices about code or a query that was run, and asks about next."""

from pydantic import Field

from interviewer.domain.coding import ObservationKind
from interviewer.domain.sql_result import SqlFinding
from interviewer.domain.value import Value


class Observation(Value):
    """One thing observed. `text` says what; `ask` is the interviewer's question about it."""

    kind: ObservationKind | SqlFinding = Field(description="Of code, or the finding of a query.")
    text: str = Field(description="For the report, in words the candidate can read.")
    ask: str = Field(description="Names the case and never the method.")
    test: str | None = None
