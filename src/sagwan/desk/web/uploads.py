"""Uploads that are too large for memory wait in the home, not in the machine's folder for temporary files."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from sagwan.desk import setup
from sagwan.desk.vault.productions import store


class PrivateUpload(TemporaryFileUploadHandler):
    """Writes to `productions/uploads`, which only the desk's own user reads; gone when the request ends.

    What a killed server leaves there, the next one destroys before it takes anything.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        store.uploads(setup.current().home)
        super().new_file(*args, **kwargs)
