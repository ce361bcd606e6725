"""Which files DuckDB may be given to read."""

from pathlib import Path


def is_readable(path: Path, limit: int) -> bool:
    """Is it a regular file of at most so many bytes?"""
    try:
        return path.is_file() and path.stat().st_size <= limit
    except (OSError, ValueError):
        return False
