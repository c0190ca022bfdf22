"""The archive's folder: `objects/` by content, `cascades/` one manifest a register, `journals/` what came after it,
`running/runs/` the runs that are kept of registers before they have one."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from audit.archive.manifest import Chained, KeptRuns, Manifest, canonical, canonical_lines
from audit.archive.objects import ObjectBroken, ObjectMissing, Objects, name_of
from audit.histories.runs import Run
from models.unreachable import Unreachable
from naming import file_name
from store.files import write_durably

_Listed = TypeVar("_Listed", Manifest, KeptRuns)


class ManifestBroken(Exception):
    """The manifest of a register, the list of its kept runs, or what of its journal came later, is there and cannot be
    read."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class Archive:
    """Registers that were archived in a folder. All reads and writes raise `Unreachable` where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.objects = Objects(folder / "objects")

    def write(self, manifest: Manifest) -> str:
        """Put a manifest in the place of an earlier one of its register, which stays as an object; returns its SHA-256
        (hex)."""
        content = canonical(manifest.model_dump(mode="json"))
        sha256 = self.objects.put(content)
        self._write(self._manifest(manifest.cascade_id), content)
        return sha256

    def manifest(self, cascade_id: str) -> Manifest | None:
        """What belongs to a register; None where it is not archived. Raises `ManifestBroken`."""
        path = self._manifest(cascade_id)
        content = self._read(path)
        return None if content is None else _parsed(Manifest, path, content)

    def manifest_named(self, sha256: str) -> Manifest:
        """A manifest by its SHA-256 (hex), also an earlier one. Raises `ObjectMissing`, `ObjectBroken`."""
        return Manifest.model_validate_json(self.objects.get(sha256))

    def manifest_hash(self, cascade_id: str) -> str | None:
        """The SHA-256 (hex) of a register's manifest as it lies there; None where there is none."""
        content = self._read(self._manifest(cascade_id))
        return None if content is None else name_of(content)

    def manifests(self) -> Iterator[Manifest]:
        """The manifests of all registers, by name. Raises `ManifestBroken` at the first that is broken."""
        for path in sorted((self._folder / "cascades").glob("*.json")):
            if (content := self._read(path)) is not None:
                yield _parsed(Manifest, path, content)

    def lines(self, sha256: str) -> tuple[Chained, ...]:
        """The links of a chain, as an object. Raises `ObjectMissing`, `ObjectBroken`."""
        return tuple(map(Chained.model_validate_json, self.objects.get(sha256).splitlines()))

    def write_later(self, chain: str, links: Sequence[Chained]) -> None:
        """Keep the entries of a register's journal that came after its manifest. The chain proves them: the first is
        linked to the last that the manifest has."""
        self._write(self._later(chain), canonical_lines(link.model_dump() for link in links))

    def later(self, chain: str) -> tuple[Chained, ...]:
        """The entries of a register's journal that came after its manifest. Raises `ManifestBroken`."""
        path = self._later(chain)
        content = self._read(path) or b""
        try:
            return tuple(map(Chained.model_validate_json, content.splitlines()))
        except ValidationError as error:
            raise ManifestBroken(path, f"{error.error_count()} faults in it") from error

    def keep_runs(self, kept: KeptRuns) -> str:
        """Put a list of runs in the place of an earlier one of its register, which stays as an object; returns its
        SHA-256 (hex)."""
        content = canonical(kept.model_dump(mode="json"))
        sha256 = self.objects.put(content)
        self._write(self._runs(kept.cascade_id), content)
        return sha256

    def kept_runs(self, cascade_id: str) -> KeptRuns | None:
        """The runs that are kept of a register that is not archived yet; None where there are none. Raises
        `ManifestBroken`."""
        path = self._runs(cascade_id)
        content = self._read(path)
        return None if content is None else _parsed(KeptRuns, path, content)

    def kept_runs_named(self, sha256: str) -> KeptRuns:
        """A list of kept runs by its SHA-256 (hex), also an earlier one. Raises `ObjectMissing`, `ObjectBroken`."""
        return KeptRuns.model_validate_json(self.objects.get(sha256))

    def kept_runs_hash(self, cascade_id: str) -> str | None:
        """The SHA-256 (hex) of the list of a register's kept runs as it lies there; None where there is none."""
        content = self._read(self._runs(cascade_id))
        return None if content is None else name_of(content)

    def hand_over_runs(self, cascade_id: str) -> None:
        """Take the list of kept runs away: the register's manifest has them."""
        try:
            self._runs(cascade_id).unlink(missing_ok=True)
        except OSError as error:
            raise Unreachable("the archive", str(self._folder), error.strerror or str(error)) from error

    def runs_that_are_whole(self, listed: Manifest | KeptRuns | None) -> tuple[Run, ...]:
        """The runs that are listed, without those whose histories are missing or broken."""
        if listed is None:
            return ()
        found: list[Run] = []
        for run in listed.runs:
            with suppress(ObjectMissing, ObjectBroken):
                found.append(Run(listed.cascade_id, run.run_id, self.objects.get(run.history)))
        return tuple(found)

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        """The port `audit.histories.runs.Histories`. Raises `ManifestBroken`, `ObjectMissing`, `ObjectBroken` too."""
        listed = self.manifest(cascade_id) or self.kept_runs(cascade_id)
        runs = listed.runs if listed else ()
        return tuple(Run(cascade_id, run.run_id, self.objects.get(run.history)) for run in runs)

    def _manifest(self, cascade_id: str) -> Path:
        return self._folder / "cascades" / f"{file_name(cascade_id)}.json"

    def _runs(self, cascade_id: str) -> Path:
        return self._folder / "running" / "runs" / f"{file_name(cascade_id)}.json"

    def _later(self, chain: str) -> Path:
        return self._folder / "journals" / f"{file_name(chain)}.jsonl"

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unreachable("the archive", str(path), error.strerror or str(error)) from error

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_durably(path, content)
        except OSError as error:
            raise Unreachable("the archive", str(path), error.strerror or str(error)) from error


def chained(rows: Iterable[tuple[int, str, str, str]]) -> tuple[Chained, ...]:
    """Links of a chain from number, body, hash and unit."""
    return tuple(Chained(seq=seq, body=body, hash=hash_, unit=unit) for seq, body, hash_, unit in rows)


def _parsed(kind: type[_Listed], path: Path, content: bytes) -> _Listed:
    try:
        return kind.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ManifestBroken(path, f"{where or 'the whole'}: {first['msg']}") from error
