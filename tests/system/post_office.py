"""A mail server that keeps what it gets, in memory: what really arrived, whatever the sender believes."""

import contextlib
import email
import email.policy
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    """One connection: just enough of RFC 5321 for `smtplib`."""

    def handle(self):
        """Answer commands until the other side leaves, or is gone."""
        with contextlib.suppress(ConnectionError):
            self._say("220 post office")
            while line := self.rfile.readline():
                if not self._answer(line.decode(errors="replace").strip()):
                    return

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _answer(self, line):
        command = line[:4].upper()
        if command == "DATA":
            return self._take()
        if command == "RCPT":
            self.recipients = [*getattr(self, "recipients", []), line.partition(":")[2].strip("<> ")]
        self._say("221 bye" if command == "QUIT" else "250 ok")
        return command != "QUIT"

    def _take(self):
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if line:  # it was ended, and not broken off
            self.server.keep(self.recipients, b"".join(lines))
            self.recipients = []
            self._say("250 kept")
        return bool(line)


class PostOffice(socketserver.ThreadingTCPServer):
    """The server; use it as a context manager."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self._lock = threading.Lock()
        self._got = []
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.shutdown()
        self.server_close()

    def keep(self, recipients, content):
        """Keep a message."""
        with self._lock:
            self._got.append((recipients, content))

    def count(self):
        """Return how many messages arrived."""
        return len(self._got)

    def read(self):
        """Return ``[(recipients, message)]`` of what arrived."""
        return [
            (recipients, email.message_from_bytes(content, policy=email.policy.default))
            for recipients, content in list(self._got)
        ]
