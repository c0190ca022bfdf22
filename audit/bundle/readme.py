"""The words that lie in a bundle beside its contents."""

from audit.archive.anchors import grouped, one_line
from audit.bundle.manifest import BundleManifest

_WORDS = """\
HỒ SƠ THEO DÕI THỰC HIỆN {number}
{issuer}

Hồ sơ này chứa toàn bộ những gì hệ thống dondoc ghi nhận về việc thực hiện văn bản nói trên. Đọc trước: index.pdf.

Kiểm tra hồ sơ có còn nguyên vẹn hay không (cần Python 3.8 trở lên, không cần cài gì thêm, không cần mạng):

    python3 verify.py HO-SO.zip --key "VÂN TAY"

Trên Windows gõ "py" thay cho "python3". Kết quả là HỢP LỆ; HỢP LỆ, NHƯNG KHÔNG ĐẦY ĐỦ (nêu những gì còn thiếu);
hoặc KHÔNG HỢP LỆ (nêu đích danh chỗ không khớp).
{unfit}{seal}
Trong hồ sơ có:
  index.pdf            bản kê để đọc và in
  obligations.csv      từng nhiệm vụ: thời hạn, tình trạng, số ngày chậm (mở được bằng Excel)
  obligations.json     như trên, dùng cho phần mềm khác
  registers/           từng sổ theo dõi: sự kiện (events.jsonl), nhật ký (journal.jsonl), thư (outbox.jsonl),
                       kế hoạch lúc đầu và hiện hành, lịch sử của máy chủ Temporal (histories/)
  files/, reports/     tệp do các đơn vị nộp và báo cáo đã phát hành, đặt tên theo mã SHA-256
  mails/               lời văn của các thư đã gửi
  directive/           văn bản dưới dạng tệp YAML, đủ các phiên bản
  units.json           các đơn vị liên quan và đơn vị kế thừa
  anchors/             các bản niêm phong mã băm hằng ngày
  manifest.json        danh mục các tệp kèm mã SHA-256; signature.json: chữ ký số trên danh mục đó

----------------------------------------------------------------------------------------------------------------

This bundle has everything that dondoc recorded about how the directive above was carried out. Read index.pdf first
(in Vietnamese). To verify it you need Python 3.8 or newer and nothing else:

    python3 verify.py THE-BUNDLE.zip --key "FINGERPRINT" --lang en

{unfit_too}{sealed}
"""
_UNFIT = """
LƯU Ý: khi xuất, hồ sơ có {count} chỗ KHÔNG KHỚP, nêu ở mục 7 của index.pdf. Hồ sơ vẫn được lập để làm chứng cứ.
"""
_UNFIT_TOO = """\
BEWARE: {count} things in it did NOT hold when it was exported; "unfit" in manifest.json names them. It is evidence.

"""
_SIGNED = """
Hồ sơ có chữ ký số (Ed25519). Vân tay (SHA-256) của khóa công khai:
    {fingerprint}
Hãy hỏi cơ quan ban hành vân tay này qua một đường khác (văn bản giấy, điện thoại): người làm giả hồ sơ cũng sửa
được dòng trên. Vì thế cũng nên dùng bản verify.py lấy từ nơi khác mà mình tin cậy.
"""
_UNSIGNED = """
Hồ sơ này KHÔNG có chữ ký số: việc kiểm tra chỉ cho biết hồ sơ có mâu thuẫn với chính nó hay không, không chứng
minh được ai đã lập. Bỏ phần --key khi gõ lệnh trên, và so các mã băm với những bản niêm phong giữ ở nơi khác.
"""
_SIGNED_TOO = """\
It is signed (Ed25519). Ask the issuing body for the fingerprint of its key by another way: whoever forges a bundle can
forge the fingerprint in it, and verify.py too, so take that from elsewhere as well."""
_UNSIGNED_TOO = """\
It is NOT signed: verifying only tells whether it contradicts itself, not who made it. Leave out --key."""


def readme(manifest: BundleManifest) -> str:
    """What the bundle of a directive is, what lies where, whether it holds and how it is verified, in Vietnamese and
    English."""
    fingerprint, count = manifest.fingerprint, len(manifest.unfit)
    return _WORDS.format(
        number=one_line(manifest.number),
        issuer=one_line(manifest.issuer_name),
        seal=_SIGNED.format(fingerprint=grouped(fingerprint)) if fingerprint else _UNSIGNED,
        sealed=_SIGNED_TOO if fingerprint else _UNSIGNED_TOO,
        unfit=_UNFIT.format(count=count) if count else "",
        unfit_too=_UNFIT_TOO.format(count=count) if count else "",
    )
