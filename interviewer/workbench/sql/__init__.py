"""Running a candidate's query over invented bank tables, and saying how its result differs."""
