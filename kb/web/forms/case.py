"""The form of a case study: from what was typed to a value and back, without ever losing a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from kb.domain.case_study import MOST_LESSONS, CaseStudy
from kb.domain.errors import Invalid, KnowledgeBaseError, StaleRevision
from kb.domain.lesson import LessonKind, free_key
from kb.domain.merging import Merge, part_of
from kb.domain.record import Origin
from kb.domain.submission import Submission
from kb.web.forms.audience import Persons, audience_of
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
from kb.web.forms.operations import opened_by, operate, with_lesson_of
from kb.web.forms.sentences import not_added, sentence
from kb.web.forms.typed import GROUP_NAME, Group, Step, Typed, TypedLesson
from kb.web.headers import say_when

Result = TypeVar("Result")

SAVE, GO_ON, FINISH = "save", "go-on", "finish"
"""What the plain buttons ask for; see `operations.OPERATIONS` for the others."""
TAKE = "take:"
"""How a button's `op` begins that takes the other text of one part."""


class CaseForm:
    """A form as it is shown: the words in it, and what is wrong with them by field name ("" is the whole form).

    `originator` says that the form holds what only a new case decides: marking, audience and origin. `revision` is the
    number that the text was written over. Of a form with a `step` the page shows that part alone; the rest is as written.
    """

    def __init__(
        self,
        typed: Typed,
        *,
        originator: bool,
        revision: int = 0,
        op: str = SAVE,
        step: Step | None = None,
    ) -> None:
        self.typed = typed
        self.originator = originator
        self.revision, self.op, self.step = revision, op, step
        self.errors: dict[str, list[str]] = {}
        self.status = 200
        self.target = ""
        """The key of the lesson at which the page opens: the one that was added or moved."""
        self.body: CaseStudy | None = None
        """The value that was last made of the words."""
        self.stale = False
        """True where somebody saved meanwhile: both texts must be shown."""
        self.others_wrote = False
        """True where the text has changed since the one that this was written over."""
        self.undecided: tuple[str, ...] = ()
        """The parts of which a person has to choose one of two texts, by their paths."""

    @classmethod
    def of(
        cls, case: CaseStudy, *, originator: bool, revision: int = 0, step: Step | None = None
    ) -> CaseForm:
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
        return cls(typed, originator=originator, revision=revision, step=step)

    @classmethod
    def editing(
        cls, submission: Submission, revision: int, step: Step, base: CaseStudy | None = None
    ) -> CaseForm:
        """Give the page that goes on writing a submission; keys of the published text do not come again."""
        form = cls.of(submission.body, originator=not submission.based_on, revision=revision, step=step)
        known = frozenset(lesson.key for lesson in base.lessons) if base else frozenset[str]()
        form.typed = replace(form.typed, retired_keys=known - form.typed.keys)
        return form

    @classmethod
    def sent(
        cls,
        sent: MultiDict[str, str],
        *,
        originator: bool,
        step: Step | None = None,
        written: CaseStudy | None = None,
    ) -> CaseForm:
        """Give the form as a browser sent it, with its button pressed; a page of it stands upon the `written` text."""
        typed = Typed.read(sent)
        if step and written:
            typed = typed.upon(cls.of(written, originator=originator).typed, step)
        op = typed.fields.one("op") or SAVE
        form = cls(typed, originator=originator, revision=revision_in(sent), op=op, step=step)
        form.undecided = tuple(typed.fields.one("undecided").split())
        form._press(op)
        return form

    @classmethod
    def one_more(cls, base: CaseStudy, lesson: TypedLesson) -> CaseForm:
        """Give the form that holds the published text and, at its end, one lesson more; only that one is shown."""
        form = cls.of(base, originator=False)
        added = replace(lesson, key=free_key(lesson.kind, form.typed.keys))
        form.typed = replace(form.typed, lessons=(*form.typed.lessons, added))
        return form

    def over(self, stored: CaseStudy, typed: CaseStudy) -> CaseStudy:
        """Give the stored text with what this form changes in it: what saving it now would lead to."""
        names = {field.path[0] for field in _case_fields(self.originator)} | {"lessons", "sources"}
        return stored.model_copy(update={name: getattr(typed, name) for name in names})

    def join(self, merge: Merge, revision: int) -> None:
        """Show both texts joined over `revision`, and let a person decide about what both wrote differently."""
        typed = CaseForm.of(merge.body, originator=self.originator).typed
        self.typed = replace(typed, retired_keys=self.typed.retired_keys)
        self.body, self.revision, self.undecided = merge.body, revision, merge.conflicts

    def take(self, stored: CaseStudy, part: str) -> None:
        """Put the stored words of one part into the form, by its path: a field, a lesson or a field of one."""
        other = CaseForm.of(stored, originator=self.originator).typed
        name, _, rest = part.partition(".")
        key, _, field = rest.partition(".")
        if name == "sources":
            self.typed = replace(self.typed, sources=other.sources)
        elif name == "lessons" and field:
            theirs = {lesson.key: lesson.words.get(field, ()) for lesson in other.lessons}
            lessons = [
                each.having(**{field: theirs.get(each.key, ())}) if each.key == key else each
                for each in self.typed.lessons
            ]
            self.typed = replace(self.typed, lessons=tuple(lessons))
        elif name == "lessons":
            self.typed = with_lesson_of(self.typed, other, key)
        else:
            fields = [each.name for each in _case_fields(self.originator) if part_of(each.path[0]) == name]
            words = {each: other.fields.words.get(each, ()) for each in fields}
            self.typed = replace(self.typed, fields=self.typed.fields.having(**words))

    def attempt(self, call: Callable[[CaseStudy], Result], persons: Persons) -> Result | None:
        """Make the value and call with it; None means that the form is to be shown again, every word in it.

        This is the one place where refusals are caught for this form, so that none of them costs the writer a word.
        """
        self.body = self.value(persons)
        body = self.body
        return None if body is None else self.tried(lambda: call(body))

    def tried(self, call: Callable[[], Result]) -> Result | None:
        """Call; where that is refused, the form holds the sentences. What a button asks beside the text saves nothing of it."""
        try:
            return call()
        except REFUSALS as refused:
            self._refuse(refused)
            return None

    def value(self, persons: Persons) -> CaseStudy | None:
        """Give what was typed as a value, or None where the form now holds the sentences."""
        plain, problems = read(_case_fields(self.originator), self.typed.fields)
        for name, problem in problems.items():
            self.note(name, problem)
        audience, unknown = audience_of(plain.get("audience"), self.typed.fields, persons)
        plain |= audience
        for problem in unknown:
            self.note("audience_addresses", problem)
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

    def shows(self, name: str) -> bool:
        """Say whether a field stands on this page, so that a link can lead to it."""
        if self.step is None:
            return bool(name)
        group, _, place = name.partition("-")
        if group == "lessons" and place:
            return self.typed.lessons[int(place.partition("-")[0])].kind is self.step.kind
        owned = {"lessons": self.step.kind is not None, "sources": self.step.has_sources}
        return owned.get(group, name in self.step.fields)

    @property
    def source_rows(self) -> tuple[Group, ...]:
        """Give the sources as typed, and an empty one to be filled."""
        return (*self.typed.sources, Group())

    def path_of(self, name: str) -> str:
        """Give the path in the value of what a field holds: by it, a field is called the same on every page."""
        if match := GROUP_NAME.fullmatch(name):
            group, place, field = match.groups()
            return f"{group}.{self.typed.lessons[int(place)].key if group == 'lessons' else place}.{field}"
        paths = {field.name: field.path for field in _case_fields(originator=True)}
        return ".".join(paths.get(name, (name,)))

    def _press(self, op: str) -> None:
        """Let the button do its work on the words; where it would make a case too long, say so and do nothing."""
        before, after = self.typed, operate(self.typed, op)
        if len(after.lessons) > max(MOST_LESSONS, len(before.lessons)):
            self.note("lessons", not_added())
            return
        self.typed = after
        self.target = opened_by(op, before, after)

    def _refuse(self, refused: KnowledgeBaseError) -> None:
        say_when(refused)
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


def revision_in(sent: MultiDict[str, str]) -> int:
    """Give the number of the text that a form was written over, as it travelled hidden; 0 is none."""
    text = sent.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 5 else 0
