"""What is checked of a bundle: members, chains, anchors, files, signature, and whether it is whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from collections import Counter
from contextlib import suppress
from typing import Any, Callable  # noqa: UP035 - Python 3.8

from audit.bundle.standalone.ed25519 import is_signed
from audit.bundle.standalone.reading import Broken, Folder, Said, files_in, plain

FORMAT, MANIFEST, SIGNATURE = "dondoc-bundle/1", "manifest.json", "signature.json"
GENESIS, BLOCK = "0" * 64, 1 << 20
ABSENT = {
    "history": (
        "lịch sử Temporal (hoặc phần đầu) của sổ",
        "the Temporal history, or its beginning, of the register of",
    ),
    "file": ("tệp", "the file"),
    "report": ("báo cáo", "the report"),
    "mail": ("lời văn của thư", "the words of the mail"),
    "sheet": ("bản niêm phong", "the anchor sheet"),
}
HEAD_LINE = re.compile(r"^(Sự kiện|Nhật ký): (\d+) dòng, mã băm ([0-9a-f ]+)$", re.MULTILINE)


class Verifier:
    """Checks one bundle: what is `wrong` with it, what was `missing` at the export, and what is to be noted."""

    def __init__(self, archive: zipfile.ZipFile | Folder) -> None:
        self.archive = archive
        self.wrong: list[Said] = []
        self.missing: list[Said] = []
        self.notes: list[Said] = []
        self.hashes: dict[tuple[str, str], bytearray | None] = {}  # None: the chain is broken
        self.anchors: list[tuple[str, str, int, str, str]] = []
        self.named: dict[str, tuple[str, int | None, str]] = {}
        self.counts = {"events": 0, "journal": 0}

    def bad(self, vi: str, en: str) -> None:
        self.wrong.append((vi, en))

    def note(self, vi: str, en: str) -> None:
        self.notes.append((vi, en))

    def run(self, key: str | None) -> None:
        """Check all there is, with the signature over it. Raises whatever keeps the manifest from being read."""
        if MANIFEST not in self.archive.namelist():
            raise Broken(f"không có {MANIFEST}", f"there is no {MANIFEST}")
        manifest = json.loads(raw := self.archive.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise Broken(f"có dạng {manifest['format']!r}, không phải {FORMAT}", f"format {manifest['format']!r}")
        if SIGNATURE in self.archive.namelist():
            self.guarded(SIGNATURE, self.check_seal, raw, key)
        else:
            (self.bad if key else self.note)("hồ sơ KHÔNG được ký số", "the bundle is NOT signed")
        self.check(manifest)

    def check(self, manifest: dict[str, Any]) -> None:
        """Check all that a manifest lists; where a member cannot be read, that is named and the rest is checked."""
        self.manifest = manifest
        self.branch = f"cascade:{manifest['directive_id']}:"
        self.members = {item["name"]: item for item in manifest["members"]}
        self.check_members()
        for item in manifest["registers"]:
            for which in self.counts:
                self.guarded(f"{item['folder']}/{which}.jsonl", self.check_chain, item, which)
        ways = {"/histories/": self.read_history, "anchors/": self.read_sheet}
        ways.update({"/plan-first.json": self.read_names, "directive/directive.json": self.read_names})
        for name in sorted(self.members):
            for way in (way for part, way in ways.items() if part in name):
                self.guarded(name, way)
        self.check_anchors()
        self.check_files()
        self.check_whole()

    def guarded(self, name: str, check: Callable[..., None], *given: Any) -> None:
        try:
            check(name, *given)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one member, the rest is said
            vi, en = plain(error)
            self.bad(f"{name}: không đọc được ({vi})", f"{name}: cannot be read ({en})")

    def check_seal(self, name: str, raw: bytes, key: str | None) -> None:
        seal = json.loads(self.archive.read(name))
        public = bytes.fromhex(seal["public_key"])
        fingerprint = hashlib.sha256(public).hexdigest()
        shown = " ".join(fingerprint[start : start + 8] for start in range(0, 64, 8))
        if not is_signed(public, raw, bytes.fromhex(seal["signature"])):
            self.bad(f"chữ ký số không khớp với {MANIFEST}", f"the signature does not fit {MANIFEST}")
        elif key is None:
            vi = f"có chữ ký số; hãy so vân tay của khóa với bản nhận qua đường khác: {shown}"
            self.note(vi, f"signed; compare the fingerprint of the key with one had by another way: {shown}")
        elif fingerprint == key:
            self.note(f"chữ ký số đúng của khóa {shown}", f"signed by the key {shown}")
        else:
            self.bad(f"hồ sơ ký bằng khóa khác: {shown}", f"signed by another key: {shown}")

    def check_members(self) -> None:
        """Every member has the listed size and hash, once; nothing is there that is not listed."""
        there = Counter(self.archive.namelist())
        for name, count in there.items():
            if count > 1:
                self.bad(f"{name}: có nhiều lần trong tệp nén", f"{name}: is there more than once")
            if name not in self.members and name not in (MANIFEST, SIGNATURE):
                self.bad(f"{name}: không có trong danh mục, đã bị thêm vào", f"{name}: is not listed, it was added")
        for name, item in self.members.items():
            if name in there:
                self.guarded(name, self.check_member, item)
            else:
                self.bad(f"{name}: có trong danh mục nhưng đã mất", f"{name}: is listed and missing")

    def check_member(self, name: str, item: dict[str, Any]) -> None:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name) as member:
            while size <= item["size"] and (block := member.read(BLOCK)):
                digest.update(block)
                size += len(block)
        if (size, digest.hexdigest()) != (item["size"], item["sha256"]):
            self.bad(f"{name}: nội dung đã bị thay đổi", f"{name}: its content was changed")

    def check_chain(self, name: str, register: dict[str, Any], which: str) -> None:
        """The links of a chain follow one another up to the head that the manifest has. Behind a break entries are read
        on for what they name, so that one changed byte is not told once more for every file."""
        previous, seq, found, intact = GENESIS, 0, bytearray(), True
        self.hashes[register["id"], which] = None
        with self.archive.open(name) as lines:
            for seq, line in enumerate(lines, 1):
                fits = False
                with suppress(ValueError, KeyError, TypeError, AttributeError):
                    value = json.loads((link := json.loads(line))["body"])
                    if intact:
                        previous = hashlib.sha256(f"{previous}\n{link['body']}".encode()).hexdigest()
                        found += bytes.fromhex(previous)
                    self.read_entry(f"{register['unit_name']} {'#' if which == 'events' else 'J'}{seq}", value)
                    fits = (link["seq"], value["seq"], link["hash"]) == (seq, seq, previous)
                if intact and not fits:
                    intact = False
                    vi = f"{name}: dòng {seq} không khớp chuỗi mã băm: đã bị sửa, xóa, chèn hoặc đảo"
                    self.bad(vi, f"{name}: line {seq} breaks the chain: edited, deleted, inserted or moved")
        self.counts[which] += seq
        if not intact:
            return
        self.hashes[register["id"], which] = found
        if (seq, previous) != (register[which]["seq"], register[which]["hash"]):
            vi = f"kết thúc ở dòng {seq} với mã băm khác danh mục ({register[which]['seq']} dòng)"
            self.bad(f"{name}: {vi}", f"{name}: ends at {seq}, other than the manifest says ({register[which]['seq']})")

    def read_entry(self, where: str, value: dict[str, Any]) -> None:
        """Take down what an event or an entry of a journal names: files, reports, mails, heads of registers below."""
        self.read_files(where, told := value.get("fact") or value["note"])
        if told["kind"] == "summary_issued":
            self.named.update({f"reports/{name}": (sha256, None, where) for name, sha256 in told["files"].items()})
        elif told["kind"] == "mail_sent" and told["text"]:
            self.named[f"mails/{told['text']}"] = (told["text"], None, where)
        elif told["kind"] == "below_closed":
            self.anchors.append((self.branch + told["unit"], "events", told["events"], told["chain_head"], where))

    def read_names(self, name: str) -> None:
        self.read_files(name, json.loads(self.archive.read(name)))

    def read_files(self, where: str, value: Any) -> None:
        for file in files_in(value):
            self.named[f"files/{file['sha256']}"] = (file["sha256"], file["size"], f"{where}: {file['name']}")

    def read_history(self, name: str) -> None:
        """The heads of the chain that recording returned into a Temporal history."""
        folder = name.partition("/histories/")[0]
        register = next(item["id"] for item in self.manifest["registers"] if item["folder"] == folder)
        for event in json.loads(self.archive.read(name))["events"]:
            done = event.get("activityTaskCompletedEventAttributes") or event.get("markerRecordedEventAttributes") or {}
            result = done.get("details", done).get("result") or {}
            for payload in result.get("payloads", ()):
                data = base64.b64decode(payload.get("data", ""))
                told = json.loads(data) if b'"chain_head"' in data else {}
                if isinstance(told, dict) and {"seq", "chain_head"} <= set(told):
                    self.anchors.append((register, "events", told["seq"], told["chain_head"], name))

    def read_sheet(self, name: str) -> None:
        """The heads on the anchor sheet of a day; its own hash covers all before its last line."""
        body, _, own = self.archive.read(name).decode().rpartition("SHA-256: ")
        if hashlib.sha256(body.encode()).hexdigest() != "".join(own.split()):
            raise Broken("mã băm ở cuối không khớp", "the hash at its end does not fit")
        for block in body.split("\nMã sổ: ")[1:]:
            for title, seq, head in HEAD_LINE.findall(block.split("\n\n")[0]):
                chain = "events" if title == "Sự kiện" else "journal"
                self.anchors.append((block.split("\n")[0], chain, int(seq), "".join(head.split()), name))

    def check_anchors(self) -> None:
        """Heads that were written down elsewhere are those of the chains of this bundle; only unbroken ones are
        compared."""
        mine = [each for each in self.anchors if each[0].startswith(self.branch) and each[2]]
        self.anchors = [each for each in mine if self.hashes.get(each[:2], bytearray()) is not None]
        for register, which, seq, head, where in self.anchors:
            found = self.hashes.get((register, which)) or bytearray()
            if found[(seq - 1) * 32 : seq * 32].hex() != head:
                vi, en = f"dòng {seq} có mã băm khác với mốc ghi tại", f"the hash of line {seq} is not that noted in"
                self.bad(f"{register}, {which}: {vi} {where}", f"{register}, {which}: {en} {where}")

    def check_files(self) -> None:
        """What is named is there, and what is there is named."""
        absent = {item["sha256"] for item in self.manifest["absent"]}
        kept = {name: item for name, item in self.members.items() if name.startswith(("files/", "mails/", "reports/"))}
        there = {name if name.startswith("reports/") else name.partition(".")[0]: item for name, item in kept.items()}
        for name, (sha256, size, where) in self.named.items():
            item = there.pop(name, {})
            if (item or sha256 not in absent) and (item.get("sha256") != sha256 or size not in (None, item["size"])):
                self.bad(f"{name}: không có đúng tệp của {where}", f"{name}: is not there as {where} has it")
        if there and None in self.hashes.values():
            vi = f"{len(there)} tệp không rõ sự kiện nào nêu, vì có chuỗi bị hỏng"
            self.note(vi, f"files that nothing names as far as the broken chain can be read: {len(there)}")
            return
        for item in there.values():
            self.bad(f"{item['name']}: không sự kiện nào nêu", f"{item['name']}: nothing on record names it")

    def check_whole(self) -> None:
        """What was missing at the export: as the manifest says, and histories that it should have said."""
        told = {sha256: where for sha256, _, where in self.named.values()}
        absent = {(item["kind"], item["name"], item["sha256"]): item["why"] for item in self.manifest["absent"]}
        units = {item["id"]: item["unit_name"] for item in self.manifest["registers"]}
        for item in self.manifest["registers"]:
            had = any(name.startswith(f"{item['folder']}/histories/") for name in self.members)
            if item["events"]["seq"] and not (had and (item["histories"] == "whole" or not item["closed"])):
                absent.setdefault(("history", item["id"], ""), "not in the bundle")
        for (kind, name, sha256), why in absent.items():
            vi, en = ABSENT.get(kind, (kind, kind))
            which = units.get(name, name) if kind == "history" else told.get(sha256, name)
            self.missing.append((f"{vi} {which}", f"{en} {which} ({why})"))
