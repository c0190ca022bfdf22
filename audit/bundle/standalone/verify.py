#!/usr/bin/env python3
"""Kiểm tra một tệp hồ sơ của dondoc. Chỉ cần Python 3.8 trở lên, không cần cài gì thêm, không cần mạng.
Verifies a bundle of dondoc. Needs Python 3.8 or newer, nothing to install, no network.

    python3 verify.py HO-SO.zip [--key VAN-TAY] [--lang vi|en]

Thay cho HO-SO.zip có thể là thư mục đã giải nén hồ sơ. / A folder with the unpacked bundle will do too.
--key: vân tay (SHA-256) hoặc tệp PEM của khóa công khai, nhận qua đường khác với tệp hồ sơ.
       the fingerprint (SHA-256) or the PEM file of the public key, had by another way than the bundle.
Kết thúc / exit code: 0 hợp lệ / valid, 1 không hợp lệ / not valid, 2 gõ sai / bad usage,
                      3 hợp lệ nhưng không đầy đủ / valid, but not whole.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

from audit.bundle.standalone.checks import Verifier
from audit.bundle.standalone.reading import Folder, plain

SHOWN = 100
GOOD, ILL = ("HỢP LỆ", "VALID"), ("KHÔNG HỢP LỆ", "NOT VALID")
LACKING = ("HỢP LỆ, NHƯNG KHÔNG ĐẦY ĐỦ", "VALID, BUT NOT WHOLE")


def fingerprint_of(given: str) -> str:
    """The fingerprint that is meant: itself, or that of a public key in a PEM file. Raises `ArgumentTypeError`."""
    if re.fullmatch("[0-9a-f]{64}", plain := "".join(given.split()).lower()):
        return plain
    if not Path(given).exists():
        raise argparse.ArgumentTypeError(f"{given}: không có tệp này / there is no such file")
    with suppress(OSError, ValueError):
        der = base64.b64decode("".join(line for line in Path(given).read_text().splitlines() if "-----" not in line))
        if len(der) == 44 and der.startswith(bytes.fromhex("302a300506032b6570032100")):
            return hashlib.sha256(der[12:]).hexdigest()
    raise argparse.ArgumentTypeError(f"{given}: không phải khóa công khai Ed25519 / no public key of Ed25519")


def told(found: Verifier, spoken: int) -> list[str]:
    """What was found, line by line, the verdict at the end; in Vietnamese (0) or English (1)."""
    known = {item["en"] for item in found.manifest.get("unfit", ())}
    already = (" (khi xuất đã như vậy)", " (was so at the export already)")[spoken]
    said = [f"* {note[spoken]}" for note in found.notes]
    said += [f"{('- thiếu từ khi xuất: ', '- missing: ')[spoken]}{lack[spoken]}" for lack in found.missing]
    said += [f"! {wrong[spoken]}{already if wrong[1] in known else ''}" for wrong in found.wrong[:SHOWN]]
    vi = "{} sổ, {} sự kiện, {} dòng nhật ký, {} tệp thành phần, {} mốc niêm phong đã so"
    en = "registers {}, events {}, journal entries {}, members {}, anchors compared {}"
    looked = (len(found.manifest["registers"]), *found.counts.values(), len(found.members), len(found.anchors))
    if found.wrong:
        verdict = f"{ILL[spoken]} ({len(found.wrong)})"
    else:
        verdict = f"{LACKING[spoken]} ({len(found.missing)})" if found.missing else GOOD[spoken]
    return [*said, f"{verdict}: {(vi, en)[spoken].format(*looked)}"]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--key", type=fingerprint_of)
    spoken = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "")[:2]
    parser.add_argument("--lang", choices=("vi", "en"), default="en" if spoken == "en" else "vi")
    given = parser.parse_args(arguments)
    english = int(given.lang == "en")
    try:
        found = Verifier(Folder(given.bundle) if given.bundle.is_dir() else zipfile.ZipFile(given.bundle))
        found.run(given.key)
        said = [f"{given.bundle}: {found.manifest['number']} – {found.manifest['issuer_name']}"]
        said += told(found, english)
        code = 1 if found.wrong else 3 if found.missing else 0
    except FileNotFoundError:
        parser.error(f"{given.bundle}: không có tệp này / there is no such file")
    except OSError as error:
        parser.error(f"{given.bundle}: không đọc được / cannot be read: {error.strerror}")
    except Exception as error:  # noqa: BLE001 - whatever a file is that is no bundle, that is said
        why = ("không đọc được tệp hồ sơ", "the bundle cannot be read")[english]
        said, code = [f"{ILL[english]}: {given.bundle}: {why} ({plain(error)[english]})"], 1
    for line in said:  # a name must not pass for a line of its own
        sys.stdout.write("".join(letter if letter.isprintable() else "?" for letter in line) + "\n")
    return code


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
