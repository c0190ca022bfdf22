"""A reform of the small directive's province: the department is renamed, its two divisions end, of three communes two
become one. The file is written to a folder."""

from datetime import date
from pathlib import Path

NOW, MERGED, ALONE = "01-noi-vu.2020", "0111-xa.2020", "0121-xa.2020"
BASIS = "Nghị quyết số 1/NQ"
EVE = date(2020, 3, 1)

_FILES = {
    "reform.yaml": f"""
on: 2020-03-02
basis: {BASIS}
registry: units.yaml
territories: links.csv
lines:
  so: {{to: {{province: noi-vu}}}}
  phong: {{to: {{province: noi-vu, commune: xa}}}}
dissolved:
  kinds: {{plan: down, report: up}}
""",
    "units.yaml": """
territories: places.csv
valid_from: 2020-03-02
suffix: ".2020"
organisations:
  - {level: province, line: noi-vu, name: Sở Nội vụ tỉnh Nhỏ, short_name: Sở Nội vụ, symbol: SNV, head_title: GIÁM ĐỐC}
  - {level: commune, line: xa, superior_lines: [noi-vu], name: "Ủy ban nhân dân {territory}",
     short_name: "UBND {territory}", symbol: UBND}
mail: {focal: "{code}@nho.example"}
""",
    "places.csv": "level,code,name,parent_code\nP,01,Tỉnh Nhỏ,\nW,0111,Xã Một,01\nW,0121,Xã Hai,01\n",
    "links.csv": "old_ward,old_district,old_province,new_ward,new_province,kind,default\n"
    "0111,011,01,0111,01,whole,1\n0112,011,01,0111,01,whole,1\n0121,012,01,0121,01,whole,1\n",
}


def write(folder: Path) -> Path:
    """Write the reform and what it names; returns the reform file."""
    for name, text in _FILES.items():
        (folder / name).write_text(text.lstrip(), "utf-8")
    return folder / "reform.yaml"
