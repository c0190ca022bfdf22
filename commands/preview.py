"""`dondoc mail preview KIND`: sample mails as files to look at."""

from pathlib import Path

from commands.errors import CommandError, Exit
from mail.postmark import Postmark
from mail.render import render
from mail.samples import sample, several
from models.mail import Letter, Outgoing
from models.notice import NoticeKind
from reports.chase_letter import chase_letters
from rules.suggestions import did_you_mean

ALL, SEVERAL = "all", "several"
_DOMAIN = "dondoc.example"


def preview(kind: str, out: Path) -> list[Path]:
    """Write the sample of a kind, `several` (one mail of several parts) or `all` into a folder, each as mail (`.eml`),
    its HTML and its text; returns the files.

    Raises `CommandError` INVALID where there is no such kind or the folder cannot be written.
    """
    letters = {item.value: sample(item) for item in NoticeKind} | {SEVERAL: several()}
    if kind != ALL and kind not in letters:
        known = (*letters, ALL)
        message = f"no mail of the kind {kind!r}{did_you_mean(kind, known)}; there are {', '.join(known)}"
        raise CommandError(Exit.INVALID, message)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [
            file
            for name, letter in letters.items()
            if kind in {name, ALL}
            for file in _write(letter, out / f"{name}.eml")
        ]
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{out}: cannot be written: {error.strerror}") from error


def _write(letter: Letter, file: Path) -> list[Path]:
    rendered = render(letter)
    mail = Outgoing(
        ids=(1,),
        to=letter.holder.email if letter.holder else f"{letter.receiver.code}@thuathienhue.example",
        message_id=f"<{file.stem}@{_DOMAIN}>",
        thread_id=f"<thread@{_DOMAIN}>",
        resent=False,
        letter=letter,
    )
    html, text = file.with_suffix(".html"), file.with_suffix(".txt")
    file.write_bytes(Postmark(f"dondoc@{_DOMAIN}", chase_letters).write(mail).content)
    html.write_text(rendered.html, "utf-8")
    text.write_text(rendered.text, "utf-8")
    return [file, html, text]
