"""What all who know common passwords promise, asked of zxcvbn and of the fake."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.adapters.accounts.common_passwords import ZxcvbnPasswords
from kb.domain.password import FEWEST_GUESSES
from kb.domain.ports import CommonPasswords
from tests.fakes.common_passwords import FewPasswords


@pytest.fixture(params=["few", "zxcvbn"])
def common(request: pytest.FixtureRequest) -> CommonPasswords:
    return FewPasswords() if request.param == "few" else ZxcvbnPasswords()


def test_the_commonest_words_are_listed_and_a_sentence_is_not(common: CommonPasswords) -> None:
    """ASVS 5.0 V6.2: passwords are checked against those that are known."""
    assert all(common.lists(each) for each in ("password", "letmein", "iloveyou"))
    assert not common.lists("four words that last")
    assert not common.lists("")


@pytest.mark.parametrize("password", ["x" * 200, "abababababababab", "passwordpasswordpassword"])
def test_what_repeats_itself_is_soon_guessed(common: CommonPasswords, password: str) -> None:
    assert common.guesses(password, ()) < FEWEST_GUESSES


@pytest.mark.parametrize(
    "password", ["four words that last", "пятнадцать букв", "aaaaaaaaaaaaaaaaaaaaaaaa drowned piano"]
)
def test_a_few_words_stand_long(common: CommonPasswords, password: str) -> None:
    assert common.guesses(password, ()) >= FEWEST_GUESSES


def test_a_persons_own_words_are_guessed_first(common: CommonPasswords) -> None:
    password, own = "beispielheim", ("beispiel", "heim")

    assert common.guesses(password, own) < common.guesses(password, ())


@given(st.text(alphabet=st.characters(), max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_estimated(password: str, own: list[str]) -> None:
    assert ZxcvbnPasswords().guesses(password, own) >= 0


@pytest.mark.parametrize("text", ["4@8({[<369!1|07$5+%2" * 10, "1!|7+%4@$5" * 20, "p@55w0rd" * 25])
def test_look_alikes_of_letters_keep_nobody_waiting(text: str) -> None:
    """ASVS 5.0 V15.2: what takes long is bounded."""
    started = time.process_time()

    ZxcvbnPasswords().guesses(text, ("anna",))

    assert time.process_time() - started < 5


def test_one_persons_words_count_for_nobody_else_who_asks_at_once() -> None:
    common, word = ZxcvbnPasswords(), "zzyzxquorbleft"
    alone = common.guesses(word, ())

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda own: common.guesses(word, own), [(word,), ()] * 20))

    assert set(found[1::2]) == {alone}
    assert max(found[::2]) < alone
