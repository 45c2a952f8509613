"""The audit log at the command line: shown, taken out, and verified with an exit status that a job can act on."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from itertools import repeat
from pathlib import Path

import pytest

from kb.cli.audit_forms import COLUMNS, FORMS, csv_texts
from kb.domain.audit import AuditRow
from kb.domain.audit_chain import Head
from kb.domain.spreadsheet import inert
from tests.cli.conftest import Kb
from tests.fakes.audit import CHAIN
from tests.fakes.clock import NOON

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\0=1", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("http://x")')


@pytest.fixture
def used(empty: Kb) -> Kb:
    """Give a home in which something was done: the first rows of its log."""
    empty("account", "create", "chief@unit.example", "--role", "administrator")
    empty("account", "disable", "chief@unit.example")
    empty("account", "enable", "chief@unit.example")
    return empty


def tamper(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "accounts.db")) as connection:
        for name in ("audit_never_changes", "audit_keeps_its_rows"):
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_sound_log_is_verified_and_its_head_printed_alone_on_standard_output(used: Kb) -> None:
    done = used("audit", "verify")

    assert done.exit_code == 0
    assert "3 rows, each fits the one before." in done.stderr
    assert Head.read(done.stdout).number == 3


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit SET subject = 'x' WHERE number = 2", "row 2: It was changed"),
        ("DELETE FROM audit WHERE number = 2", "row 3: Rows before it are missing."),
        ("UPDATE audit SET mac = replace(mac, 'a', 'b') WHERE number = 2", "row 2: Its seal was replaced"),
    ],
)
def test_a_changed_log_gives_exit_status_1_and_names_the_first_row_and_what_is_wrong(
    used: Kb, home: Path, statement: str, sentence: str
) -> None:
    """OWASP ASVS 5.0 16.4.2: logs cannot be modified unnoticed."""
    tamper(home, statement)

    done = used("audit", "verify")

    assert (done.exit_code, done.stdout) == (1, "")
    assert sentence in done.stderr


def test_rows_cut_off_at_the_end_are_found_with_the_head_noted_before(used: Kb, home: Path) -> None:
    noted = used("audit", "verify").stdout.strip()
    assert used("audit", "verify", "--head", noted).exit_code == 0
    tamper(home, "DELETE FROM audit WHERE number = 3")

    assert used("audit", "verify").exit_code == 0
    compared = used("audit", "verify", "--head", noted)
    assert compared.exit_code == 1
    assert "row 3: The log ends before the row that was noted" in compared.stderr


def test_an_exchanged_key_is_told_as_such(used: Kb, home: Path) -> None:
    (home / "audit.key").write_text("another key that is long enough to be one\n", encoding="ascii")

    done = used("audit", "verify")

    assert done.exit_code == 1
    assert "row 3: No row from the first to this one fits the key" in done.stderr


def test_after_a_lost_key_rows_since_a_noted_head_are_verified(used: Kb, home: Path) -> None:
    (home / "audit.key").unlink()
    newest = json.loads(used("audit", "show", "--limit", "1", "--json").stdout)
    noted = f"{newest['number']}:{newest['mac']}"
    used("account", "disable", "chief@unit.example")

    assert used("audit", "verify", "--head", noted).exit_code == 1
    done = used("audit", "verify", "--head", noted, "--newer")
    assert (done.exit_code, Head.read(done.stdout).number) == (0, 4)
    assert used("audit", "verify", "--newer").exit_code == 2


def test_the_key_is_the_servers_alone_and_a_broken_one_stops_the_start(used: Kb, home: Path) -> None:
    assert (home / "audit.key").stat().st_mode & 0o777 == 0o600
    (home / "audit.key").write_text("short\n", encoding="ascii")

    done = used("audit", "verify")

    assert done.exit_code == 3
    assert "Restore it from a backup" in done.stderr


def test_a_head_that_is_none_is_told(used: Kb) -> None:
    assert "NUMBER:MAC" in used("audit", "verify", "--head", "3").stderr


def test_lines_are_shown_newest_first_and_found_by_what_is_asked(used: Kb) -> None:
    shown = used("audit", "show").stdout.splitlines()

    assert [line.split("  ")[0] for line in shown] == ["3", "2", "1"]
    assert "operator  account.enabled" in shown[0]
    assert used("audit", "show", "--limit", "1").stdout.splitlines() == shown[:1]
    assert used("audit", "show", "--action", "account.disabled").stdout.splitlines() == shown[1:2]
    assert used("audit", "show", "--subject", "chief@unit.example").stdout.splitlines() == shown
    assert used("audit", "show", "--actor", "operator", "--since", "2020-01-01").stdout.splitlines() == shown
    assert used("audit", "show", "--actor", "chief@unit.example").stdout == ""
    assert used("audit", "show", "--since", "2999-01-01").stdout == ""


def test_lines_are_shown_as_json_for_scripts(used: Kb) -> None:
    (newest, *_) = map(json.loads, used("audit", "show", "--json").stdout.splitlines())

    assert (newest["number"], newest["actor"], newest["action"]) == (3, "operator", "account.enabled")
    assert newest["result"] == "done"


def test_the_whole_log_is_taken_out_as_csv_and_that_is_noted(used: Kb, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"

    assert used("audit", "export", str(file)).exit_code == 0

    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]
    assert (rows[-1]["action"], rows[-1]["detail"]) == ("audit.exported", "csv")
    assert list(rows[0]) == list(COLUMNS)


def test_the_whole_log_is_taken_out_as_lines_of_json_that_anybody_with_the_key_can_verify(
    used: Kb, home: Path
) -> None:
    done = used("audit", "export", "-", "--format", "jsonl")

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    assert used("audit", "verify").stdout.strip() == f"4:{lines[-1]['mac']}"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_to_a_spreadsheet(text: str) -> None:
    """OWASP ASVS 5.0 1.2.10: exports are guarded against formula injection."""
    line = next(
        iter(CHAIN.sealed(Head(), [AuditRow(at=NOON, actor=text, action=text, subject=text, detail=text)]))
    )

    (_, cells) = csv.reader(io.StringIO("".join(csv_texts([line])), newline=""))

    assert [cell for cell in cells if cell.startswith(FORMULAS)] == []
    assert cells[2] == f"'{text}"


def test_other_cells_stay_as_they_are() -> None:
    assert [inert(text) for text in ("", "a=b", "case-study/x", "'quoted'")] == [
        "",
        "a=b",
        "case-study/x",
        "'quoted'",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_lines_are_written_as_they_come_however_many_there_are(form: str) -> None:
    lines = CHAIN.sealed(Head(), repeat(AuditRow(at=NOON, actor="anna", action="sign-in"), 9))

    assert next(FORMS[form](lines))

    assert next(lines).number <= 2


def test_what_was_refused_to_the_account_that_acts_is_noted(used: Kb) -> None:
    refused = used("search", "anything", "--as", "chief@unit.example")

    assert refused.exit_code == 5
    line = json.loads(used("audit", "show", "--limit", "1", "--json").stdout)
    (chief,) = json.loads(used("account", "list", "--json").stdout)
    assert (line["actor"], line["action"], line["detail"]) == (chief["id"], "refused", "kb search")
