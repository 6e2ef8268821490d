"""writ policy format"""
import json
import unittest

from program import NO, WRONG, YES, ProgramTest

UGLY = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:*"],"Resource":"*"}}'
PRETTY = """{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": [
      "s3:GetObject",
      "s3:*"
    ],
    "Resource": "*"
  }
}
"""


class Format(ProgramTest):
    def test_prints_over_several_lines(self):
        self.assertEqual(self.expect(YES, "policy", "format", "-", stdin=UGLY), PRETTY)

    def test_is_stable(self):
        self.assertEqual(self.expect(YES, "policy", "format", "-", stdin=PRETTY), PRETTY)

    def test_indents_as_told(self):
        self.assertEqual(self.expect(YES, "policy", "format", "--indent", "4", "-", stdin=UGLY).splitlines()[1],
                         '    "Version": "2012-10-17",')

    def test_compact(self):
        self.assertEqual(self.expect(YES, "policy", "format", "--compact", "-", stdin=PRETTY), UGLY + "\n")

    def test_normal_leaves_out_what_is_covered(self):
        text = self.expect(YES, "policy", "format", "--normal", "-", stdin=UGLY)
        self.assertIn("s3:*", text)
        self.assertNotIn("s3:GetObject", text)

    def test_check_changes_nothing(self):
        self.write("ugly.json", UGLY)
        self.write("pretty.json", PRETTY)
        self.assertEqual(self.expect(NO, "policy", "format", "--check", "ugly.json", "pretty.json"),
                         "ugly.json: not formatted\n")
        self.assertEqual((self.folder / "ugly.json").read_text(), UGLY)
        self.assertEqual(self.expect(YES, "policy", "format", "--check", "pretty.json"), "")

    def test_write(self):
        self.write("ugly.json", UGLY)
        (self.folder / "ugly.json").chmod(0o640)
        self.assertEqual(self.expect(YES, "policy", "format", "--write", "ugly.json"), "ugly.json: formatted\n")
        self.assertEqual((self.folder / "ugly.json").read_text(), PRETTY)
        self.assertEqual((self.folder / "ugly.json").stat().st_mode & 0o777, 0o640)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["ugly.json"])
        self.assertEqual(self.expect(YES, "policy", "format", "--write", "ugly.json"), "")

    def test_json(self):
        [told] = self.json_lines(YES, "policy", "format", "-", stdin=UGLY)
        self.assertEqual(told, {"file": "<stdin>", "changed": True, "text": PRETTY})
        self.write("pretty.json", PRETTY)
        self.assertEqual(self.json_lines(YES, "policy", "format", "--check", "pretty.json"),
                         [{"file": "pretty.json", "changed": False}])

    def test_bad_input(self):
        self.assertIn("<stdin>:1:", self.complaint(WRONG, "policy", "format", "-", stdin='{"Version": 1,'))
        self.expect(WRONG, "policy", "format", "nowhere.json")

    def test_wrong_usage(self):
        self.expect(WRONG, "policy", "format")
        self.expect(WRONG, "policy", "format", "--write", "-", stdin=UGLY)
        self.expect(WRONG, "policy", "format", "--compact", "--normal", "-", stdin=UGLY)
        self.expect(WRONG, "policy", "format", "--write", "--check", "-", stdin=UGLY)
        self.expect(WRONG, "policy", "format", "--indent", "99", "-", stdin=UGLY)

    def test_every_way_keeps_the_value(self):
        for way in ([], ["--indent", "0"], ["--compact"]):
            text = self.expect(YES, "policy", "format", *way, "-", stdin=UGLY)
            self.assertEqual(json.loads(text), json.loads(UGLY))


if __name__ == "__main__":
    unittest.main()
