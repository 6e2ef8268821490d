"""A service that does nothing but write down, byte for byte, what reaches it, and answer as it is told."""
import contextlib
import socket
import threading
import time

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"e\"\r\n\r\nok"


class Recorder:
    def __init__(self, tls=None):
        self.tls = tls

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http{'s' if self.tls else ''}://127.0.0.1:{self.listener.getsockname()[1]}"
        self.forget()
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()

    def forget(self):
        self.requests = []       # (head, body, whether the body was whole)
        self.connections = 0
        self.resets = 0          # Connections that were broken off rather than ended.
        self.answer = ANSWER     # Or None: it never answers.
        self.pause = 0.0         # Before it answers, in seconds.
        self.then_close = False  # After each answer.
        self.is_hasty = False    # It answers before it has read a body.

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        self.connections += 1
        if self.tls:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:
                return
        waiting = b""
        with connection:
            while True:
                head, waiting = self.read_head(connection, waiting)
                if head is None:
                    return
                if self.is_hasty:
                    body, whole = b"", True
                else:
                    body, whole, waiting = self.read_body(connection, head, waiting)
                self.requests.append((head, body, whole))
                if not whole:
                    return
                time.sleep(self.pause)
                if self.answer is None:
                    with contextlib.suppress(ConnectionResetError):
                        connection.recv(1)
                    return
                try:
                    connection.sendall(self.answer)
                except OSError:
                    self.resets += 1
                    return
                if self.then_close:
                    return

    @staticmethod
    def read_head(connection, waiting):
        while b"\r\n\r\n" not in waiting:
            try:
                got = connection.recv(65536)
            except ConnectionResetError:
                got = b""
            if not got:
                return None, b""
            waiting += got
        head, _, rest = waiting.partition(b"\r\n\r\n")
        return head.decode("latin-1"), rest

    def read_body(self, connection, head, waiting):
        length = int(headers_of(head).get("content-length", 0))
        waiting = bytearray(waiting)
        while len(waiting) < length:
            try:
                got = connection.recv(65536)
            except ConnectionResetError:
                got = b""
                self.resets += 1
            if not got:
                return bytes(waiting), False, b""
            waiting += got
        return bytes(waiting[:length]), True, bytes(waiting[length:])

    def wait_for(self, count):
        deadline = time.monotonic() + 5
        while len(self.requests) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.requests


def headers_of(head):
    lines = head.split("\r\n")[1:]
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
