"""`sagwan backup` and `sagwan restore`."""

from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, HomePath
from sagwan.cli.output import say
from sagwan.cli.wiring import RESTORED, open_office
from sagwan.desk.backup import read_backup, write_backup

SURVIVORS = ("keeper", "keys", "log", "receipts")
"""What may already lie in the folder that a backup is put into: the parts that no backup holds."""


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write: a .tar.gz.")],
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Put the keys in too: then the file must be kept like them.")
    ] = False,
    home: HomePath = HERE,
) -> None:
    """Write a checked backup of the home.

    One archive of the database (as it is at one instant, while others work on), config and law packs,
    with the SHA-256 of each, read back after writing. Without keys: keep them apart, by their sheet. The
    keeper and the log are not in it: they belong on other storage, and grow with every batch.

    \b
    Examples:
      sagwan backup /backups/sagwan-2016-07-01.tar.gz
      sagwan backup everything.tar.gz --with-keys

    \b
    Exit codes: 0 written and read back; 2 the file is there already, or the home cannot be read.
    """
    office = open_office(home)
    if file.exists():
        raise Unusable(f"{file} exists already", hint="name another file")
    names = write_backup(office.home, file, with_keys=with_keys)
    say(f"{file}: {', '.join(names)}")
    if not with_keys:
        say("The keys are not in it: without the master key a backup holds no names, and is of no use.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An archive that sagwan backup wrote.")],
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The new home: a folder, empty or not there.")],
    database: Annotated[
        str, typer.Option(metavar="URL", help="The empty PostgreSQL to restore into, where it is another.")
    ] = "",
) -> None:
    """Put a backup into a new home.

    The folder may hold what no backup brings: keys, keeper, log, receipts. Until sagwan recover has run,
    the home takes no request and seals nothing, since the log may be ahead of the backup.

    \b
    Example:
      sagwan restore backup.tar.gz ./home
      sagwan recover --home ./home

    \b
    Exit codes: 0 restored; 2 the folder is not empty, or the archive is damaged or none.
    """
    there = sorted(entry.name for entry in path.iterdir()) if path.is_dir() else []
    if path.exists() and not path.is_dir():
        raise Unusable(f"{path} is not a folder")
    if strangers := [name for name in there if name not in SURVIVORS]:
        raise Unusable(
            f"{path} is not empty: {', '.join(strangers[:5])}",
            hint=f"name a new folder; it may hold {', '.join(SURVIVORS)}",
        )
    names = read_backup(file, path, database=database, marker=RESTORED)
    say(f"{path}: {', '.join(names)}")
    for name in ("keys", "keeper", "log"):
        if not any((path / name).glob("*")):
            say(f"Put {path / name} in its place, unless the config says that it lies elsewhere.")
    say(f"Then: sagwan recover --home {path}, sagwan fsck --home {path}")
