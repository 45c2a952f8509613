"""What a search in vain leaves in the database: of what one account typed nothing that can be read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from kb.bootstrap import Services
from kb.config import Settings
from kb.domain.account import Account, Role
from kb.domain.vain_search import normal_text
from kb.web.pending_search import KEY
from tests.web.conftest import SignIn
from tests.web.vain_searching import KEPT, TEXT, file_of, search, shown, sign_out

WORDS = st.text(st.characters(categories=("Ll", "Lu", "Nd", "Zs", "Po")), min_size=8, max_size=60)


@pytest.mark.parametrize(
    "text",
    ["anna.berg@unit.example knows", "call +43 664 1234567", "AT61 1904 3002 3457 3201", "203[.]0[.]113[.]7"],
)
def test_what_leads_to_somebody_is_never_shown_and_nowhere_in_the_database(
    client_as: SignIn, settings: Settings, text: str
) -> None:
    for browser in (client_as(Role.INVESTIGATOR), client_as(Role.PRESENTER)):
        search(browser, text, "something else")
        search(browser, text)
        sign_out(browser)

    assert shown(client_as(Role.COORDINATOR)) == ["something else"]
    file = file_of(settings)
    assert text.encode() not in file
    assert text.casefold().encode() not in file


def test_a_full_page_of_typing_by_one_account_leaves_no_eight_letters_in_the_database(
    client_as: SignIn, accounts: dict[Role, Account], kb_services: Services, settings: Settings
) -> None:
    browser = client_as(Role.INVESTIGATOR)
    typed = [
        "interview of a witness abroad",
        "Überwachung des Routers",
        "запрос о сохранении данных",
        "leaked key word",
    ]
    search(browser, *typed)
    sign_out(browser)

    file = file_of(settings).lower()
    assert not [
        piece
        for text in typed
        for piece in (text.casefold()[at : at + 8] for at in range(len(text) - 7))
        if piece.encode() in file
    ]
    assert kb_services.vain_searches.list(accounts[Role.COORDINATOR]).open == ()


@settings_of(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(WORDS, min_size=1, max_size=5))
def test_whatever_one_account_types_alone_its_text_is_not_in_the_database(
    kb_services: Services, accounts: dict[Role, Account], settings: Settings, texts: list[str]
) -> None:
    """Of schema, accounts and audit log only what stood there before may look like it."""
    before = file_of(settings)
    pending = None
    for text in (*texts, "the last one"):
        pending = kb_services.vain_searches.note(accounts[Role.INVESTIGATOR], pending, text, found=False)

    after = file_of(settings)
    for text in (form for typed in texts for form in (typed, normal_text(typed))):
        pieces = {text[at : at + 8].encode() for at in range(len(text) - 7)}
        assert not [piece for piece in pieces if piece in after and piece not in before]


def test_the_server_side_of_a_session_knows_nothing_of_a_pending_search(
    client_as: SignIn, settings: Settings
) -> None:
    browser = client_as(Role.INVESTIGATOR)
    search(browser, TEXT)

    with browser.session_transaction() as session:
        assert session[KEY] == {"text": "Zeppelin Footage", "found": False}
    assert KEPT.encode() not in file_of(settings).lower()
