"""Runs the program under test in a folder of its own."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

YES, NO, WRONG, FAILED = 0, 1, 2, 3

READ_ORDERS = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadOrders",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket"],
      "Resource": ["arn:aws:s3:::orders", "arn:aws:s3:::orders/*"],
      "Condition": { "StringEquals": { "aws:PrincipalTag/team": "orders" } }
    },
    {
      "Sid": "NoSecrets",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "arn:aws:s3:::orders/secret/*"
    }
  ]
}
"""
BOB = "arn:aws:iam::111122223333:user/bob"
FULL_ACCESS = "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess"


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, text):
        (self.folder / name).write_text(text)
        return name

    def writ(self, *arguments, stdin=""):
        environment = {**os.environ, "NO_COLOR": "1"}
        return subprocess.run([os.environ["WRIT"], *arguments], cwd=self.folder, input=stdin, text=True,
                              capture_output=True, timeout=60, env=environment, check=False)

    def expect(self, exit_code, *arguments, stdin=""):
        """Runs the program, demands its exit code, and returns standard output."""
        done = self.writ(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, exit_code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        if exit_code >= WRONG:
            self.assertNotEqual(done.stderr, "", "what is wrong must be said on standard error")
        return done.stdout

    def complaint(self, exit_code, *arguments, stdin=""):
        """The same, and returns standard error."""
        done = self.writ(*arguments, stdin=stdin)
        self.assertEqual(done.returncode, exit_code, f"{arguments}\n{done.stdout}\n{done.stderr}")
        return done.stderr

    def json_lines(self, exit_code, *arguments, stdin=""):
        """The same, and returns what each line of standard output says."""
        text = self.expect(exit_code, *arguments, "--output", "json", stdin=stdin)
        return [json.loads(line) for line in text.splitlines()]
