"""`sagwan witness`: a witness of other people's logs."""

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.output import say
from sagwan.cli.parsing import read_text
from sagwan.seal.files import write_whole
from sagwan.tlog import KeyType, SigningKey, parse_signing_key, parse_verifier_key
from sagwan.witness import Witness, WitnessServer, WitnessStore

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The witness's folder.")]
_KEY, _MEMORY = "witness.key", "witness.db"


def init(
    folder: Folder,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The witness's name: a URL prefix you own, without https://.")
    ],
) -> None:
    """Make a witness: its key and its memory.

    Prints its verifier key: give it to the providers whose logs you witness, and to readers. Never restore
    the memory from a backup: a witness that forgot could sign a second history.

    \b
    Example:
      sagwan witness init ./witness --name witness.example/ngo

    \b
    Exit codes: 0 made; 2 the folder is not empty, or the name cannot be used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unusable(f"{folder} is not an empty folder", hint="name a folder that is empty or not there")
    key = SigningKey(name, KeyType.COSIGNATURE_V1, os.urandom(32))
    folder.mkdir(mode=0o700, exist_ok=True)
    write_whole(folder / _KEY, f"{key.private_text()}\n".encode(), mode=0o600)
    WitnessStore(folder / _MEMORY)
    say(str(key.verifier))


def add(
    folder: Folder,
    key: Annotated[
        str, typer.Argument(metavar="VKEY", help="The log's verifier key; its name is its origin.")
    ],
) -> None:
    """Follow one more log.

    \b
    Example:
      sagwan witness add ./witness "$(sed -n 2p public/key)"

    \b
    Exit codes: 0 it is followed; 1 it is followed under another key; 2 unusable input.
    """
    _key(folder)
    log = parse_verifier_key(key.strip())
    WitnessStore(folder / _MEMORY).follow(log)
    say(f"{log.name} is followed")


def serve(
    folder: Folder,
    host: Annotated[str, typer.Option(metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8200,
) -> None:
    """Serve a witness over HTTP.

    Until Ctrl-C. Put a proxy before it that speaks TLS and limits rates.

    \b
    Example:
      sagwan witness serve ./witness --port 8200

    \b
    Exit codes: 130 stopped with Ctrl-C; 2 the folder is no witness's, or the port is taken.
    """
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    witness = Witness(WitnessStore(folder / _MEMORY), _key(folder))
    with WitnessServer((host, port), witness) as server:
        say(f"{server.url} (Ctrl-C stops it)")
        server.serve_forever()


def _key(folder: Path) -> SigningKey:
    file = folder / _KEY
    if not file.exists():
        raise Unusable(f"{folder} is no witness's folder", hint="make one: sagwan witness init FOLDER")
    return parse_signing_key(read_text(file).strip())
