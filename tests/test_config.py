"""Settings: read from the environment, refused with a sentence where they cannot work."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.config import SETTINGS, Setting, Settings
from kb.config.mail import smtp_password
from kb.domain.errors import BadSetting


def test_without_any_variable_the_current_folder_is_served_on_this_machine_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings.read({})

    assert settings.home == tmp_path
    assert str(settings.url) == "http://127.0.0.1:8080"
    assert str(settings.listen) == "127.0.0.1:8080"
    assert settings.trusted_proxies == 0


def test_by_default_the_environment_of_this_process_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_HOME", str(tmp_path / "elsewhere"))

    assert Settings.read().home == tmp_path / "elsewhere"


def test_everything_of_an_installation_lies_in_its_home(tmp_path: Path) -> None:
    settings = Settings.read({"KB_HOME": str(tmp_path)})

    paths = {
        settings.entries,
        settings.search_index,
        settings.accounts,
        settings.secret_key,
        settings.audit_key,
    }
    assert {path.name for path in paths} == {
        "entries",
        "search_index",
        "accounts.db",
        "secret.key",
        "audit.key",
    }
    assert {path.parent for path in paths} == {tmp_path}


SIGNED_IN = {"KB_SMTP_USER": "casebook", "KB_SMTP_PASSWORD": "secret"}
BESIDE: dict[str, dict[str, str]] = {
    "KB_SMTP_HOST": {"KB_SMTP_FROM": "casebook@example.org"},
    "KB_SMTP_USER": {"KB_SMTP_PASSWORD": "secret"},
    "KB_SMTP_PASSWORD": {"KB_SMTP_USER": "casebook"},
    "KB_SMTP_PASSWORD_FILE": {"KB_SMTP_USER": "casebook"},
}
"""What must be set beside a setting."""


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.variable)
def test_every_setting_of_the_table_is_read_and_its_example_works(row: Setting, tmp_path: Path) -> None:
    example = row.example
    if row.variable == "KB_SMTP_PASSWORD_FILE":
        example = str(tmp_path / "smtp-password")
        Path(example).write_text("secret\n", encoding="ascii")
    beside = {"KB_URL": "https://casebook.example.org", **BESIDE.get(row.variable, {})}

    settings = Settings.read({**beside, row.variable: example})

    assert getattr(settings, row.field) == row.read(example)
    assert row.meaning.endswith(".")


def test_the_table_holds_every_setting_once() -> None:
    assert sorted(row.field for row in SETTINGS) == sorted(Settings.model_fields)


def test_blank_variables_count_as_unset() -> None:
    assert Settings.read({row.variable: "  " for row in SETTINGS}) == Settings.read({})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KB_URL", "casebook.example.org"),
        ("KB_URL", "ftp://casebook.example.org"),
        ("KB_URL", "https://"),
        ("KB_URL", "https://casebook.example.org/path"),
        ("KB_URL", "https://casebook.example.org?x"),
        ("KB_URL", "https://user@casebook.example.org"),
        ("KB_URL", "https://casebook.example.org:99999"),
        ("KB_URL", "http://[::1]:8080"),
        ("KB_LISTEN", "8080"),
        ("KB_LISTEN", "127.0.0.1"),
        ("KB_LISTEN", "127.0.0.1:99999"),
        ("KB_LISTEN", "127.0.0.1:8080/x"),
        ("KB_TRUSTED_PROXIES", "-1"),
        ("KB_TRUSTED_PROXIES", "10"),
        ("KB_TRUSTED_PROXIES", "one"),
        ("KB_TRUSTED_PROXIES", "²"),
        ("KB_WORKERS", "0"),
        ("KB_THREADS", "1000"),
        ("KB_HOME", __file__),
    ],
)
def test_a_value_that_cannot_work_is_refused_with_one_that_would(variable: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        Settings.read({variable: value})

    assert variable in str(refused.value)
    assert value in str(refused.value)
    assert next(row.example for row in SETTINGS if row.variable == variable) in str(refused.value)


@pytest.mark.parametrize(
    "environment",
    [
        {"KB_URL": "http://casebook.example.org"},
        {"KB_URL": "http://10.0.0.7:8080"},
        {"KB_URL": "http://127.0.0.1:8080", "KB_LISTEN": "0.0.0.0:8080"},
    ],
)
def test_plain_http_is_refused_beyond_this_machine(environment: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match="plain http"):
        Settings.read(environment)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8"])
def test_plain_http_is_fine_on_this_machine(host: str) -> None:
    settings = Settings.read({"KB_URL": f"http://{host}:5000"})

    assert not settings.url.secure
    assert str(settings.listen) == f"{host}:5000"


def test_behind_tls_the_server_listens_on_loopback_unless_told_otherwise() -> None:
    tls = {"KB_URL": "https://Casebook.example.org"}

    assert str(Settings.read(tls).listen) == "127.0.0.1:8080"
    assert str(Settings.read(tls | {"KB_LISTEN": "0.0.0.0:9000"}).listen) == "0.0.0.0:9000"
    assert str(Settings.read(tls | {"KB_LISTEN": "[::1]:9000"}).listen) == "[::1]:9000"
    assert str(Settings.read(tls).url) == "https://casebook.example.org"
    assert str(Settings.read({"KB_URL": "https://x.example:444"}).url) == "https://x.example:444"


def test_this_machine_is_known_by_both_its_names_and_others_by_one() -> None:
    assert Settings.read({"KB_URL": "http://127.0.0.1:5000"}).url.origins == {
        "http://127.0.0.1:5000",
        "http://localhost:5000",
    }
    assert Settings.read({"KB_URL": "https://x.example"}).url.origins == {"https://x.example"}


def test_a_folder_that_is_no_home_is_said_to_be_none_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="kb init"):
        Settings.read({"KB_HOME": str(tmp_path)}).require_home()

    assert list(tmp_path.iterdir()) == []


def test_a_password_comes_from_a_variable_or_a_file_and_is_never_shown(tmp_path: Path) -> None:
    """ASVS 5.0 13.3.1: a secret of the back end may lie in a file of its own, and stands in no output."""
    file = tmp_path / "smtp-password"
    file.write_text("geheim\r\n", encoding="utf-8")

    by_file = Settings.read({"KB_SMTP_USER": "casebook", "KB_SMTP_PASSWORD_FILE": str(file)})
    by_variable = Settings.read(SIGNED_IN)

    assert (smtp_password(by_file), smtp_password(by_variable)) == ("geheim", "secret")
    assert "geheim" not in f"{by_file!r} {by_file.smtp_password_file}"
    assert "secret" not in f"{by_variable!r} {by_variable.smtp_password}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"KB_SMTP_HOST": "mail.example.org"}, "KB_SMTP_FROM is not"),
        (
            {
                "KB_SMTP_HOST": "mail.example.org",
                "KB_SMTP_FROM": "a@example.org",
                "KB_SMTP_SECURITY": "none",
            },
            "for a mail server on this machine alone",
        ),
        ({"KB_SMTP_USER": "casebook"}, "set both or neither"),
        ({"KB_SMTP_PASSWORD": "secret"}, "set both or neither"),
        ({"KB_SMTP_SECURITY": "ssl3"}, "it must be starttls, tls or none"),
        ({"KB_SMTP_FROM": "Casebook <a@example.org>"}, "it must be one address"),
        ({"KB_SMTP_FROM": "example.org"}, "it must be one address"),
        ({"KB_SMTP_HOST": "mail.example.org:25"}, "without a port"),
        ({"KB_SMTP_PASSWORD_FILE": "/nowhere/at/all"}, "the file cannot be read"),
        ({"KB_SMTP_TIMEOUT": "0"}, "a whole number from 1 to 300"),
    ],
)
def test_half_a_mail_server_stops_the_start(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadSetting, match=sentence) as refused:
        Settings.read(given)
    assert "secret" not in str(refused.value)


def test_a_password_is_in_one_place_and_not_empty(tmp_path: Path) -> None:
    file = tmp_path / "smtp-password"
    file.write_text("\n", encoding="ascii")
    with pytest.raises(BadSetting, match="the file is empty"):
        Settings.read({"KB_SMTP_USER": "casebook", "KB_SMTP_PASSWORD_FILE": str(file)})
    file.write_text("secret", encoding="ascii")
    with pytest.raises(BadSetting, match="keep one of them"):
        Settings.read({**SIGNED_IN, "KB_SMTP_PASSWORD_FILE": str(file)})


def test_a_mail_server_on_this_machine_may_be_spoken_to_in_the_clear() -> None:
    given = {"KB_SMTP_HOST": "localhost", "KB_SMTP_FROM": "a@example.org", "KB_SMTP_SECURITY": "none"}

    assert Settings.read(given).smtp_security.port == 25
    assert Settings.read({}).outbox == Settings.read({}).home / "outbox"
