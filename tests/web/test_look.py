"""The look keeps its promises: contrast in light and dark, every part linked, every kind with word, sign and hue."""

from __future__ import annotations

import re

import pytest

from kb.domain.case_study import CaseStatus
from kb.domain.lesson import BorderOutcome, Outcome
from kb.domain.record import Origin
from kb.domain.unit import UnitKind
from kb.paths import STATIC, TEMPLATES
from kb.web.words import FIELDS, WORDS, word

STYLES = STATIC / "css"
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
IMPORT = re.compile(r'@import url\("([a-z-]+\.css)"\);')
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)
KINDS = tuple(kind.value for kind in UnitKind)
GROUNDS = ("paper", "surface", "sunken")
READABLE = (
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "danger", "warning", "success")
        for ground in GROUNDS
    ),
    *((kind, f"{kind}-wash") for kind in KINDS),
    ("accent-ink", "accent"),
    ("accent-strong", "accent-wash"),
    ("ink", "accent-wash"),
    ("ink", "added-wash"),
    ("ink", "removed-wash"),
    ("mark-ink", "mark"),
    *((state, f"{state}-wash") for state in ("success", "warning", "danger")),
    *(("ink", f"{state}-wash") for state in ("success", "warning", "danger")),
)
"""Text on its ground: 4.5 to 1 (WCAG 2.2, 1.4.3)."""
TELLING = tuple((line, ground) for line in ("rule-strong", "accent") for ground in ("paper", "surface"))
"""Lines that show where a control is: 3 to 1 (WCAG 2.2, 1.4.11)."""
TLP = {"red": "#ff2b2b", "amber": "#ffc000", "green": "#33ff00", "clear": "#ffffff"}


def palettes() -> dict[str, dict[str, str]]:
    light, dark = (STYLES / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    first = dict(TOKEN.findall(light))
    return {"light": first, "dark": first | dict(TOKEN.findall(dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_lines_stand_out_from_their_ground(scheme: str) -> None:
    palette = palettes()[scheme]
    for pairs, least in ((READABLE, 4.5), (TELLING, 3.0)):
        for front, back in pairs:
            found = contrast(palette[front], palette[back])
            assert found >= least, f"{front} on {back} in {scheme}: {found:.2f}"


def test_markings_bear_the_colours_of_the_standard_on_black() -> None:
    badges = (STYLES / "badge.css").read_text()
    assert re.search(r"\.tlp \{[^}]*background: #000000;", badges)
    for name, colour in TLP.items():
        assert re.search(rf"\.tlp--{name}\b[^}}]*\{{\s*color: {colour};", badges), name


def test_every_style_sheet_is_imported_once_and_is_there() -> None:
    imported = IMPORT.findall((STYLES / "main.css").read_text())
    assert sorted(imported) == sorted(each.name for each in STYLES.glob("*.css") if each.name != "main.css")


def test_every_kind_has_a_word_a_sign_and_a_hue() -> None:
    signs, badges = (TEMPLATES / "components" / "signs.html").read_text(), (STYLES / "badge.css").read_text()
    for kind in KINDS:
        assert word(UnitKind(kind)) != kind
        assert f'"{kind}":' in signs
        assert f".kind--{kind}" in badges


def test_every_outcome_has_a_sign_besides_its_word() -> None:
    badges = (STYLES / "badge.css").read_text()
    for outcome in (*Outcome, *BorderOutcome):
        assert f".outcome--{outcome}::before" in badges


def test_every_value_in_the_table_has_a_word() -> None:
    for kind, words in WORDS.items():
        assert {each.value for each in kind} == set(words), kind


def test_a_value_spelt_like_another_keeps_its_own_word() -> None:
    assert word(Origin.PUBLISHED) == "From a public source"
    assert word(CaseStatus.PUBLISHED) == "Published"
    assert word("no such value") == "no such value"
    assert str(FIELDS["title"]) == "Title"


def test_no_template_holds_inline_style_or_script() -> None:
    for template in TEMPLATES.rglob("*.html"):
        assert INLINE.findall(template.read_text()) == [], template.name


def test_every_table_that_may_be_wider_than_the_page_scrolls_in_a_named_place_that_takes_the_focus() -> None:
    boxes = {
        (template.name, box)
        for template in TEMPLATES.rglob("*.html")
        for box in re.findall(r'<div class="table-scroll[^>]*>', template.read_text())
    }
    assert boxes
    for name, box in boxes:
        assert 'tabindex="0"' in box, name
        assert 'role="region"' in box, name
        assert re.search(r"aria-label(ledby)?=", box), name
