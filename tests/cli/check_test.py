"""writ policy check"""
import json
import unittest

from program import NO, READ_ORDERS, WRONG, YES, ProgramTest


def document(statement, version="2012-10-17"):
    return json.dumps({"Version": version, "Statement": [statement]})


class Check(ProgramTest):
    def test_a_valid_document_is_counted_against_its_quota(self):
        self.write("read.json", READ_ORDERS)
        text = self.expect(YES, "policy", "check", "read.json")
        self.assertTrue(text.startswith("read.json: a valid identity-based policy"), text)
        # Spec 1.4: white space outside of strings does not count.
        counted = len("".join(json.dumps(json.loads(READ_ORDERS), separators=(",", ":"))))
        self.assertIn(f"{counted} of 2048 characters", text)

    def test_a_managed_policy_has_another_quota(self):
        self.write("read.json", READ_ORDERS)
        self.assertIn("of 6144 characters for a managed policy",
                      self.expect(YES, "policy", "check", "--managed", "read.json"))

    def test_a_defect_has_its_place_its_line_and_a_hint(self):
        self.write("bad.json", '{\n  "Version": "2012-10-17",\n  "Statement": {\n'
                               '    "Effect": "Allow",\n    "Action": "s3GetObject",\n    "Resource": "*"\n  }\n}\n')
        lines = self.expect(NO, "policy", "check", "bad.json").splitlines()
        self.assertEqual(lines[0], "bad.json:5:15: Actions/Conditions must be prefaced by a vendor, "
                                   "e.g., iam, sdb, ec2, etc.")
        self.assertEqual(lines[1], '    5 |     "Action": "s3GetObject",')
        self.assertEqual(lines[2], "      |               ^~~~~~~~~~~~~")
        self.assertNotEqual(lines[3].strip(), "")
        self.assertTrue(lines[-1].startswith("bad.json: 1 error"), lines[-1])

    def test_all_defects_are_told(self):
        text = document({"Effect": "allow", "Action": "s3GetObject", "Resource": "nonsense"})
        [report] = self.json_lines(NO, "policy", "check", "-", stdin=text)
        self.assertFalse(report["valid"])
        self.assertEqual(report["file"], "<stdin>")
        self.assertGreaterEqual(sum(f["severity"] == "error" for f in report["findings"]), 2)

    def test_no_json_is_a_finding(self):
        self.write("broken.json", '{"Version": ')
        [report] = self.json_lines(NO, "policy", "check", "broken.json")
        self.assertEqual([f["code"] for f in report["findings"]], ["json"])
        self.assertEqual(report["findings"][0]["start"]["line"], 1)

    def test_a_misspelt_action_is_a_note(self):
        text = document({"Effect": "Allow", "Action": ["s3:GetObjct", "s3:GetObject"], "Resource": "*"})
        [report] = self.json_lines(YES, "policy", "check", "-", stdin=text)
        self.assertTrue(report["valid"])
        [finding] = report["findings"]
        self.assertEqual((finding["severity"], finding["code"]), ("note", "unknown_action"))
        self.assertEqual(finding["hint"], "Did you mean s3:GetObject?")
        self.expect(NO, "policy", "check", "--strict", "-", stdin=text)

    def test_a_whole_service_on_everything_is_a_note(self):
        text = document({"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"})
        [report] = self.json_lines(YES, "policy", "check", "-", stdin=text)
        [finding] = report["findings"]
        self.assertEqual((finding["severity"], finding["code"]), ("note", "broad_grant"))
        self.assertIn("dynamodb:* on every resource allows all", finding["message"])
        # What bounds others may be wide.
        for policy_type in ("boundary", "scp"):
            [report] = self.json_lines(YES, "policy", "check", "--type", policy_type, "-", stdin=text)
            self.assertEqual(report["findings"], [])

    def test_services_of_ones_own_are_known(self):
        self.write("shop.json", json.dumps({"prefix": "shop", "actions": [{"name": "Read", "access_level": "Read"}]}))
        text = document({"Effect": "Allow", "Action": ["shop:Read", "shop:Red", "writ:Authorize"], "Resource": "*"})
        [report] = self.json_lines(YES, "policy", "check", "--service", "shop.json", "-", stdin=text)
        [finding] = report["findings"]
        self.assertEqual((finding["code"], finding["hint"]), ("unknown_action", "Did you mean shop:Read?"))
        [report] = self.json_lines(YES, "policy", "check", "-", stdin=text)
        self.assertEqual(len(report["findings"]), 2)  # Both of the shop, none of Writ.
        self.write("s3.json", json.dumps({"prefix": "s3", "actions": [{"name": "Read", "access_level": "Read"}]}))
        self.expect(WRONG, "policy", "check", "--service", "s3.json", "-", stdin=text)
        self.expect(WRONG, "policy", "check", "--service", "missing.json", "-", stdin=text)

    def test_types_have_rules_of_their_own(self):
        trust = document({"Effect": "Allow", "Action": "sts:AssumeRole",
                          "Principal": {"Service": "lambda.amazonaws.com"}})
        self.expect(YES, "policy", "check", "--type", "trust", "-", stdin=trust)
        self.expect(NO, "policy", "check", "--type", "identity", "-", stdin=trust)
        boundary = document({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
        self.expect(YES, "policy", "check", "--type", "boundary", "-", stdin=boundary)
        self.expect(NO, "policy", "check", "--type", "trust", "-", stdin=boundary)

    def test_size(self):
        def of_size(characters):
            text = document({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/"})
            short = len(json.dumps(json.loads(text), separators=(",", ":")))
            return text.replace("s3:::b/", "s3:::b/" + "x" * (characters - short))
        self.expect(YES, "policy", "check", "--managed", "-", stdin=of_size(6144))
        self.expect(NO, "policy", "check", "--managed", "-", stdin=of_size(6145))
        self.expect(YES, "policy", "check", "-", stdin=of_size(10240))
        self.expect(NO, "policy", "check", "-", stdin=of_size(10241))
        [report] = self.json_lines(YES, "policy", "check", "-", stdin=of_size(3000))
        self.assertEqual([(f["severity"], f["code"]) for f in report["findings"]], [("note", "quota")])
        self.assertEqual(report["characters"], 3000)

    def test_several_files_and_the_worst_counts(self):
        self.write("read.json", READ_ORDERS)
        self.write("broken.json", "[]")
        reports = self.json_lines(NO, "policy", "check", "read.json", "broken.json")
        self.assertEqual([r["valid"] for r in reports], [True, False])
        self.assertIn("cannot read nowhere.json",
                      self.complaint(WRONG, "policy", "check", "read.json", "nowhere.json", "broken.json"))

    def test_wrong_usage(self):
        self.expect(WRONG, "policy", "check")
        self.expect(WRONG, "policy", "check", "--type", "group", "-")
        self.expect(WRONG, "policy", "check", "--output", "xml", "-")
        self.expect(WRONG, "policy", "check", ".")


if __name__ == "__main__":
    unittest.main()
