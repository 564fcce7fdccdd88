"""A mail server for tests: says its port and what it gets as lines of JSON, and takes orders as lines."""

import argparse
import asyncio
import base64
import email
import email.policy
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

options = argparse.ArgumentParser()
options.add_argument("--user")
options.add_argument("--password")
options.add_argument("--cert")
options.add_argument("--key")
options.add_argument("--starttls", action="store_true")
options.add_argument("--no-null-sender", action="store_true")
options.add_argument("--dkim")  # name=value: a TXT record
options = options.parse_args()


def say(what):
    print(json.dumps(what), flush=True)


def verified(raw):
    """Whether dkimpy finds the signature right, asking for the given record only."""
    if not options.dkim:
        return None
    import dkim

    name, _, value = options.dkim.partition("=")

    def txt(asked, timeout=5):
        asked = asked.decode() if isinstance(asked, bytes) else asked
        return value.encode() if asked.rstrip(".") == name else None

    return dkim.verify(raw, dnsfunc=txt)


def lines(part):
    """What a part says, with the line ends of a text instead of those of the protocol."""
    return part and part.get_content().replace("\r\n", "\n")


class Handler:
    def __init__(self):
        self.answer = "accept"
        self.mails = []

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address in ("", "<>") and options.no_null_sender:
            return "550 5.7.1 A sender is needed"
        envelope.mail_from = address
        envelope.mail_options.extend(mail_options)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer == "die":
            os._exit(1)
        if self.answer == "hang-up":
            self.answer = "accept"
            server.transport.abort()
            return "250 OK"
        if self.answer == "accept-and-hang-up":
            self.answer = "accept"
            self.keep(server, session, envelope)
            server.transport.abort()
            return "250 OK"
        if self.answer != "accept":
            return self.answer
        self.keep(server, session, envelope)
        return "250 OK"

    def keep(self, server, session, envelope):
        raw = envelope.original_content
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
        self.mails.append(
            {
                # The protocol writes nobody as <>.
                "mail_from": (envelope.mail_from or "").replace("<>", ""),
                "rcpt_to": envelope.rcpt_tos,
                "headers": [[name, str(value)] for name, value in parsed.items()],
                "text": lines(text),
                "html": lines(html),
                "tls": server.transport.get_extra_info("ssl_object") is not None,
                "user": session.auth_data and session.auth_data.decode(),
                "dkim": verified(raw),
                "raw": base64.b64encode(raw).decode(),
            }
        )


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword)
    right = right and data.login.decode() == options.user and data.password.decode() == options.password
    return AuthResult(success=right, auth_data=data.login if right else None, handled=False)


handler = Handler()
context = None
if options.cert:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.cert, options.key)


def session():
    return SMTP(
        handler,
        hostname="mail.test",
        enable_SMTPUTF8=True,
        tls_context=context if options.starttls else None,
        require_starttls=bool(options.starttls),
        authenticator=authenticate if options.user else None,
        auth_required=bool(options.user),
        auth_require_tls=bool(context) and options.starttls,
    )


async def main():
    loop = asyncio.get_running_loop()
    tls = None if options.starttls else context
    server = await loop.create_server(session, host="127.0.0.1", port=0, ssl=tls)
    say({"port": server.sockets[0].getsockname()[1]})
    while order := await loop.run_in_executor(None, sys.stdin.readline):
        order = order.rstrip("\n")
        if order == "list":
            mails, handler.mails = handler.mails, []
            say({"mails": mails})
        else:
            handler.answer = order
            say({"told": order})


asyncio.run(main())
