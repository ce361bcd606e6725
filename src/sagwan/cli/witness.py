"""`sagwan witness`: a witness of other people's logs."""

import logging
import os
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.parsing import read_text
from sagwan.seal.files import write_whole
from sagwan.tlog import FormatError, KeyType, SigningKey, VerifierKey, parse_signing_key, parse_verifier_key
from sagwan.witness import Witness, WitnessServer, WitnessStore
from sagwan.witness.store import origin_id

NewFolder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The witness's folder, to be made.")]
Folder = Annotated[
    Path,
    typer.Option(
        "--folder",
        envvar="SAGWAN_WITNESS",
        metavar="PATH",
        help="The witness's folder.",
        show_default="the current folder",
        show_envvar=False,
    ),
]
_HERE = Path()
_KEY, _MEMORY = "witness.key", "witness.db"


def init(
    folder: NewFolder,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The witness's name: a URL prefix you own, without https://.")
    ],
    ml_dsa: Annotated[
        bool,
        typer.Option("--ml-dsa", help="A second key, of ML-DSA-44, that quantum computers cannot forge."),
    ] = False,
) -> None:
    """Make a witness: its key and its memory.

    Prints its verifier key, with --ml-dsa both: give them to the providers whose logs you witness, and to
    readers. Never restore the memory from a backup: a witness that forgot could sign a second history.

    \b
    Example:
      sagwan witness init ./witness --name witness.example/ngo

    \b
    Exit codes: 0 made; 2 the folder is not empty, or the name cannot be used.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Unusable(f"{folder} is not an empty folder", hint="name a folder that is empty or not there")
    if "://" in name or name.endswith("/"):
        raise Unusable(f"{name!r} is an address", hint="a name is one without https:// and the last slash")
    kinds = (KeyType.COSIGNATURE_V1, KeyType.ML_DSA_44) if ml_dsa else (KeyType.COSIGNATURE_V1,)
    keys = [SigningKey(name, kind, os.urandom(32)) for kind in kinds]
    text = "".join(f"{key.private_text()}\n" for key in keys)
    folder.mkdir(mode=0o700, exist_ok=True)
    write_whole(folder / _KEY, text.encode(), mode=0o600)
    WitnessStore(folder / _MEMORY)
    for key in keys:
        say(str(key.verifier))


def add(
    key: Annotated[
        str, typer.Argument(metavar="LOG-VKEY", help="The log's verifier key; its name is its origin.")
    ],
    replaces: Annotated[
        str | None,
        typer.Option(metavar="VKEY", help="The log's key until now, which gave way to this one."),
    ] = None,
    folder: Folder = _HERE,
) -> None:
    """Follow one more log, or a known one under its new key.

    Compare the key with the provider by another way, once: all that you sign rests on it. With --replaces
    the log goes on where it stands, and its old key is not believed any more.

    \b
    Examples:
      sagwan witness add "$(sed -n 2p public/key)" --folder ./witness
      sagwan witness add NEW-VKEY --replaces OLD-VKEY --folder ./witness

    \b
    Exit codes: 0 it is followed; 1 it is followed under another key; 2 unusable input.
    """
    log = _verifier_key(key)
    _memory(folder).follow(log, None if replaces is None else _verifier_key(replaces))
    say(f"{log.name} is followed")


def _verifier_key(text: str) -> VerifierKey:
    try:
        return parse_verifier_key(text.strip())
    except FormatError as error:
        raise Unusable(
            str(error), hint="name a line of the `key` file that the provider publishes: NAME+ID+KEY"
        ) from None


def list_logs(folder: Folder = _HERE, as_json: Json = False) -> None:
    """List the logs that a witness follows, and how far it has cosigned them.

    \b
    Example:
      sagwan witness list --folder ./witness

    \b
    Exit codes: 0 listed; 2 the folder is no witness's.
    """
    followed = _memory(folder).followed()
    if as_json:
        say_json([{"origin": key.name, "vkey": str(key), "size": size} for key, size in followed])
        return
    rows = [(key.name, "–" if size is None else f"{size:,}", str(key)) for key, size in followed]
    say_table(("log", "entries", "key"), rows)


def show(
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help="The log's name, as the list has it.")],
    folder: Folder = _HERE,
) -> None:
    """Print the last checkpoint of a log that a witness cosigned, as it stands.

    \b
    Example:
      sagwan witness show transparency.example/kakao --folder ./witness

    \b
    Exit codes: 0 printed; 1 nothing was cosigned for that log; 2 the folder is no witness's.
    """
    memory = _memory(folder)
    cosigned = memory.cosigned(origin_id(origin))
    if cosigned is None:
        followed = memory.log_key(origin) is not None
        say(f"nothing was cosigned for {origin}{'' if followed else ', which is not followed here'}")
        raise typer.Exit(1)
    typer.echo(cosigned.note.decode(), nl=False)


def serve(
    folder: Folder = _HERE,
    *,
    host: Annotated[str, typer.Option(metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8200,
) -> None:
    """Serve a witness over HTTP.

    Until Ctrl-C, or SIGTERM, which ends it at once: what it has signed is on disk before it answers.
    Put a proxy before it that speaks TLS and limits rates.

    \b
    Example:
      sagwan witness serve --folder ./witness --port 8200

    \b
    Exit codes: 130 stopped with Ctrl-C; 2 the folder is no witness's, or the port is taken.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    witness = Witness(_memory(folder), *_keys(folder))
    with WitnessServer((host, port), witness) as server:
        say(f"{server.url} (Ctrl-C stops it)")
        server.serve_forever()


def _memory(folder: Path) -> WitnessStore:
    """What the witness remembers. One that has lost it must never sign again: it could sign a second past."""
    _keys(folder)
    if not (folder / _MEMORY).is_file():
        raise Unusable(
            f"the witness has lost its memory: {folder / _MEMORY} is not there",
            hint="never use this key again; make a new witness: sagwan witness init OTHER-FOLDER",
        )
    return WitnessStore(folder / _MEMORY)


def _keys(folder: Path) -> list[SigningKey]:
    file = folder / _KEY
    if not file.exists():
        raise Unusable(f"{folder} is no witness's folder", hint="make one: sagwan witness init FOLDER")
    return [parse_signing_key(line) for line in read_text(file).split()]
