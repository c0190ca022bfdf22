"""`dondoc new`: a commented directive file to start from. Its comments are for supervisors, so they are Vietnamese."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.units import unit
from models.unit import Level
from rules.addressing import Registry
from rules.calendar import WorkingCalendar
from store.units import load_units

EXAMPLE_DAY = date(2024, 2, 19)
"""A day on which the units of the registries that are shipped exist, for those that exist no more."""
_PLAN_DAYS, _REPORT_DAYS = 30, 90
"""Working days from the issue."""


@dataclass(frozen=True)
class Beginning:
    """What the file says of its issuer: code, abbreviation in numbers, place, the head's title, and the level that
    stands next below."""

    issuer: str = "46-ldtbxh"
    symbol: str = "SLĐTBXH"
    place: str = "Thừa Thiên Huế"
    head_title: str = "GIÁM ĐỐC"
    level: Level = Level.DISTRICT
    day: date = EXAMPLE_DAY


def beginning(engine: Engine, code: str, today: date) -> Beginning:
    """What is known of an issuer. Raises `CommandError` NOT_FOUND with the nearest code where there is none."""
    issuer = unit(engine, code)
    day = today if issuer.valid_on(today) else EXAMPLE_DAY
    tree = Registry(load_units(engine)).tree(code, None, day)
    below = [item.level for item in tree.units if tree.parent[item.code] == code]
    return Beginning(
        issuer=code,
        symbol=issuer.symbol or issuer.line.upper(),
        place=issuer.place,
        head_title=issuer.head_title or "THỦ TRƯỞNG",
        level=below[0] if below else Level.COMMUNE,
        day=day,
    )


def start_file(known: Beginning) -> str:
    """The text of the file."""
    calendar = WorkingCalendar()
    before = calendar.add(known.day, _REPORT_DAYS) + timedelta(days=1)
    return _FILE.substitute(
        issuer=known.issuer,
        symbol=known.symbol,
        place=f"place: {known.place}" if known.place else "# place: Huế",
        head_title=known.head_title,
        level=known.level,
        date=known.day.isoformat(),
        year=known.day.year,
        last_year=known.day.year - 1,
        plan_due=_written(calendar.add(known.day, _PLAN_DAYS)),
        report_due=_written(before),
    )


def write_new(text: str, file: Path) -> None:
    """Write a file that is not there yet. Raises `CommandError`: REFUSED where it is, INVALID where it cannot be."""
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError as error:
        raise CommandError(Exit.REFUSED, f"{file} is there already; choose another name") from error
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror}") from error


def _written(day: date) -> str:
    """As documents write it: days below 10 and months 1 and 2 get a leading 0 (DOMAIN section 1.3)."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month <= 2 else f"{day.day:02d}/{day.month}/{day.year}"


_FILE = Template("""\
# Văn bản chỉ đạo. Sửa nội dung cho đúng, kiểm tra bằng `dondoc check`, rồi bắt đầu bằng `dondoc start`.
# Dòng có dấu # là ghi chú; bỏ dấu # để dùng khóa ở dòng đó. Giải thích từng khóa: docs/directive-language.md.
document:
  number: 15/KH-$symbol   # số và ký hiệu; bỏ dòng này nếu văn bản không có số
  type: Kế hoạch
  title: triển khai công tác bình đẳng giới năm $year   # trích yếu, không ghi V/v
  issuer: $issuer   # mã đơn vị ban hành, xem `dondoc units tree`
  $place
  date: $date
  # signer: {title: $head_title, name: Nguyễn Văn An}   # ký thay: thêm prefix: KT. $head_title
  # programme: Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030
  # basis:   # căn cứ
  #   - {number: 25/KH-UBND, date: 2020-02-12, issuer: Ủy ban nhân dân tỉnh Thừa Thiên Huế}
  # recipients: [Như trên, Giám đốc (để b/c), "Lưu: VT, BĐG"]   # nơi nhận

# closing: $year-12-31   # ngày khóa sổ theo dõi; nếu bỏ trống thì tính theo thời hạn cuối cùng
# contact: Phòng Bình đẳng giới, Sở LĐTBXH   # nơi giải đáp vướng mắc
# line: ldtbxh   # theo dõi theo ngành nào, khi đơn vị thuộc nhiều cơ quan cấp trên
# replaces:   # sửa đổi (amends), thay thế (supersedes) hoặc bãi bỏ (annuls) văn bản trước
#   - {number: 12/KH-$symbol, year: $last_year, effect: supersedes, keeps: {annual-plan: plan}}
# awaits: {guidance: Hướng dẫn của tỉnh}   # văn bản phải chờ, dùng trong `opens`
# policy:
#   review_days: 5   # số ngày làm việc để cấp trên xem xét
#   roll: next   # hạn rơi vào ngày nghỉ: none (giữ nguyên), next (ngày làm việc sau), previous (ngày làm việc trước)
#   cut_off: "17:00"   # giờ kết thúc ngày cuối cùng; nếu bỏ trống là 24 giờ
#   # các bước đôn đốc, tính theo ngày làm việc; to: focal, head, tracker, tracker_head, above, issuer
#   ladder: [{at: T-5, do: reminder}, {at: T+1, do: overdue}, {at: T+5, do: chase}, {at: T+15, do: escalation}]
#   unacknowledged: [{at: A+3, do: reminder}, {at: A+10, do: escalation, to: [tracker]}]   # chưa xác nhận đã nhận
#   returned: [{at: R+3, do: reminder}, {at: R+10, do: chase}]   # bị trả lại, chưa nộp lại
#   review: [{at: V+5, do: reminder, to: [tracker]}]   # đã nộp, cấp trên chưa xác nhận

requirements:   # mỗi nhiệm vụ một khóa, đặt tên tùy ý
  plan:
    ref: "1"   # mục trong văn bản
    title: Kế hoạch triển khai công tác bình đẳng giới năm $year
    kind: plan   # plan, activity, report, consultation, selection, recommendations, event
    to: {level: $level}   # hoặc line, region, within, tag, units: [mã đơn vị]; trừ ra: except: [mã đơn vị]
    due: chậm nhất ngày $plan_due
    # if_not_issued: true   # đơn vị đã ban hành từ trước thì khai báo văn bản đã có
    # issued_by: UBND   # đơn vị chỉ tham mưu; cơ quan có ký hiệu này (hoặc cấp trên thuộc ngành này) ban hành
    # only_tag: funded   # chỉ áp dụng với đơn vị có nhãn này
    # coordinators: {units: [46-ubnd]}   # đơn vị phối hợp
  report:
    ref: "2"
    title: Báo cáo kết quả công tác bình đẳng giới năm $year
    kind: report
    to: {level: $level}
    due: trước ngày $report_due   # hạn cuối là ngày liền trước
    # due: trong 10 ngày làm việc kể từ ngày nhận
    # due: trong tháng 11/$year   # hoặc: trong quý II/$year; từ ngày … đến ngày …; thường xuyên
    # due: {every: quarter, by_day: 20, until: $year-12-31}   # định kỳ: day, week, month, quarter, half_year, year
    # opens: {when_accepted: plan}   # hoặc when_registered, when_selected, when_held, on
    # report_to: [ubnd]   # nơi nhận khác cùng xác nhận
    # choices: {meeting: Tổ chức hội nghị, paper: Gửi báo cáo}   # đơn vị chọn một hình thức
    # indicators: {trained: {title: Số người được tập huấn, kind: number, unit: người, by_sex: true}}   # số liệu
    # guidance: Gửi kèm biểu số liệu.   # lưu ý cho cán bộ
""")
