"""Late addressees: units that were listed while the directive ran, beside its file (docs/decisions/0013)."""

from collections.abc import Collection, Mapping

from models.directive import DirectiveFile, RequirementFile


def with_enlisted(written: DirectiveFile, enlisted: Mapping[str, Collection[str]]) -> DirectiveFile:
    """The file as if it listed these units, by requirement, too. Requirements that it does not have are passed over."""
    requirements = {key: _listing(item, enlisted.get(key, ())) for key, item in written.requirements.items()}
    return written.model_copy(update={"requirements": requirements})


def _listing(item: RequirementFile, units: Collection[str]) -> RequirementFile:
    if not units:
        return item
    listed = tuple(dict.fromkeys((*item.to.units, *units)))
    left_out = tuple(code for code in item.to.excluding if code not in units)
    return item.model_copy(update={"to": item.to.model_copy(update={"units": listed, "excluding": left_out})})
