"""Texts that are made in English, in the language that a command was asked in."""


def told(text: str, lang: str) -> str:
    """The text of an error or a failure in `ko` or `en`; itself where it has no Korean."""
    if lang != "ko":
        return text
    from sagwan.pages import refusals  # noqa: PLC0415 - only for those who ask

    return refusals.told(text, lang)


def told_why(text: str, lang: str) -> str:
    """A sentence such as `실패 1건: …` that ends, in both languages, in what was said in English."""
    head, joint, why = text.partition(": ")
    return f"{head}{joint}{told(why, lang)}"
