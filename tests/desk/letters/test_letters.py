"""Letters say what the record holds, in both languages, and nothing else."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdf import PdfReader

from sagwan.desk.casework import queries
from sagwan.desk.casework.packs import Packs
from sagwan.desk.home import HomeError
from sagwan.desk.letters.facts import Answer
from sagwan.desk.letters.kinds import Kind, LetterNotPossible
from sagwan.desk.letters.letterhead import read_letter_config
from sagwan.desk.letters.letters import Wish, compose, letter_of
from sagwan.desk.letters.source import Source
from sagwan.desk.letters.typeset import typeset
from sagwan.desk.setup import Desk
from sagwan.law.errors import TermNotAllowed
from sagwan.law.model import ProviderNotice
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Target
from sagwan.record.vocabulary import Outcome, Release
from tests.desk.casework.make import TODAY, receive, work
from tests.desk.people.make import staff, vetted
from tests.desk.vault import make as production
from tests.support.home import START, filing

from . import make
from .make import HEAD, pages, read, squeezed

NEXT_DAY = START + timedelta(days=1)
NEXT_TODAY = TODAY + timedelta(days=1)


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk(letter=HEAD)


def text_of(desk: Desk, number: str, kind: Kind, lang: str, at: datetime = NEXT_DAY, **wish: object) -> str:
    return read(typeset(compose(desk, number, Wish(kind, lang, **wish), at=at)).pdf)


def assert_says(text: str, *parts: str) -> None:
    for part in parts:
        assert squeezed(part) in text, part


def test_a_refusal_gives_reason_article_and_the_way_that_is_open(desk: Desk) -> None:
    number = make.refused(desk)
    assert_says(
        text_of(desk, number, Kind.REFUSAL, "ko"),
        f"{number}-4",
        "2016년 3월 3일",
        "가상서울경찰서",
        "가상 홍길동",
        "2016-형제-1234",
        "법적 제공 의무 없음",
        "전기통신사업법 제83조제3항",
        "압수·수색영장(형사소송법 제215조)",
        "법무실장 Lee",
        "통신비밀 업무팀",
        "제주특별자치도 제주시 가상로 1",
        "가상 자료 · SYNTHETIC",
    )
    assert_says(
        text_of(desk, number, Kind.REFUSAL, "en"),
        "the law does not oblige the provider",
        "Search and seizure warrant (Criminal Procedure Act, Art. 215)",
        "General Counsel, Lee",
        "says nothing on whether the accounts exist",
    )


def test_a_refusal_names_the_defects_that_a_person_confirmed(desk: Desk) -> None:
    paper = {slug: value for slug, value in make.VOLUNTARY_PAPER.items() if slug != "link"}
    number = make.receive(desk, make.voluntary(paper=paper))
    story = queries.story(desk, number)
    missing = next(key for key in story.progress.state.blocking if key == "item-missing:link")
    refuse = Decision(Outcome.REFUSED, "document-defective")
    work(
        desk,
        number,
        ("kim", ask.StartReview()),
        ("kim", ask.AnswerFinding(missing, ask.FindingAnswer.ACCEPTED, "")),
        ("kim", ask.Propose(refuse)),
        ("lee", ask.Approve()),
    )
    letter = compose(desk, number, Wish(Kind.REFUSAL, "en"), at=NEXT_DAY)
    assert isinstance(letter.body, Answer)
    assert len(letter.body.defects) == 1
    assert_says(read(typeset(letter).pdf), *letter.body.defects, "mended")


def test_a_partial_answer_counts_by_kind_and_category(desk: Desk) -> None:
    number = make.narrowed(desk)
    letter = compose(desk, number, Wish(Kind.PARTIAL, "en"), at=NEXT_DAY)
    body = letter.body
    assert isinstance(body, Answer)
    rows = {(row.kind, row.data.split()[0]): (row.asked, row.granted) for row in body.rows}
    assert rows == {
        ("account", "access"): (5, 5),
        ("account", "content"): (5, 5),
        ("name", "access"): (1, 0),
        ("name", "content"): (1, 0),
        ("telephone number", "access"): (3, 3),
        ("telephone number", "content"): (3, 0),
    }
    assert [one.value for one in body.named] == [f"+82 10 0000 000{n}" for n in range(3)] + [
        "홍길동(洪吉童) 별명 '뷁'"
    ]
    text = read(typeset(letter).pdf)
    assert_says(text, "8 of 9 asked for", "3: no data – the data were kept no longer", "洪吉童")
    assert "user0@example.kr" not in text, "who is answered in full stands in the production, not here"


def test_a_long_list_of_targets_is_cut_and_said_to_be(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sagwan.desk.letters.answers.MAX_NAMED", 3)
    text = text_of(desk, make.narrowed(desk), Kind.PARTIAL, "ko")
    assert_says(text, "이 밖에 1개의 대상이 더 있으며")
    assert "洪吉童" not in text


def test_no_data_says_why(desk: Desk) -> None:
    number = make.without_data(desk)
    assert_says(
        text_of(desk, number, Kind.NO_DATA, "ko"), "식별 정보 부족", "하나의 계정을 가리키는 식별자로"
    )
    with pytest.raises(LetterNotPossible, match="the decision is no-data"):
        compose(desk, number, Wish(Kind.REFUSAL, "ko"), at=NEXT_DAY)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_question_comes_as_it_was_written(desk: Desk, lang: str) -> None:
    question = "#panic() $x$ *b* \\ 1) 시작일?\n2) `종료일` @y <z>"
    assert_says(text_of(desk, make.asked(desk, question), Kind.CLARIFICATION, lang), question)


def test_an_acknowledgement_names_what_is_missing(desk: Desk) -> None:
    number = make.refused(desk)
    text = text_of(desk, number, Kind.ACKNOWLEDGEMENT, "ko")
    assert_says(text, "2016년 3월 2일 09:00 (KST)", "문서에 없는 항목", f"{number}-1", "통신비밀 업무팀")
    assert "Lee" not in text and "Kim" not in text


def test_a_hold_tells_its_term_and_its_one_extension(desk: Desk) -> None:
    number = make.held(desk)
    for kind in (Kind.PRESERVATION, Kind.PRESERVATION_ENDING):
        text = text_of(desk, number, kind, "ko", NEXT_TODAY)
        assert_says(
            text, "2026년 10월 12일", "2026년 12월 10일", "최장 30일", "2027년 1월 9일", "2026년 12월 11일"
        )
    work(desk, number, ("kim", ask.ExtendHold(date(2027, 1, 9))), at=NEXT_TODAY)
    after = NEXT_TODAY + timedelta(days=1)
    assert_says(
        text_of(desk, number, Kind.PRESERVATION, "en", after), "9 January 2027", "no further extension"
    )
    with pytest.raises(LetterNotPossible, match="ended on 2027-01-09"):
        compose(desk, number, Wish(Kind.PRESERVATION_ENDING, "ko"), at=datetime(2027, 1, 10, tzinfo=UTC))
    work(desk, number, ("kim", ask.ReleaseHold(Release.CANCELLED)), at=after)
    with pytest.raises(LetterNotPossible, match="released"):
        compose(desk, number, Wish(Kind.PRESERVATION, "ko"), at=after)


def test_a_production_gives_the_digest_and_the_day(desk: Desk) -> None:
    number = production.approved(desk)
    production.put(desk, number)
    out = production.release(desk, number, locking=production.to_key()[1])
    text = text_of(desk, number, Kind.PRODUCTION, "ko")
    assert_says(text, out.manifest, "2016년 4월 1일 10:00 (KST)", "manifest.txt", "법무실장 Lee", "암호화")
    with pytest.raises(LetterNotPossible, match="stage 2"):
        compose(desk, number, Wish(Kind.PRODUCTION, "ko", stage=2), at=NEXT_DAY)
    with pytest.raises(LetterNotPossible, match="can be fetched no more"):
        compose(desk, number, Wish(Kind.PRODUCTION, "ko"), at=START + timedelta(days=40))


def test_a_handover_by_other_means_says_nothing_of_fetching(desk: Desk) -> None:
    manifest = "0123456789abcdef" * 4
    text = text_of(desk, make.handed_over(desk, manifest), Kind.PRODUCTION, "en")
    assert_says(text, manifest, "sha256sum --check")
    assert "download" not in text
    with pytest.raises(LetterNotPossible, match="without a manifest"):
        compose(desk, make.handed_over(desk, ""), Wish(Kind.PRODUCTION, "ko"), at=NEXT_DAY)


def test_a_forgery_is_told_to_the_authority_and_to_nobody_who_asked(desk: Desk) -> None:
    number = make.suspected(desk, decided=True)
    for kind in Kind:
        if kind.to_requester:
            with pytest.raises(LetterNotPossible, match="nothing goes out"):
                compose(desk, number, Wish(kind, "ko"), at=NEXT_DAY)
    with pytest.raises(LetterNotPossible, match="independently"):
        compose(desk, number, Wish(Kind.FORGERY, "ko"), at=NEXT_DAY)
    staff(desk)
    vetted(desk)
    text = text_of(desk, number, Kind.FORGERY, "en")
    assert_says(text, "Seoul-Police", "가상 홍길동", "Nothing was handed over")
    assert "2016-1-0" not in text, "a target is a user's, and none of the authority's business"


def noticed(desk: Desk, number: str, target: Target | None, day: date, lang: str = "ko") -> str:
    """A notice under the Korean pack as if it let the provider tell."""
    story = queries.story(desk, number)
    pack = Packs(desk.home).pinned(story.progress.state.pack)
    lenient = tuple(
        replace(one, notice=tuple(replace(rule, provider=ProviderNotice.MAY) for rule in one.notice))
        for one in pack.instruments
    )
    source = Source(story, replace(pack, instruments=lenient), desk.home, lang, day)
    wish = Wish(Kind.NOTICE, lang, target=target)
    return read(typeset(letter_of(source, wish, read_letter_config(desk.home))).pdf)


def test_a_notice_is_only_made_where_the_law_lets_the_provider_tell(desk: Desk) -> None:
    number = make.handed_over(desk)
    with pytest.raises(TermNotAllowed):
        compose(desk, number, Wish(Kind.NOTICE, "ko", target=filing().targets[0]), at=NEXT_DAY)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_notice_says_only_what_that_user_may_know(desk: Desk, lang: str) -> None:
    number = make.handed_over(desk)
    own, other = filing().targets
    day = NEXT_DAY.date()
    text = noticed(desk, number, own, day, lang)
    assert_says(text, own.value, "가상서울경찰서", "통신 내용" if lang == "ko" else "content")
    for hidden in (other.value, "홍길동", "사기", "Lee", "Kim", "사건번호", "Yourcase"):
        assert hidden not in text, hidden
    with pytest.raises(LetterNotPossible, match="nothing of this target"):
        noticed(desk, number, Target("account", "2016-9-9"), day)
    with pytest.raises(LetterNotPossible, match="one target"):
        noticed(desk, number, None, day)


def test_an_order_stops_a_notice(desk: Desk) -> None:
    number = make.handed_over(desk)
    work(desk, number, ("kim", ask.ImposeOrder(date(2016, 5, 1))), at=NEXT_DAY)
    with pytest.raises(LetterNotPossible, match="until 2016-05-01"):
        noticed(desk, number, filing().targets[0], date(2016, 5, 1))
    assert noticed(desk, number, filing().targets[0], date(2016, 5, 2))


def test_a_preview_is_marked_on_every_page_and_may_come_before_the_approval(desk: Desk) -> None:
    number = make.refused(desk, approve=False)
    with pytest.raises(LetterNotPossible, match="second person"):
        compose(desk, number, Wish(Kind.REFUSAL, "ko"), at=NEXT_DAY)
    letter = compose(desk, number, Wish(Kind.REFUSAL, "ko", preview=True), at=NEXT_DAY)
    assert_says(read(typeset(letter).pdf), "승인 대기", "아직 승인되지 않았습니다")
    long = compose(desk, make.narrowed(desk, 120), Wish(Kind.PARTIAL, "ko", preview=True), at=NEXT_DAY)
    long = replace(long, body=replace(long.body, named=long.body.named * 20))  # type: ignore[union-attr]
    found = pages(typeset(long).pdf)
    assert len(found) > 2
    assert all("미리보기 · PREVIEW" in page for page in found)
    final = typeset(compose(desk, make.refused(desk), Wish(Kind.REFUSAL, "ko"), at=NEXT_DAY)).pdf
    assert "PREVIEW" not in read(final)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_letter_to_an_authority_is_there_in_both_languages(desk: Desk, lang: str) -> None:
    staff(desk)
    vetted(desk)
    numbers = {
        Kind.ACKNOWLEDGEMENT: make.refused(desk),
        Kind.CLARIFICATION: make.asked(desk, "언제부터?"),
        Kind.REFUSAL: make.refused(desk),
        Kind.PARTIAL: make.narrowed(desk),
        Kind.NO_DATA: make.without_data(desk),
        Kind.PRESERVATION: make.held(desk),
        Kind.PRESERVATION_ENDING: make.held(desk),
        Kind.PRODUCTION: make.handed_over(desk),
        Kind.FORGERY: make.suspected(desk),
    }
    assert {*numbers, Kind.NOTICE} == set(Kind)
    for kind, number in numbers.items():
        at = NEXT_TODAY if kind in (Kind.PRESERVATION, Kind.PRESERVATION_ENDING) else NEXT_DAY
        assert_says(text_of(desk, number, kind, lang, at), number, HEAD["unit"][lang], HEAD["contact"][lang])


def test_nothing_is_decided_yet(desk: Desk) -> None:
    number = receive(desk, filing())
    for kind in (Kind.REFUSAL, Kind.PARTIAL, Kind.NO_DATA, Kind.CLARIFICATION, Kind.PRODUCTION):
        with pytest.raises(LetterNotPossible):
            compose(desk, number, Wish(kind, "ko", preview=True), at=NEXT_DAY)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_file_can_be_read_by_a_screen_reader(desk: Desk, lang: str) -> None:
    made = typeset(compose(desk, make.narrowed(desk), Wish(Kind.PARTIAL, lang), at=NEXT_DAY)).pdf
    reader = PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith(lang)
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None and reader.metadata.title
    assert "(" in reader.metadata.title and reader.metadata.author


def test_without_a_table_the_letterhead_is_the_provider(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    letter = compose(desk, make.refused(desk), Wish(Kind.REFUSAL, "ko"), at=NEXT_DAY)
    assert (letter.head.name, letter.head.address, letter.signer.rank) == ("카카오", (), "승인자")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"adress": {"ko": "가", "en": "a"}}, "'adress' is not a setting"),
        ({"unit": {"ko": "가"}}, "letter.unit must be given in Korean"),
        ({"unit": "가"}, "letter.unit must be given in Korean"),
        ({"signers": {"lee": {"ko": "", "en": "x"}}}, "letter.signers.lee.ko is empty"),
    ],
)
def test_a_wrong_letterhead_is_named(
    make_desk: Callable[..., Desk], table: dict[str, object], said: str
) -> None:
    with pytest.raises(HomeError, match=said):
        read_letter_config(make_desk(letter=table).home)
