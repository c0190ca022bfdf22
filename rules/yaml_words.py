"""What is wrong with the YAML of a file, in words for its author; PyYAML's own words where we have none."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml
from yaml.reader import ReaderError

from rules.yaml_lines import Lines, escaped, is_keyed, without_colon

Said = tuple[int, str]
"""A line (from 1), and what is wrong there."""

_NOT_BEFORE = "{!r} cannot begin a value: put the value in quotes"
_LIST_OR_KEYS = "`-` begins an entry of a list, and here stand keys and values: leave the `-` out, or indent it"
_AT_END = "<stream end>"
_CLOSERS = {"{": "}", "[": "]"}


@dataclass(frozen=True)
class _Trouble:
    """Where PyYAML stopped (`line` from 1, `column` from 0), and where that began which it was reading."""

    lines: Lines
    problem: str
    context: str
    line: int
    column: int
    began: int

    @property
    def text(self) -> str:
        return self.lines[self.line]


def syntax_words(error: yaml.YAMLError, text: str) -> Said:
    """The line to look at, and what to mend there."""
    if isinstance(error, ReaderError):
        line = text[: error.position].count("\n") + 1
        return line, "a character that cannot be shown stands here: delete it"
    trouble = _trouble(error, Lines(text))
    for pattern, words in _WORDS:
        if re.search(pattern, trouble.problem) and (said := words(trouble)):
            return said
    return trouble.line, f"not valid YAML: {trouble.problem}"


def _trouble(error: yaml.YAMLError, lines: Lines) -> _Trouble:
    mark, began = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    return _Trouble(
        lines=lines,
        problem=getattr(error, "problem", None) or str(error) or type(error).__name__,
        context=getattr(error, "context", None) or "",
        line=int(mark.line) + 1 if mark else 1,
        column=int(mark.column) if mark else 0,
        began=int(began.line) + 1 if began else 0,
    )


def _character(trouble: _Trouble) -> Said | None:
    found = trouble.text[trouble.column : trouble.column + 1]
    if found == "\t":
        return trouble.line, "a tab: use spaces"
    return trouble.line, _NOT_BEFORE.format(found)


def _colon_missing(trouble: _Trouble) -> Said | None:
    """A line that should be a key and its value; PyYAML notices at the next one."""
    said = without_colon(trouble.lines[trouble.began])
    return (trouble.began, said) if said else None


def _colon_too_many(trouble: _Trouble) -> Said | None:
    """A colon where none can stand: in a value, in a line that is indented too far, or below a line that lacks one."""
    before = trouble.text[: trouble.column]
    if is_keyed(before):
        return trouble.line, _in_quotes(trouble.text)
    if said := trouble.lines.odd_space(trouble.line):
        return trouble.line, said
    above = trouble.lines.lacking_colon_above(trouble.line)
    if above is not None:
        return above, without_colon(trouble.lines[above]) or _indentation(trouble)
    if without_colon(f"{before.strip()} x"):
        said = without_colon(trouble.text.strip())
        if said:
            return trouble.line, said
    return trouble.line, _indentation(trouble)


def _indentation(trouble: _Trouble) -> str:
    own, above = trouble.lines.indents(trouble.line)
    return (
        f"the indentation does not fit the lines around ({own} spaces, the line above has {above}): "
        "keys that belong together begin in the same column"
    )


def _in_quotes(line: str) -> str:
    bare = line.strip()
    if bare.startswith("- ") and not bare.removeprefix("- ").isascii():
        return f"a colon in a text: put the text in quotes, `- {escaped(bare.removeprefix('- ').strip())}`"
    key, _, value = bare.removeprefix("- ").partition(":")
    value = value.strip()
    for opener, closer in _CLOSERS.items():
        if value.endswith(closer) and opener not in value:
            return f"`{closer}` closes what is not open: write `{key}: {opener}{value}`"
    if value[:1] in "“„":
        return f'“ and ” are no quotes in YAML: write `{key}: "{value.strip("“”„")}"`'
    return f"a colon in a value: put the value in quotes, `{key}: {escaped(value)}`"


def _block_end(trouble: _Trouble) -> Said | None:
    found = trouble.problem.rpartition("found ")[2].strip("'")
    if said := trouble.lines.odd_space(trouble.line):
        return trouble.line, said
    match found:
        case "<scalar>":
            return _after_quotes(trouble)
        case "?":
            return trouble.line, _in_list(trouble)
        case "-":
            return trouble.line, _LIST_OR_KEYS
        case "}" | "]" | ",":
            return trouble.line, f"`{found}` closes or parts what is not open: put the value in quotes, or delete it"
        case ":":
            return trouble.line, "a colon without a key before it: a key and its value are written `key: value`"
        case _:
            above = trouble.lines.lacking_colon_above(trouble.line)
            said = without_colon(trouble.lines[above]) if above else ""
            return (above, said) if above and said else (trouble.line, _indentation(trouble))


def _first_line(trouble: _Trouble) -> Said:
    """Where the first key of the file is indented, PyYAML notices at the first that is not."""
    first = trouble.lines.first()
    if trouble.lines[first][:1].isspace():
        return first, "the first key of the file is indented: begin it at the start of the line"
    return trouble.line, _indentation(trouble)


def _in_list(trouble: _Trouble) -> str:
    if trouble.lines.key_above(trouble.began) == "requirements":
        return "requirements go by key, without `-`: write `annual-plan:`, and below it, indented, what belongs to it"
    return "a list goes on here without `-`: begin each entry with `- `, or indent this line as the list's own key is"


def _after_quotes(trouble: _Trouble) -> Said:
    """Words behind a closing quote: either a value has a quote too many, or one that was open before ends here."""
    quote = trouble.text[trouble.column - 1 : trouble.column]
    quote = quote if quote in {'"', "'"} else trouble.text[: trouble.column].rstrip()[-1:]
    opened = trouble.lines.open_quote_above(trouble.line, trouble.column, quote) if quote in {'"', "'"} else None
    if opened is not None:
        return opened, f"the quote {quote} that opens here is not closed on this line"
    other = "'" if quote == '"' else '"'
    return trouble.line, f"words stand behind the closing quote {quote}: put the whole value in {other}…{other}"


def _quote_open(trouble: _Trouble) -> Said | None:
    if "quoted scalar" not in trouble.context or not trouble.began:
        return None
    return trouble.began, "the quote that opens here is never closed"


def _bracket_open(trouble: _Trouble) -> Said | None:
    """Between brackets: a bracket is not closed, a comma is missing, or a value needs quotes."""
    opener = "{" if "mapping" in trouble.context else "["
    lacking = f"the bracket `{opener}` that opens here is not closed"
    if _AT_END in trouble.problem:
        return trouble.began, lacking
    if trouble.line > trouble.began and not trouble.lines.above(trouble.line).endswith((",", opener)):
        return trouble.began, f"{lacking}, or a comma is missing before line {trouble.line}"
    if trouble.problem.endswith("':'"):
        return trouble.line, "a colon in a value: put the value in quotes, or a comma before the next key"
    return trouble.line, f"between brackets values stand apart by commas: a comma or `{_CLOSERS[opener]}` is missing"


def _escape(trouble: _Trouble) -> Said:
    return trouble.line, "a backslash between double quotes has a meaning of its own: use single quotes '…'"


def _node(trouble: _Trouble) -> Said:
    if _AT_END in trouble.problem and (opened := trouble.lines.open_bracket()):
        return opened, "a bracket that opens here is not closed"
    found = trouble.text[trouble.column : trouble.column + 1]
    return trouble.line, f"a value is missing before `{found}`, or there is one `{found}` too many"


def _several(trouble: _Trouble) -> Said:
    return trouble.line, "`---` begins another file: a directive is one, so leave the line out"


def _scalar_begins(trouble: _Trouble) -> Said | None:
    found = trouble.lines[trouble.began].partition(": ")[2].strip()[:1]
    return (trouble.began, _NOT_BEFORE.format(found)) if found in {">", "|", "*", "&"} else None


_WORDS: tuple[tuple[str, Callable[[_Trouble], Said | None]], ...] = (
    ("that cannot start any token", _character),
    ("could not find expected ':'", _colon_missing),
    ("mapping values are not allowed", _colon_too_many),
    ("expected <block end>", _block_end),
    ("expected '<document start>'", _first_line),
    ("found unexpected (end of stream|document separator)", _quote_open),
    ("expected ',' or ", _bracket_open),
    ("unknown escape character|expected escape sequence", _escape),
    ("expected the node content", _node),
    ("but found another document", _several),
    ("expected a comment or a line break|expected chomping|expected alphabetic or numeric", _scalar_begins),
)
"""What PyYAML says, and how we say it: None where its words do after all."""
