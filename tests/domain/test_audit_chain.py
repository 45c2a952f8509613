"""Whatever is changed in a sealed log shows, in the first row that it touches, to who has the key.

OWASP ASVS 5.0 16.4.2: logs are protected from unauthorized access and cannot be modified.
"""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.audit import AuditLine, AuditRow, Result
from kb.domain.audit_chain import BEGINNING, AuditChain, Fault, Head
from kb.domain.errors import Invalid
from tests.fakes.clock import NOON

CHAIN = AuditChain(b"k" * 32)
OTHER = AuditChain(b"o" * 32)


def row(action: str = "sign-in", **fields: object) -> AuditRow:
    return AuditRow.model_validate({"at": NOON, "actor": "anna", "action": action, **fields})


def log(count: int, chain: AuditChain = CHAIN, after: Head | None = None) -> list[AuditLine]:
    return list(chain.sealed(after or Head(), (row(subject=f"record-{each}") for each in range(count))))


def changed(line: AuditLine, **fields: object) -> AuditLine:
    return line.model_copy(update=fields)


def head(lines: list[AuditLine]) -> Head:
    return Head(number=lines[-1].number, mac=lines[-1].mac)


def test_rows_are_numbered_from_one_and_a_sound_log_gives_its_head() -> None:
    lines = log(3)

    verdict = CHAIN.verdict(lines)

    assert [line.number for line in lines] == [1, 2, 3]
    assert (verdict.rows, verdict.head, verdict.fault) == (3, head(lines), None)
    assert CHAIN.verdict([]).head == Head(number=0, mac=BEGINNING)


def test_the_seal_is_an_hmac_over_the_seal_before_and_the_row_in_one_fixed_form() -> None:
    """The form is written out here once more, because rows that stand must be verified for ever."""
    (line,) = CHAIN.sealed(Head(), [row("publish", subject="case-study/ü", detail='a "b"', key="k/1")])

    encoded = rb'[1,1788264000,"anna","publish","case-study/\u00fc","done","a \"b\"","k/1"]'
    assert int(NOON.timestamp()) == 1788264000
    assert line.mac == hmac.new(b"k" * 32, bytes(32) + encoded, hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON.replace(hour=13)},
        {"actor": "boris"},
        {"action": "sign-out"},
        {"subject": "record-9"},
        {"result": Result.REFUSED},
        {"detail": "more"},
        {"key": "case-study/x/1"},
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_changed_row_is_named(place: int, change: dict[str, object]) -> None:
    lines = log(3)
    lines[place - 1] = changed(lines[place - 1], **change)

    verdict = CHAIN.verdict(lines)

    assert (verdict.fault, verdict.number) == (Fault.CHANGED, place)


@given(st.integers(0, 5), st.text(max_size=8), st.text(max_size=8))
def test_no_two_rows_have_the_same_form(cut: int, subject: str, detail: str) -> None:
    """What ends one column cannot begin the next: moving letters between them changes the seal."""
    whole = subject + detail
    one, other = row(subject=subject, detail=detail), row(subject=whole[:cut], detail=whole[cut:])

    assert (CHAIN.mac(BEGINNING, 1, one) == CHAIN.mac(BEGINNING, 1, other)) is (one == other)


def test_rows_that_were_taken_out_are_missed_at_the_next_one() -> None:
    lines = log(5)

    assert fault([*lines[:1], *lines[3:]]) == (Fault.MISSING, 4)
    assert fault(lines[1:]) == (Fault.MISSING, 2)


def test_numbering_rows_anew_does_not_hide_that_one_is_gone() -> None:
    lines = log(4)
    closed = [lines[0], *(changed(line, number=line.number - 1) for line in lines[2:])]

    assert fault(closed) == (Fault.LINK, 2)


def test_a_replaced_seal_is_told_from_a_changed_row_because_the_next_one_does_not_fit_either() -> None:
    lines = log(4)
    lines[1] = changed(lines[1], mac="f" * 64)

    assert fault(lines) == (Fault.LINK, 2)


def test_two_rows_that_changed_places_are_noticed() -> None:
    lines = log(4)
    swapped = [lines[0], changed(lines[2], number=2), changed(lines[1], number=3), lines[3]]

    assert fault(swapped) == (Fault.LINK, 2)


def test_a_row_added_without_the_key_is_noticed() -> None:
    lines = log(2)
    forged = list(OTHER.sealed(head(lines), [row("account.enabled")]))

    assert fault([*lines, *forged]) == (Fault.CHANGED, 3)


def test_the_first_of_several_troubles_is_named() -> None:
    lines = log(6)
    lines[1] = changed(lines[1], actor="boris")
    lines[4] = changed(lines[4], mac="0" * 64)

    assert fault(lines) == (Fault.CHANGED, 2)


def test_an_exchanged_key_is_told_with_the_last_row_that_was_sealed_with_another() -> None:
    before = log(3, OTHER)

    assert fault(before) == (Fault.KEY, 3)
    assert fault([*before, *log(2, CHAIN, head(before))]) == (Fault.KEY, 3)


def test_rows_cut_off_at_the_end_show_only_against_a_head_noted_earlier() -> None:
    lines = log(5)

    assert CHAIN.verdict(lines[:3]).fault is None
    cut = CHAIN.verdict(lines[:3], head(lines))
    assert (cut.fault, cut.number) == (Fault.CUT, 5)


def test_a_log_that_grew_still_holds_the_head_that_was_noted() -> None:
    lines = log(5)

    assert CHAIN.verdict(lines, head(lines[:3])).fault is None
    assert CHAIN.verdict(lines, Head()).fault is None


def test_a_log_written_anew_with_the_key_shows_against_a_head_noted_earlier() -> None:
    noted = head(log(3))
    anew = list(CHAIN.sealed(Head(), [row("something-else"), row(), row(), row()]))

    assert CHAIN.verdict(anew).fault is None
    verdict = CHAIN.verdict(anew, noted)
    assert (verdict.fault, verdict.number) == (Fault.REWRITTEN, 3)


def test_from_a_noted_row_on_what_was_sealed_before_with_a_lost_key_is_believed() -> None:
    before = log(3, OTHER)
    noted = head(before)
    after = log(2, CHAIN, noted)

    verdict = CHAIN.verdict([before[-1], *after], noted, from_noted=True)

    assert (verdict.rows, verdict.head, verdict.fault) == (3, head(after), None)


def test_from_a_noted_row_on_changes_show_as_ever() -> None:
    lines = log(6)
    noted = head(lines[:3])
    since = lines[2:]

    def fault_of(found: list[AuditLine]) -> tuple[Fault | None, int]:
        verdict = CHAIN.verdict(found, noted, from_noted=True)
        return verdict.fault, verdict.number

    assert fault_of(since) == (None, 0)
    assert fault_of([since[0], changed(since[1], actor="boris"), *since[2:]]) == (Fault.CHANGED, 4)
    assert fault_of([changed(since[0], mac="0" * 64), *since[1:]]) == (Fault.REWRITTEN, 3)
    assert fault_of(since[1:]) == (Fault.MISSING, 4)
    assert fault_of([]) == (Fault.CUT, 3)


def test_a_head_is_read_as_it_was_printed() -> None:
    noted = head(log(2))

    assert Head.read(f" {noted}\n") == noted


@pytest.mark.parametrize("text", ["", "2", "2:", f"x:{'0' * 64}", f"2:{'0' * 63}", f"2:{'0' * 64}0"])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="NUMBER:MAC"):
        Head.read(text)


def fault(lines: list[AuditLine]) -> tuple[Fault | None, int]:
    verdict = CHAIN.verdict(lines)
    return verdict.fault, verdict.number
