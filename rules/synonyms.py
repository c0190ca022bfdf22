"""Words that authors write where the directive language has its own: Vietnamese ones, and some English ones."""

import unicodedata
from collections.abc import Iterable, Mapping

_KEYS = {
    "awaits": "chờ|chờ văn bản",
    "attendance": "tham dự|người tham dự|số người tham dự",
    "at": "lúc|giờ",
    "after": "sau",
    "basis": "căn cứ|căn cứ pháp lý",
    "before": "trước",
    "by_sex": "giới tính|theo giới tính|nam nữ",
    "choices": "lựa chọn|phương án",
    "closing": "khóa sổ|khoá sổ|ngày khóa sổ|ngày khoá sổ|kết thúc|ngày kết thúc",
    "consolidates": "tổng hợp",
    "contact": "liên hệ|đầu mối|đầu mối liên hệ",
    "coordinators": "phối hợp|đơn vị phối hợp|cơ quan phối hợp",
    "date": "ngày|ngày tháng|ngày ban hành|ngày ký",
    "days": "số ngày|ngày làm việc",
    "do": "việc|làm gì",
    "document": "văn bản",
    "due": "thời hạn|hạn|hạn chót|thời hạn hoàn thành|deadline",
    "effect": "hiệu lực",
    "every": "mỗi|hằng|hàng|định kỳ|tần suất",
    "except": "trừ|ngoại trừ|excluding|exclude",
    "extension": "gia hạn",
    "files": "tệp|tệp đính kèm|file|đính kèm|toàn văn",
    "function": "chức năng|lĩnh vực",
    "groups": "nhóm",
    "guidance": "hướng dẫn|ghi chú|note",
    "indicators": "chỉ tiêu|chỉ số|số liệu",
    "issuer": "cơ quan ban hành|đơn vị ban hành|nơi ban hành",
    "kind": "loại|loại việc|loại nhiệm vụ",
    "ladder": "bậc thang|lịch nhắc",
    "level": "cấp",
    "line": "ngành|tuyến|hệ thống",
    "name": "tên|họ tên|họ và tên",
    "number": "số|số hiệu|số ký hiệu|số, ký hiệu|số và ký hiệu",
    "opens": "mở|bắt đầu",
    "period": "kỳ|kỳ báo cáo",
    "place": "địa danh|nơi ký",
    "policy": "chính sách|theo dõi",
    "programme": "chương trình|chiến lược|program",
    "purpose": "mục đích",
    "recipients": "nơi nhận",
    "ref": "mục|điểm|khoản",
    "region": "vùng|khu vực",
    "replaces": "thay thế|sửa đổi",
    "report_to": "báo cáo về|gửi báo cáo|báo cáo cho",
    "requirements": "nhiệm vụ|yêu cầu|các nhiệm vụ|nội dung nhiệm vụ|tasks",
    "send_at": "giờ gửi",
    "signer": "người ký",
    "since": "từ ngày",
    "stage": "giai đoạn|loại báo cáo",
    "tag": "nhãn|thẻ",
    "target": "mục tiêu|chỉ tiêu giao",
    "title": "trích yếu|tiêu đề|tên|tên nhiệm vụ|tên gọi|nội dung|chức vụ|subject",
    "to": "đơn vị|đơn vị thực hiện|chủ trì|đơn vị chủ trì|giao cho|gửi|addressees",
    "type": "loại văn bản|loại|thể loại",
    "unit": "đơn vị tính",
    "units": "đơn vị|các đơn vị",
    "until": "đến ngày",
    "window": "thời gian|thời gian thực hiện|thời gian tổ chức",
    "within": "địa bàn|trong|trong vòng",
    "year": "năm",
}
_VALUES = {
    # levels
    "ministry": "bộ|trung ương|central",
    "province": "tỉnh|thành phố|sở",
    "district": "huyện|quận|thị xã|thành phố|phòng",
    "commune": "xã|phường|thị trấn|ward",
    # kinds of requirements, stages of reports
    "plan": "kế hoạch",
    "activity": "hoạt động",
    "report": "báo cáo",
    "consultation": "lấy ý kiến|góp ý|ý kiến|tham gia ý kiến|tham vấn",
    "selection": "lựa chọn|chọn",
    "recommendations": "kiến nghị|đề xuất|kiến nghị, đề xuất",
    "event": "sự kiện|tập huấn|hội nghị|hội thảo|đối thoại|training|meeting",
    "interim": "sơ kết",
    "final": "tổng kết",
    "periodic": "định kỳ",
    "thematic": "chuyên đề",
    # how often
    "day": "ngày|daily",
    "week": "tuần|weekly",
    "month": "tháng|monthly",
    "quarter": "quý|quarterly",
    "half_year": "nửa năm|6 tháng|sáu tháng|half-yearly",
    "year": "năm|yearly|annual|annually",
    # steps of the ladder
    "reminder": "nhắc|nhắc việc|nhắc nhở",
    "overdue": "quá hạn|báo quá hạn",
    "chase": "đôn đốc",
    "escalation": "báo cáo cấp trên|báo cấp trên",
    # what a directive does to an earlier one; days off
    "amends": "sửa đổi|bổ sung|sửa đổi, bổ sung",
    "supersedes": "thay thế|replaces",
    "annuls": "bãi bỏ|hủy bỏ|huỷ bỏ",
    "none": "không|giữ nguyên",
    "next": "sau|ngày làm việc tiếp theo|ngày sau",
    "previous": "trước|ngày làm việc trước|ngày trước",
    # figures
    "number": "số|số lượng",
    "percent": "phần trăm|tỷ lệ|tỉ lệ|%",
    "yes_no": "có không|có/không|yes/no",
    "up": "tăng",
    "down": "giảm",
    ">=": "≥|=>|ít nhất|tối thiểu|từ",
    "<=": "≤|=<|nhiều nhất|tối đa|không quá",
    "<": "dưới|nhỏ hơn|ít hơn",
    ">": "trên|lớn hơn|hơn",
    "=": "bằng|==",
    # what became of a proposal; what a recipient is sent a document for
    "taken_on_board": "tiếp thu",
    "explained": "giải trình",
    "accepted": "chấp thuận|đồng ý",
    "merged": "ghép|lồng ghép",
    "rejected": "không chấp thuận|không đồng ý|từ chối",
    "để b/c": "để báo cáo|báo cáo|b/c",
    "để thực hiện": "thực hiện|t/h|để t/h",
    "để biết": "biết",
    "để phối hợp": "phối hợp|p/h|để p/h",
    "true": "có|đúng",
    "false": "không|sai",
}
_PREFIXES = ("cap ", "hang ", "moi ", "loai ")


def english_keys(word: str) -> tuple[str, ...]:
    """The keys that a word may stand for: `thời hạn` for `due`."""
    return _meant(word, _KEY_OF)


def english_value(word: str, valid: Iterable[str]) -> str | None:
    """The first of the valid values that a word may stand for: `huyện` for `district`; None where there is none."""
    meant = _meant(word, _VALUE_OF)
    return next((value for value in map(str, valid) if value in meant), None)


def folded(word: str) -> str:
    """A word without accents, capitals, quotes and the signs that part words, in which people are not consistent."""
    bare = unicodedata.normalize("NFD", word.casefold()).replace("đ", "d")
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(bare.replace("_", " ").replace("-", " ").strip("“”\"'` .").split())


def _meant(word: str, table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    bare = folded(word)
    shorter = next((bare.removeprefix(prefix) for prefix in _PREFIXES if bare.startswith(prefix)), bare)
    return table.get(bare) or table.get(shorter, ())


def _reversed(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for english, others in words.items():
        for other in map(folded, others.split("|")):
            found[other] = (*found.get(other, ()), english)
    return found


_KEY_OF = _reversed(_KEYS)
_VALUE_OF = _reversed(_VALUES)
