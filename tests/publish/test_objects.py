"""A published folder in an object store: brought there, followed there, and never replaced there."""

import hashlib
import multiprocessing
import os
import shutil
import signal

import pytest
from obstore.exceptions import PermissionDeniedError

from sagwan.formats import paths
from sagwan.publish.counting import PublishError
from sagwan.publish.upload import plan, upload
from sagwan.verify import SourceError, Trust, verify
from sagwan.verify.objects import explained, open_store
from tests.support.bucket import BUCKET, running
from tests.support.folder import H1, Half, Keys, Publisher, received, resolved, second_half

ADDRESS = f"s3://{BUCKET}/kakao"
# moto's own: its tables of regions are opened and left to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")


@pytest.fixture
def store(monkeypatch):
    with running(monkeypatch) as server:
        yield server


@pytest.fixture
def publisher(tmp_path):
    return Publisher(tmp_path / "public", Keys())


def first(count=300):
    return Half(H1, [make(f"r{n}") for n in range(count) for make in (received, resolved)], batches=5)


def trust_in(publisher):
    return Trust(key=publisher.keys.vkey, policy=publisher.keys.policy())


def test_the_same_verdict_as_from_the_folder(publisher, store):
    publisher.publish(first())
    publisher.publish(second_half())
    done = upload(publisher.root, open_store(ADDRESS))
    trust = trust_in(publisher)
    here, there = verify(publisher.root, trust=trust), verify(ADDRESS, trust=trust)
    assert there.exit_code == 0 and done.kept == 0
    assert (there.checks, there.periods) == (here.checks, here.periods)


def test_a_second_upload_sends_only_what_is_new_and_the_checkpoint_last(publisher, store):
    publisher.publish(first())
    done = upload(publisher.root, open_store(ADDRESS))
    assert store.put[-1] == f"kakao/{paths.CHECKPOINT}" and done.sent == len(store.put)
    assert upload(publisher.root, open_store(ADDRESS)).sent == 0
    store.asked.clear()
    publisher.publish(second_half())
    done = upload(publisher.root, open_store(ADDRESS))
    assert store.put[-1] == f"kakao/{paths.CHECKPOINT}" and done.sent == len(store.put)
    assert not any("2016H1" in path for path in store.put)
    bound = [path for path in store.put if path.endswith((".manifest", ".line", "2016H2.checkpoint"))]
    assert len(bound) == 3 and store.put[-4:-1] == bound


def test_more_files_than_one_page_of_a_listing(publisher, store):
    publisher.publish(first(20))
    for number in range(1_200):
        (publisher.root / f"page-{number}.html").write_text("a page")
    assert upload(publisher.root, open_store(ADDRESS)).sent > 1_200
    assert upload(publisher.root, open_store(ADDRESS)).sent == 0
    assert verify(ADDRESS, trust=trust_in(publisher)).exit_code == 0


def test_types_and_how_long_to_cache(publisher, store):
    publisher.publish(first(20))
    bucket = open_store(ADDRESS)
    upload(publisher.root, bucket)
    moment = bucket.get(paths.CHECKPOINT).attributes
    assert moment["Content-Type"].startswith("text/plain") and "max-age=5" in moment["Cache-Control"]
    tile = bucket.get("log/tile/0/000.p/40").attributes
    assert tile["Content-Type"] == "application/octet-stream" and "immutable" in tile["Cache-Control"]
    assert plan("log/tile/entries/x001/000").content_type == "application/octet-stream"
    assert plan("log/keys/001").content_type == "text/plain; charset=utf-8"
    assert "immutable" not in plan(paths.KEY).cache and "immutable" not in plan("ko/index.html").cache


@pytest.mark.parametrize("compare", [False, True])
def test_a_sealed_file_is_never_replaced(publisher, store, compare):
    publisher.publish(first(20))
    bucket = open_store(ADDRESS)
    upload(publisher.root, bucket)
    changed = publisher.root / paths.report_csv(H1)
    changed.write_bytes(changed.read_bytes().replace(b"20", b"21"))
    before = bytes(bucket.get(paths.report_csv(H1)).bytes())
    with pytest.raises(PublishError, match=r"2016H1\.csv is in .* with other bytes"):
        upload(publisher.root, bucket, compare=compare)
    assert bytes(bucket.get(paths.report_csv(H1)).bytes()) == before


def test_an_older_folder_or_another_log_does_not_replace_the_checkpoint(publisher, store, tmp_path):
    publisher.publish(first(20))
    shutil.copytree(publisher.root, tmp_path / "yesterday")
    publisher.publish(second_half())
    bucket = open_store(ADDRESS)
    upload(publisher.root, bucket)
    with pytest.raises(PublishError, match="never shrinks"):
        upload(tmp_path / "yesterday", bucket)
    other = Publisher(tmp_path / "other", Keys())
    other.publish(first(40))
    with pytest.raises(
        PublishError, match="with other bytes"
    ):  # the same name, more entries, another history
        upload(other.root, bucket)
    stranger = Publisher(tmp_path / "stranger", Keys(origin="stranger.invalid/log"))
    stranger.publish(first(40))
    with pytest.raises(PublishError, match=r"the log demo\.invalid/kakao, the folder stranger\.invalid/log"):
        upload(stranger.root, bucket)
    with pytest.raises(PublishError, match="no published folder"):
        upload(tmp_path, bucket)
    assert verify(ADDRESS, trust=trust_in(publisher)).exit_code == 0


def _upload_until_killed(folder, sent):
    """Upload, and die as by a power cut after that many files."""

    def tick(done, total):
        if done == sent:
            os.kill(os.getpid(), signal.SIGKILL)

    upload(folder, open_store(ADDRESS), progress=tick)


@pytest.mark.parametrize("sent", [0.1, 0.6, 0.95])
def test_an_upload_that_is_killed_leaves_a_store_that_holds_and_goes_on(publisher, store, sent):
    publisher.publish(first())
    upload(publisher.root, open_store(ADDRESS))
    publisher.publish(second_half())
    count = sum(1 for path in publisher.root.rglob("*") if path.is_file())
    killed = multiprocessing.get_context("spawn").Process(
        target=_upload_until_killed, args=(publisher.root, max(1, int(count * sent)))
    )
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    trust = trust_in(publisher)
    assert verify(ADDRESS, trust=trust, period="2016H1").exit_code == 0
    upload(publisher.root, open_store(ADDRESS))
    verdict = verify(ADDRESS, trust=trust)
    assert verdict.exit_code == 0 and [p.period for p in verdict.periods] == ["2016H1", "2016H2"]


def test_a_file_that_changed_in_the_store_fails_the_verdict(publisher, store):
    publisher.publish(first(20))
    bucket = open_store(ADDRESS)
    upload(publisher.root, bucket)
    data = bytes(bucket.get(paths.openings(H1, 0)).bytes())
    bucket.put(paths.openings(H1, 0), data.replace(b"\tcomplied\t", b"\trefused\t", 1))
    assert verify(ADDRESS, trust=trust_in(publisher)).exit_code == 1
    with pytest.raises(PublishError, match="with other bytes"):
        upload(publisher.root, bucket)


def test_a_store_that_gives_no_md5_is_compared_on_request(publisher, store, tmp_path):
    """Where the tag is no MD5, as of a file that was sent in parts, only `compare` sees another content."""
    publisher.publish(first(20))
    bucket = open_store(ADDRESS)
    upload(publisher.root, bucket)
    file = publisher.root / paths.openings(H1, 0)
    data = file.read_bytes()
    bucket.put(paths.openings(H1, 0), data[:-2] + b"?\n", use_multipart=True, chunk_size=5 << 20)
    tag = bucket.head(paths.openings(H1, 0))["e_tag"].strip('"')
    assert tag != hashlib.md5(data).hexdigest()  # noqa: S324  (the store's choice)
    with pytest.raises(PublishError, match="with other bytes"):
        upload(publisher.root, bucket, compare=True)


@pytest.mark.parametrize(
    ("address", "match"),
    [
        ("s3://nowhere/kakao", "NoSuchBucket"),
        ("s3:///kakao", "names no bucket"),
        (f"s3://{BUCKET}/empty", "no report"),
        ("ftp://host/folder", "no address that can be read"),
    ],
)
def test_addresses_that_hold_nothing(store, address, match):
    with pytest.raises(SourceError, match=match):
        verify(address)


def test_a_store_that_does_not_answer(monkeypatch, store):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    with pytest.raises(SourceError, match="s3://") as failed:
        verify(ADDRESS)
    assert "AWS_ENDPOINT_URL" in (failed.value.hint or "")


def test_access_that_is_denied_says_which_credentials(store):
    with pytest.raises(SourceError, match="access is denied: AccessDenied: No") as failed, explained(ADDRESS):
        raise PermissionDeniedError("<Error><Code>AccessDenied</Code><Message>No</Message></Error>")
    assert "AWS_ACCESS_KEY_ID" in (failed.value.hint or "")
