"""What an id is called where people read it."""


def name_from(id_: str) -> str:
    """The words of an id, which are all there is where nobody wrote a title.

    >>> name_from("risk-matrix-three-uses")
    'Risk matrix three uses'
    """
    return id_.replace("-", " ").capitalize()
