"""The form of a case study: from what was typed to a value and back, without ever losing a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.errors import Invalid, KnowledgeBaseError, StaleRevision
from kb.domain.lesson import LessonKind, free_key
from kb.domain.marking import Marking
from kb.domain.record import Origin
from kb.domain.submission import Submission
from kb.web.forms.base import REFUSALS, STATUS_OF, problems_of
from kb.web.forms.fields import (
    CASE_FIELDS,
    LESSON_FIELDS,
    ORIGINATOR_FIELDS,
    REFERENCES,
    SOURCE_FIELDS,
    Field,
    read,
    write,
)
from kb.web.forms.sentences import not_added, sentence
from kb.web.forms.typed import GROUP_NAME, Group, Typed, TypedLesson, operate, with_lesson_of

Result = TypeVar("Result")
Persons = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the account id for each of some e-mail addresses that belongs to an officer."""

SAVE, FINISH = "save", "finish"
"""What the two plain buttons ask for; see `typed.OPERATIONS` for the others."""
ADDRESS_SEPARATORS = str.maketrans(",;<>", "    ")


class CaseForm:
    """A form as it is shown: the words in it, and what is wrong with them by field name ("" is the whole form).

    `originator` says that the form holds what only a new case decides: marking, audience and origin. `revision` is the
    number that the text was written over, `based_on` the published one that a change starts from.
    """

    def __init__(
        self, typed: Typed, *, originator: bool, revision: int = 0, based_on: int = 0, op: str = SAVE
    ) -> None:
        self.typed = typed
        self.originator = originator
        self.revision, self.based_on, self.op = revision, based_on, op
        self.errors: dict[str, list[str]] = {}
        self.status = 200
        self.target = ""
        """The key of the lesson at which the page opens: the one that was added or moved."""
        self.body: CaseStudy | None = None
        """The value that was last made of the words."""
        self.stale = False
        """True where somebody saved meanwhile: both texts must be shown."""

    @classmethod
    def of(cls, case: CaseStudy, *, originator: bool, revision: int = 0, based_on: int = 0) -> CaseForm:
        """Give the form that shows a text."""
        plain = case.model_dump(mode="json")
        typed = Typed(
            fields=write(_case_fields(originator), plain),
            lessons=tuple(
                TypedLesson(write(LESSON_FIELDS[lesson.kind], dump).words, kind=lesson.kind, key=lesson.key)
                for lesson, dump in zip(case.lessons, plain["lessons"], strict=True)
            ),
            sources=tuple(write(SOURCE_FIELDS, source) for source in plain["sources"]),
        )
        return cls(typed, originator=originator, revision=revision, based_on=based_on)

    @classmethod
    def editing(cls, submission: Submission, revision: int, base: CaseStudy | None = None) -> CaseForm:
        """Give the form that goes on writing a submission; keys of the published text do not come again."""
        form = cls.of(
            submission.body,
            originator=not submission.based_on,
            revision=revision,
            based_on=submission.based_on,
        )
        known = frozenset(lesson.key for lesson in base.lessons) if base else frozenset[str]()
        form.typed = replace(form.typed, retired_keys=known - form.typed.keys)
        return form

    @classmethod
    def sent(cls, sent: MultiDict[str, str], *, originator: bool) -> CaseForm:
        """Give the form as a browser sent it, with its button pressed."""
        typed = Typed.read(sent)
        fields, op = typed.fields, typed.fields.one("op") or SAVE
        form = cls(
            typed,
            originator=originator,
            revision=_number(fields.one("revision")),
            based_on=_number(fields.one("brought_up")) or _number(fields.one("based_on")),
            op=op,
        )
        form._press(op)
        return form

    @classmethod
    def one_more(cls, base: CaseStudy, based_on: int, lesson: TypedLesson) -> CaseForm:
        """Give the form that holds the published text and, at its end, one lesson more; only that one is shown."""
        form = cls.of(base, originator=False, based_on=based_on)
        added = replace(lesson, key=free_key(lesson.kind, form.typed.keys))
        form.typed = replace(form.typed, lessons=(*form.typed.lessons, added))
        return form

    def over(self, stored: CaseStudy, typed: CaseStudy) -> CaseStudy:
        """Give the stored text with what this form changes in it: what saving it now would lead to."""
        names = {field.path[0] for field in _case_fields(self.originator)} | {"lessons", "sources"}
        return stored.model_copy(update={name: getattr(typed, name) for name in names})

    def take(self, stored: CaseStudy, part: str) -> None:
        """Put the stored words of one part into the form: a field by its name, or a lesson as `lessons.KEY`."""
        other = CaseForm.of(stored, originator=self.originator).typed
        name, _, key = part.partition(".")
        if name == "lessons":
            self.typed = with_lesson_of(self.typed, other, key)
        elif name == "sources":
            self.typed = replace(self.typed, sources=other.sources)
        else:
            fields = [field.name for field in _case_fields(self.originator) if field.path[0] == name]
            words = {field: other.fields.words.get(field, ()) for field in fields}
            self.typed = replace(self.typed, fields=self.typed.fields.having(**words))

    def attempt(self, call: Callable[[CaseStudy], Result], persons: Persons) -> Result | None:
        """Make the value and call with it; None means that the form is to be shown again, every word in it.

        This is the one place where refusals are caught for this form, so that none of them costs the writer a word.
        """
        self.body = self.value(persons)
        if self.body is None:
            return None
        try:
            return call(self.body)
        except REFUSALS as refused:
            self._refuse(refused)
            return None

    def value(self, persons: Persons) -> CaseStudy | None:
        """Give what was typed as a value, or None where the form now holds the sentences."""
        plain, problems = read(_case_fields(self.originator), self.typed.fields)
        for name, problem in problems.items():
            self.note(name, problem)
        self._take_audience(plain, persons)
        plain["sources"] = [read(SOURCE_FIELDS, source)[0] for source in self.typed.sources]
        plain["lessons"] = [self._lesson(place, lesson) for place, lesson in enumerate(self.typed.lessons)]
        if plain.get("origin") == Origin.PUBLISHED and not plain["sources"]:
            self.note("sources", _("Name the public source of the case, with its title at least."))
            plain["origin"] = Origin.REPORTED
        case = self._validated(plain)
        if self.errors:
            self.status = STATUS_OF[Invalid]
        return None if self.errors else case

    def note(self, name: str, problem: str) -> None:
        """Put a sentence at a field, once."""
        found = self.errors.setdefault(name, [])
        if problem not in found:
            found.append(problem)

    def lesson_with(self, key: str) -> int | None:
        """Give the place of the lesson with this key, if it is in the form."""
        return next((place for place, each in enumerate(self.typed.lessons) if each.key == key), None)

    @property
    def source_rows(self) -> tuple[Group, ...]:
        """Give the sources as typed, and an empty one to be filled."""
        return (*self.typed.sources, Group())

    def path_of(self, name: str) -> str:
        """Give the path in the value of what a field holds: by it, a field is called the same on every page."""
        if match := GROUP_NAME.fullmatch(name):
            group, place, field = match.groups()
            return f"lessons.{self.typed.lessons[int(place)].key}.{field}" if group == "lessons" else group
        paths = {field.name: field.path for field in _case_fields(originator=True)}
        return ".".join(paths.get(name, (name,)))

    def _press(self, op: str) -> None:
        """Let the button do its work on the words; where it would make a case too long, say so and do nothing."""
        before, after = self.typed, operate(self.typed, op)
        if len(after.lessons) > max(MOST_LESSONS, len(before.lessons)):
            self.note("lessons", not_added())
            return
        self.typed = after
        moved = op.split(":")[1] if op.startswith(("up:", "down:", "same:", "tag:")) else ""
        self.target = next(iter(after.keys - before.keys), moved)

    def _refuse(self, refused: KnowledgeBaseError) -> None:
        self.status = STATUS_OF[type(refused)]
        self.stale = isinstance(refused, StaleRevision)
        for path, problem in problems_of(refused):
            self.note(self._name_of(tuple(path.split("."))), _(problem))

    def _lesson(self, place: int, lesson: TypedLesson) -> dict[str, object]:
        plain, problems = read(LESSON_FIELDS[lesson.kind], lesson)
        for name, problem in problems.items():
            self.note(f"lessons-{place}-{name}", problem)
        for name, kind in REFERENCES.items():
            if name in plain:
                known = {key for key, _ in self.typed.titles(kind)}
                plain[name] = tuple(key for key in lesson.many(name) if key in known)
        return {**plain, "key": lesson.key, "kind": lesson.kind}

    def _take_audience(self, plain: dict[str, object], persons: Persons) -> None:
        """Add the persons named by address; who is named counts only under the marking that names them."""
        audience = plain.get("audience")
        if not isinstance(audience, dict):
            return
        found = self._addressed(persons)
        named = {
            Marking.AMBER.value: {"countries": audience.get("countries", ())},
            Marking.RED.value: {"persons": (*audience.get("persons", ()), *found)},
        }
        kept = {name: audience[name] for name in ("marking", "chatham_house") if name in audience}
        plain["audience"] = {**kept, **named.get(str(audience.get("marking")), {})}

    def _addressed(self, persons: Persons) -> tuple[str, ...]:
        typed = self.typed.fields.one("audience_addresses").translate(ADDRESS_SEPARATORS).split()
        known = persons(typed)
        for address in typed:
            if address not in known:
                self.note(
                    "audience_addresses",
                    _(
                        "“%(address)s” cannot be named here. Write the address with which an officer signs in.",
                        address=address,
                    ),
                )
        return tuple(known.values())

    def _validated(self, plain: Mapping[str, object]) -> CaseStudy | None:
        try:
            return CaseStudy.model_validate(plain)
        except ValidationError as refused:
            for error in refused.errors():
                self.note(self._name_of(error["loc"]), sentence(error))
            return None

    def _name_of(self, path: tuple[int | str, ...]) -> str:
        """Give the name of the field to which a path of the value leads; lessons go by place or key."""
        head, *rest = path or ("",)
        if head == "lessons" and rest:
            place = rest[0] if isinstance(rest[0], int) else self.lesson_with(rest[0])
            kinds = {kind.value for kind in LessonKind}
            steps = [step for step in rest[1:] if isinstance(step, str) and step not in kinds]
            return "-".join(["lessons", str(place), *steps[:1]]) if place is not None else "lessons"
        if head == "sources":
            return "-".join(str(step) for step in path)
        steps = [str(step) for step in path]
        found = (
            field.name
            for field in _case_fields(originator=True)
            if all(a == b for a, b in zip(field.path, steps, strict=False))
        )
        return next(found, str(head) if head in {"lessons", "sources", "owner"} else "")


def _case_fields(originator: bool) -> tuple[Field, ...]:
    return CASE_FIELDS + (ORIGINATOR_FIELDS if originator else ())


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0
