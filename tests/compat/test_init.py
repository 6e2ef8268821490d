"""writ init: the first steps of a new account, as a person types them."""
import base64
import hmac
import os
import re
import struct
import subprocess
import time

from conftest import Keys, Server, WRIT, environment_of


def code_of(seed, step):
    digest = hmac.digest(base64.b32decode(seed), struct.pack(">Q", step), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15:][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


class Dialogue:
    def __init__(self, data, **environment):
        self.process = subprocess.Popen([WRIT, "init", "--data", data], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, env={**environment_of(data), **environment})
        self.text = ""

    def until(self, end):
        begin = len(self.text)
        while end not in self.text[begin:]:
            piece = os.read(self.process.stdout.fileno(), 65536)
            assert piece, self.text
            self.text += piece.decode(errors="replace")
        return self.text[begin:]

    def say(self, line):
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    def end(self):
        self.process.stdin.close()
        self.text += self.process.stdout.read().decode(errors="replace")
        return self.process.wait(timeout=30)


def key_in(text):
    return Keys(re.search("AWS_ACCESS_KEY_ID=(\\S+)", text)[1], re.search("AWS_SECRET_ACCESS_KEY=(\\S+)", text)[1])


def test_a_new_account_begins_with_an_administrator_and_a_guarded_root(tmp_path):
    data = tmp_path / "data"
    dialogue = Dialogue(data)
    dialogue.until("none]:")
    dialogue.say("alice")
    dialogue.until("[Y/n]")
    dialogue.say("")
    administrator = key_in(dialogue.until("now? [Y/n]"))
    dialogue.say("y")
    seed = re.search("into the app: ([A-Z2-7]+)", dialogue.until("code of the app:"))[1]
    assert "\u2588" in dialogue.text
    dialogue.say("000000")
    dialogue.until("changes:")
    dialogue.say("000001")
    dialogue.until("code of the app:")  # Again.
    step = int(time.time()) // 30
    dialogue.say(code_of(seed, step))
    dialogue.until("changes:")
    dialogue.say(code_of(seed, step + 1))
    dialogue.until("Start the server")
    assert dialogue.end() == 0

    server = Server(data, environment={})
    assert not any("AWS_SECRET" in line for line in server.lines)  # No key for root is made by the start.
    iam = server.client("iam", administrator)
    assert iam.get_user()["User"]["UserName"] == "alice"
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["AccountMFAEnabled"], summary["AccountAccessKeysPresent"], summary["Users"]) == (1, 0, 1)
    assert server.stop() == 0

    again = Dialogue(data)
    again.until("none]:")
    again.say("alice")
    assert again.end() == 3
    assert "User with name alice already exists." in again.text


def test_whoever_wants_neither_gets_the_key_of_root(tmp_path):
    data = tmp_path / "data"
    dialogue = Dialogue(data)
    dialogue.until("none]:")
    dialogue.say("-")
    root = key_in(dialogue.until("now? [Y/n]"))
    dialogue.say("maybe")
    dialogue.until("[Y/n]")
    dialogue.say("n")
    assert dialogue.end() == 0
    server = Server(data, environment={})
    assert server.client("sts", root).get_caller_identity()["Arn"].endswith(":root")
    assert server.stop() == 0


def test_nothing_is_made_when_nobody_answers(tmp_path):
    data = tmp_path / "data"
    dialogue = Dialogue(data)
    dialogue.until("none]:")
    assert dialogue.end() == 2
    server = Server(data, environment={})
    assert any("AWS_SECRET" in line for line in server.lines)  # As any first start.
    assert server.stop() == 0


def test_a_device_without_codes_goes_again(tmp_path):
    data = tmp_path / "data"
    dialogue = Dialogue(data)
    dialogue.until("none]:")
    dialogue.say("")
    dialogue.until("[Y/n]")
    dialogue.say("")
    administrator = key_in(dialogue.until("now? [Y/n]"))
    dialogue.say("")
    dialogue.until("code of the app:")
    assert dialogue.end() == 1
    server = Server(data, environment={})
    assert server.client("iam", administrator).list_virtual_mfa_devices()["VirtualMFADevices"] == []
    assert server.stop() == 0
