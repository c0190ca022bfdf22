"""The mail server of an installation."""

from mail.pool import SmtpPool
from mail.smtp import SmtpServer
from settings import Settings


def mail_pool(settings: Settings) -> SmtpPool:
    """The connections to the mail server, or to the mail catcher where none is configured."""
    server = SmtpServer(
        host=settings.smtp_host or settings.host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        ca_file=settings.smtp_ca_file,
    )
    return SmtpPool(server, settings.smtp_connections)
