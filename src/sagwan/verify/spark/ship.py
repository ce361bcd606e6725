"""The code that executors run: the rooms that verify is made of, as one zip."""

import zipfile
from pathlib import Path

import sagwan

ROOMS = ("record", "formats", "tlog", "verify")


def pack(target: Path) -> Path:
    """Write the zip: the driver's own code, so that both ends always run the same."""
    package = Path(sagwan.__file__).parent
    files = [package / "__init__.py", *(f for room in ROOMS for f in sorted((package / room).rglob("*.py")))]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, Path("sagwan", file.relative_to(package)))
    return target
