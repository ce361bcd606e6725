"""`sagwan upload`: a published folder into an object store."""

from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json
from sagwan.cli.output import progress, say, say_json
from sagwan.publish.upload import Uploaded
from sagwan.publish.upload import upload as bring


def upload(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `sagwan publish` wrote.")],
    address: Annotated[
        str, typer.Argument(metavar="URL", help="The bucket and folder, as s3://bucket/kakao.")
    ],
    compare: Annotated[
        bool, typer.Option("--compare", help="Read what is there already and compare every byte.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring a published folder into an object store.

    Sends what is new, never replaces a sealed file, and sends the log's checkpoint last. Run it again after
    an interruption, and after each `sagwan publish`. Nothing is ever deleted there. Credentials and endpoint
    come from the environment (AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL …).

    \b
    Examples:
      sagwan upload ./public s3://transparency.example/kakao
      AWS_ENDPOINT_URL=http://127.0.0.1:9000 AWS_ALLOW_HTTP=true sagwan upload ./public s3://test
      sagwan verify s3://transparency.example/kakao --key kakao.keys

    \b
    Exit codes: 0 all is there; 1 the store holds other bytes of a sealed file, another log, or more of this
      one; 2 the folder or the store cannot be used.
    """
    done = send(folder, address, compare=compare)
    if as_json:
        say_json({"sent": done.sent, "bytes": done.sent_bytes, "kept": done.kept, "to": address})
        return
    say(f"{address}: {done.sent:,} files sent ({done.sent_bytes:,} bytes), {done.kept:,} were there")


def send(folder: Path, address: str, *, compare: bool = False) -> Uploaded:
    """Upload with a progress bar; a store's errors say what to do."""
    # Only here: an extra that no other command needs.
    from sagwan.verify.objects import explained, open_store  # noqa: PLC0415

    if address.partition("://")[0] in ("http", "https", address):
        raise Unusable(f"{address!r} is no object store", hint="such as s3://bucket/folder")
    store = open_store(address)
    with progress("uploading") as tick, explained(address):
        return bring(folder, store, compare=compare, progress=tick)
