"""What pages say of files that can be chosen, and of those that are not taken."""

from rules.file_types import FILE_TYPES
from texts.language import mark

WRONG_TYPE = mark(
    "Tệp “%(name)s” không đúng định dạng. Chỉ nhận PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPEG; "
    "tệp .doc, .xls đời cũ hoặc ảnh HEIC cần lưu lại thành một trong các định dạng này."
)
EMPTY = mark("Tệp “%(name)s” không có nội dung (0 byte); đề nghị chọn lại tệp.")
TOO_LARGE = mark("Tệp “%(name)s” lớn hơn %(limit)s MB; đề nghị nén hoặc chia nhỏ tệp rồi chọn lại.")

ACCEPT = ",".join(extension for kind in FILE_TYPES for extension in kind.extensions)
"""For the `accept` attribute of a file field: a hint to the browser, not a check."""
