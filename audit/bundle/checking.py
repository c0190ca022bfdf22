"""Checks a bundle before it is closed, by the verifier that is put into it: what leaves is known to hold, or said not
to."""

from zipfile import ZipFile

from audit.bundle.manifest import BundleManifest
from audit.bundle.standalone.checks import Verifier
from models.bundle import Unfit


def unfit(archive: ZipFile, manifest: BundleManifest) -> tuple[Unfit, ...]:
    """What does not fit in the members that a manifest lists, read back one after the other from the file that is being
    written."""
    verifier = Verifier(archive)
    verifier.check(manifest.model_dump(mode="json"))
    return tuple(Unfit(vi=vi, en=en) for vi, en in verifier.wrong)
