"""What is wrong in a directive file, in words for the page: the compiler's own words are for authors at a terminal."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.fault import Fault
from texts.language import gettext as _
from texts.language import mark

_LONGEST = 160
SAID = {
    "addresses_nobody": mark("Yêu cầu không có đơn vị nào phải thực hiện."),
    "applies_to_nobody": mark("Không đơn vị nào có đặc điểm (only_tag) này."),
    "by_sex": mark("Chỉ số liệu dạng số mới tách theo nam, nữ."),
    "cannot_be_met": mark("Thời hạn không đủ để thực hiện."),
    "characters": mark("Có ký tự điều khiển không hiển thị được."),
    "citation_date": mark("Ngày của văn bản được dẫn chiếu có thể chưa đúng."),
    "citation_number": mark("Số, ký hiệu của văn bản được dẫn chiếu có thể chưa đúng."),
    "closing_before_issue": mark("Ngày khóa sổ trước ngày ban hành."),
    "coordinates_selection": mark("Đơn vị phối hợp không dùng cho yêu cầu lựa chọn."),
    "coordinators_wait": mark("Đơn vị phối hợp phải chờ kết quả của đơn vị khác."),
    "cycle": mark("Các yêu cầu phụ thuộc vòng tròn lẫn nhau."),
    "deadline": mark("Thời hạn ghi chưa đúng."),
    "deadline_contradictory": mark("Thời hạn ghi mâu thuẫn."),
    "due_after_closing": mark("Thời hạn sau ngày khóa sổ."),
    "due_after_consolidation": mark("Thời hạn của cấp dưới sau thời hạn của báo cáo tổng hợp."),
    "due_before_cut_off": mark("Thời hạn trước ngày chốt số liệu."),
    "due_before_issue": mark("Thời hạn trước ngày ban hành."),
    "due_on_day_off": mark("Thời hạn rơi vào ngày nghỉ."),
    "duplicate_key": mark("Mục này được ghi hai lần."),
    "duplicate_step": mark("Bước đôn đốc này được ghi hai lần."),
    "empty": mark("Tệp không có nội dung."),
    "encoding": mark("Tệp không phải là văn bản mã UTF-8."),
    "file": mark("Thiếu tệp kèm theo, hoặc tệp không nhận được; đề nghị chọn tệp này cùng tệp văn bản."),
    "indicator_of_other_years": mark("Chỉ tiêu không có mức cho năm này."),
    "indicator_unverified": mark("Chỉ tiêu trong danh mục chưa được kiểm chứng."),
    "key": mark("Khóa ghi chưa đúng."),
    "leads_and_coordinates": mark("Một đơn vị vừa chủ trì vừa phối hợp."),
    "missing": mark("Thiếu nội dung bắt buộc."),
    "never_due": mark("Yêu cầu định kỳ không đến hạn lần nào."),
    "no_effect": mark("Nội dung này không có tác dụng ở đây."),
    "no_end": mark("Yêu cầu định kỳ không có ngày kết thúc."),
    "no_number": mark("Loại văn bản này phải có số."),
    "no_receiver": mark("Bước đôn đốc không có người nhận."),
    "no_recipient": mark("Không tìm được nơi nhận ở cấp trên."),
    "not_a_selection": mark("Nội dung này chỉ dùng cho yêu cầu lựa chọn."),
    "not_below_issuer": mark("Đơn vị không thuộc cấp dưới của cơ quan ban hành."),
    "number": mark("Số, ký hiệu chưa đúng."),
    "number_doubtful": mark("Số, ký hiệu có thể chưa đúng."),
    "opens": mark("Điều kiện phát sinh (opens) ghi chưa đúng."),
    "outside_life": mark("Ngày nằm ngoài thời gian thực hiện văn bản."),
    "parts": mark("Các phần cộng của số liệu ghi chưa đúng."),
    "period": mark("Kỳ báo cáo ghi chưa đúng."),
    "programme_unknown": mark("Chương trình này không có trong danh mục."),
    "register_too_large": mark("Một sổ theo dõi không chứa được nhiều nhiệm vụ như vậy."),
    "replaces_itself": mark("Văn bản không thể thay thế chính nó."),
    "reviews_itself": mark("Đơn vị không thể tự xác nhận kết quả của mình."),
    "report_after_closing": mark("Báo cáo tổng hợp lập sau ngày kết thúc theo dõi."),
    "report_before_issue": mark("Báo cáo tổng hợp lập trước ngày ban hành văn bản."),
    "report_date": mark("Thời điểm lập báo cáo tổng hợp ghi chưa đúng."),
    "report_twice": mark("Có hai báo cáo tổng hợp cùng kỳ hoặc cùng ngày."),
    "short_consolidation": mark("Thời gian tổng hợp quá ngắn."),
    "step_on_due_day": mark("Bước đôn đốc phải cách ngày đến hạn."),
    "step_never_fires": mark("Bước đôn đốc sẽ không bao giờ được thực hiện."),
    "syntax": mark("Tệp viết sai cú pháp YAML."),
    "tag": mark("Thẻ YAML không dùng trong tệp văn bản."),
    "target": mark("Mức chỉ tiêu ghi chưa đúng."),
    "too_large": mark("Tệp quá dài."),
    "too_often": mark("Yêu cầu định kỳ lặp lại quá nhiều lần."),
    "unit_not_valid": mark("Đơn vị không tồn tại vào ngày ban hành."),
    "unknown_choice": mark("Không có lựa chọn này."),
    "unknown_directive": mark("Không có văn bản này trong hệ thống."),
    "unknown_document": mark("Không có văn bản này trong danh mục chờ (awaits)."),
    "unknown_indicator": mark("Không có chỉ tiêu này trong danh mục."),
    "unknown_key": mark("Không có mục nào tên như vậy."),
    "unknown_line": mark("Không có ngành dọc này trong danh bạ."),
    "unknown_requirement": mark("Không có yêu cầu này trong tệp."),
    "unknown_unit": mark("Không có đơn vị này trong danh bạ."),
    "unreachable": mark("Yêu cầu này sẽ không bao giờ phát sinh."),
    "value": mark("Giá trị ghi chưa đúng."),
    "window": mark("Khoảng thời gian thực hiện ghi chưa đúng."),
    "window_crosses_cut_off": mark("Khoảng thời gian thực hiện vượt qua ngày chốt số liệu."),
    "wrong_letter": mark("Mốc của bước đôn đốc ghi chưa đúng."),
    "wrong_receiver": mark("Người nhận của bước đôn đốc chưa đúng."),
    "wrong_step": mark("Bước đôn đốc không dùng được ở đây."),
}
"""By the codes of faults; the compiler's English words, which name values and examples, stand beside it."""


@dataclass(frozen=True)
class Mistake:
    """`line` counts from 1, 0 if unknown; `written` is what stands there, `path` where that is in the file, `detail`
    what the compiler says of it in English."""

    line: int
    written: str
    words: str
    path: str
    detail: str


def mistakes(faults: Iterable[Fault], source: str) -> tuple[Mistake, ...]:
    """Faults with the lines of the file that they speak of; `source` is empty where there is none to show."""
    lines = source.splitlines()
    return tuple(
        Mistake(
            line=fault.line,
            written=lines[fault.line - 1].strip()[:_LONGEST] if 0 < fault.line <= len(lines) else "",
            words=_(SAID.get(fault.code, mark("Nội dung ghi chưa đúng."))),
            path=fault.path,
            detail=fault.message,
        )
        for fault in faults
    )
