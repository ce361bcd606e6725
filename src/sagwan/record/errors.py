"""The one family of errors that Sagwan shows to people."""


class SagwanError(Exception):
    """Something a person can understand and mend.

    `message` says what is wrong and where; `hint`, where there is one, what to do about it.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class InvalidValue(SagwanError):
    """A value that is not in the vocabulary or not of the shape it must have."""


class IllegalStep(SagwanError):
    """A step that the request's stage, or the four-eyes rule, does not allow."""
