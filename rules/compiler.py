"""Compiles a directive file to a plan: who owes what by which instant (pure; DESIGN section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

import naming
from models.directive import DirectiveFile, RequirementFile
from models.document import DocumentRef
from models.fault import Fault
from models.plan import (
    CascadePlan,
    DirectiveHead,
    Duty,
    Opening,
    OpeningMode,
    Plan,
    RequirementPlan,
)
from models.unit import Unit
from rules import numbers
from rules.addressing import Registry, addressed
from rules.calendar import WorkingCalendar, day_end, day_start, last_day
from rules.deadline import EXAMPLES, Deadline, read_deadline
from rules.ladder import DEFAULT_LADDER, offset, steps
from rules.source import Path, Source, read
from rules.suggestions import did_you_mean, schema_fault


@dataclass(frozen=True)
class Compiled:
    """`plan` is None where there are errors; warnings never stop a plan."""

    plan: Plan | None
    warnings: tuple[Fault, ...]
    errors: tuple[Fault, ...]


def compile_directive(raw: bytes, units: Mapping[str, Unit], calendar: WorkingCalendar) -> Compiled:
    """Compile the bytes of a directive file against the registry.

    All faults are found in one go, each with its line and path. Due instants are computed here, once (DESIGN rule 5).
    """
    source = read(raw)
    if source.data is None or source.faults:
        errors = source.faults or [source.fault("empty", (), "the file is empty: see `dondoc schema`")]
        return Compiled(None, (), tuple(errors))
    try:
        written = DirectiveFile.model_validate(source.data)
    except ValidationError as error:
        faults = {fault.path: fault for fault in (schema_fault(source, detail) for detail in error.errors())}
        return Compiled(None, (), tuple(sorted(faults.values(), key=lambda fault: fault.line)))
    compilation = _Compilation(source, written, Registry(units), calendar)
    plan = compilation.plan()
    errors = sorted(compilation.errors, key=lambda fault: fault.line)
    return Compiled(None if errors else plan, tuple(compilation.warnings), tuple(errors))


class _Compilation:
    def __init__(self, source: Source, written: DirectiveFile, registry: Registry, calendar: WorkingCalendar) -> None:
        self.source = source
        self.written = written
        self.registry = registry
        self.calendar = calendar
        self.errors: list[Fault] = []
        self.warnings: list[Fault] = []
        self.starts = day_start(written.document.date)
        self.closing = day_end(written.closing)

    def error(self, code: str, path: Path, message: str) -> None:
        self.errors.append(self.source.fault(code, path, message))

    def warn(self, code: str, path: Path, message: str) -> None:
        self.warnings.append(self.source.fault(code, path, message))

    def plan(self) -> Plan | None:
        head = self._head()
        if self.written.closing <= self.written.document.date:
            self.error("closing_before_issue", ("closing",), "the register closes before the document was issued")
        self._check_ladder()
        addressees = {key: self._addressees(key, item) for key, item in self.written.requirements.items()}
        plans = {key: self._requirement(key, item) for key, item in self.written.requirements.items()}
        self._check_openings(addressees)
        if head is None or self.errors:
            return None
        return Plan(head=head, cascades=self._cascades(head, plans, addressees))

    def _check_ladder(self) -> None:
        seen: dict[int, str] = {}
        for index, rung in enumerate(self.written.policy.ladder or ()):
            path = ("policy", "ladder", index, "at")
            if offset(rung) == 0:
                self.error("step_on_due_day", path, "a step needs a distance: T-1 or T+1")
            elif earlier := seen.get(offset(rung)):
                self.error("duplicate_step", path, f"there is a step on that day already: {earlier}")
            seen.setdefault(offset(rung), rung.at)

    def _head(self) -> DirectiveHead | None:
        document = self.written.document
        issuer = self.registry.find(document.issuer)
        if issuer is None:
            hint = did_you_mean(document.issuer, self.registry.units)
            message = f"no unit {document.issuer!r} in the registry{hint}; `dondoc units tree` lists them"
            self.error("unknown_unit", ("document", "issuer"), message)
        elif not issuer.valid_on(document.date):
            message = f"{issuer.name} does not exist on {document.date:%d/%m/%Y}"
            self.error("unit_not_valid", ("document", "issuer"), message)
        number = numbers.parse(document.number)
        if number is None:
            message = f"{document.number!r} is not a number and symbol, like 908/SLĐTBXH-BĐG or 25/KH-UBND"
            self.error("number", ("document", "number"), message)
        elif number.normal != document.number:
            message = f"read {document.number!r} as {number.normal!r}"
            self.warn("number_normalised", ("document", "number"), message)
        if issuer is None or number is None:
            return None
        return DirectiveHead(
            directive_id=naming.directive_id(
                issuer.code, number.year or document.date.year, number.series, number.number
            ),
            document=DocumentRef(
                number=number.normal,
                normal=number.normal,
                date=document.date,
                issuer=issuer.name,
                title=document.title,
                signer=document.signer.name if document.signer else "",
            ),
            type=document.type,
            place=document.place or issuer.place,
            issuer=issuer.code,
            signer=document.signer,
            basis=tuple(
                DocumentRef(
                    number=cited.number,
                    normal=numbers.normalise(cited.number),
                    date=cited.date,
                    issuer=cited.issuer,
                    title=cited.title,
                )
                for cited in document.basis
            ),
            recipients=document.recipients,
            contact=self.written.contact,
            starts=self.starts,
            closing=self.closing,
        )

    def _addressees(self, key: str, item: RequirementFile) -> tuple[Unit, ...]:
        path = ("requirements", key, "to")
        for place in ("units", "except"):
            codes = item.to.units if place == "units" else item.to.excluding
            for index, code in enumerate(codes):
                unit = self.registry.find(code)
                if unit is None:
                    hint = did_you_mean(code, self.registry.units)
                    self.error("unknown_unit", (*path, place, index), f"no unit {code!r} in the registry{hint}")
                elif place == "units" and not unit.valid_on(self.written.document.date):
                    message = f"{unit.name} does not exist on {self.written.document.date:%d/%m/%Y}"
                    self.error("unit_not_valid", (*path, place, index), message)
        if self.registry.find(self.written.document.issuer) is None:
            return ()
        found = addressed(self.registry, self.written.document.issuer, item.to, self.written.document.date)
        for code in found.outside:
            message = f"{code} is not below {self.written.document.issuer}, so nobody in this directive follows it up"
            self.error("not_below_issuer", path, message)
        if not found.units and not found.outside:
            message = f"addresses nobody: {self.written.document.issuer} has no such units below it on that date"
            self.error("addresses_nobody", path, message)
        return found.units

    def _requirement(self, key: str, item: RequirementFile) -> RequirementPlan:
        path = ("requirements", key)
        deadline = self._deadline(path, item)
        rungs = DEFAULT_LADDER if self.written.policy.ladder is None else self.written.policy.ladder
        ladder = steps(deadline.due, rungs, self.calendar, self.written.policy.send_at) if deadline.due else ()
        return RequirementPlan(
            key=key,
            ref=item.ref,
            title=item.title,
            kind=item.kind,
            due=deadline.due,
            due_phrase=deadline.phrase,
            opening=self._opening(path, item),
            steps=tuple(step for step in ladder if step.at < self.closing),
            accepts_existing=item.if_not_issued,
            choices=item.choices,
            attendance=item.attendance,
            guidance=item.guidance,
        )

    def _deadline(self, path: Path, item: RequirementFile) -> Deadline:
        path = (*path, "due")
        deadline = read_deadline(item.due)
        if deadline is None:
            self.error("deadline", path, f"no deadline can be read from {item.due!r}; write {EXAMPLES}")
            return Deadline(None, str(item.due))
        if deadline.doubt:
            self.warn("deadline_contradictory", path, deadline.doubt)
        if deadline.due is None:
            return deadline
        day = last_day(deadline.due)
        if day < self.written.document.date:
            message = (
                f"the last day in time, {day:%d/%m/%Y}, is before the issue on {self.written.document.date:%d/%m/%Y}"
            )
            self.error("due_before_issue", path, message)
        elif deadline.due > self.closing:
            message = f"due on {day:%d/%m/%Y}, but the register closes on {self.written.closing:%d/%m/%Y}"
            self.error("due_after_closing", path, message)
        elif not self.calendar.is_working_day(day):
            self.warn("due_on_day_off", path, f"{day:%d/%m/%Y} is a day off; it stays the last day")
        return deadline

    def _opening(self, path: Path, item: RequirementFile) -> Opening:
        opens = item.opens
        if opens is None:
            return Opening()
        path = (*path, "opens")
        if (opens.when_accepted is None) == (opens.when_registered is None):
            self.error("opens", path, "name one of `when_accepted` and `when_registered`")
            return Opening()
        if opens.at_latest and not self.written.document.date <= opens.at_latest <= self.written.closing:
            self.error("at_latest", (*path, "at_latest"), "the day lies outside the life of the directive")
        at_latest = day_start(opens.at_latest, self.written.policy.send_at) if opens.at_latest else None
        if opens.when_accepted is not None:
            return Opening(mode=OpeningMode.WHEN_ACCEPTED, key=opens.when_accepted, at_latest=at_latest)
        key = opens.when_registered or ""
        if key not in self.written.awaits:
            hint = did_you_mean(key, self.written.awaits)
            self.error("unknown_document", (*path, "when_registered"), f"`awaits` names no document {key!r}{hint}")
        return Opening(mode=OpeningMode.WHEN_REGISTERED, key=key, at_latest=at_latest)

    def _check_openings(self, addressees: Mapping[str, tuple[Unit, ...]]) -> None:
        for key, item in self.written.requirements.items():
            above = item.opens.when_accepted if item.opens else None
            if above is None:
                continue
            path = ("requirements", key, "opens", "when_accepted")
            if above not in addressees:
                hint = did_you_mean(above, addressees)
                self.error("unknown_requirement", path, f"there is no requirement {above!r}{hint}")
                continue
            owing_above = {unit.code for unit in addressees[above]}
            orphans = [unit.code for unit in addressees[key] if unit.superior not in owing_above]
            if orphans:
                message = (
                    f"{above!r} is not asked of the units directly above {len(orphans)} of the units that wait for it "
                    f"(first: {orphans[0]})"
                )
                self.error("unreachable", path, message)

    def _cascades(
        self, head: DirectiveHead, plans: Mapping[str, RequirementPlan], addressees: Mapping[str, tuple[Unit, ...]]
    ) -> tuple[CascadePlan, ...]:
        duties: dict[str, list[Duty]] = {head.issuer: []}
        for key, units in addressees.items():
            tag = self.written.requirements[key].only_tag
            for unit in units:
                duty = Duty(requirement=key, unit=unit.code, applicable=tag is None or tag in unit.tags)
                duties.setdefault(unit.superior or "", []).append(duty)
        for issuer in list(duties):
            for code in self.registry.path(issuer, head.issuer):
                duties.setdefault(code, [])
        ordered = sorted(duties, key=lambda code: (len(self.registry.path(code, head.issuer)), code))
        return tuple(
            CascadePlan(
                cascade_id=naming.cascade_id(head.directive_id, issuer),
                directive_id=head.directive_id,
                number=head.document.number,
                title=head.document.title,
                issuer=issuer,
                issuer_name=self.registry.units[issuer].short_name,
                parent=None if issuer == head.issuer else naming.cascade_id(head.directive_id, self._above(issuer)),
                children=tuple(code for code in ordered if code != head.issuer and self._above(code) == issuer),
                requirements=tuple(
                    plan for key, plan in plans.items() if any(duty.requirement == key for duty in duties[issuer])
                ),
                duties=tuple(duties[issuer]),
                triggers=self.written.awaits,
                starts=self.starts,
                closing=self.closing,
            )
            for issuer in ordered
        )

    def _above(self, code: str) -> str:
        return self.registry.units[code].superior or ""
