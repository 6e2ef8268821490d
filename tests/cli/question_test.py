"""writ policy simulate, explain and test"""
import json
import unittest

from program import BOB, FULL_ACCESS, NO, READ_ORDERS, WRONG, YES, ProgramTest

REGIONS = """{ "Version": "2012-10-17", "Statement": [ {
  "Sid": "Regions", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
  "Condition": { "StringNotEquals": { "aws:RequestedRegion": "eu-west-1" } } } ] }
"""
ORDER = ["--principal", BOB, "--action", "s3:GetObject", "--resource", "arn:aws:s3:::orders/1"]
SECRET = ["--principal", BOB, "--action", "s3:GetObject", "--resource", "arn:aws:s3:::orders/secret/1"]
TEAM = ["--principal-tag", "team=orders"]
# Spec 6.1: S3 prints the resource in double quotes.
IMPLICIT = (f"User: {BOB} is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::orders/1\" "
            "because no identity-based policy allows the s3:GetObject action")
EXPLICIT = (f"User: {BOB} is not authorized to perform: s3:GetObject on resource: "
            "\"arn:aws:s3:::orders/secret/1\" with an explicit deny in an identity-based policy")


class QuestionTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.write("read.json", READ_ORDERS)
        self.write("regions.json", REGIONS)

    def cases(self, *cases, name="cases.json"):
        return self.write(name, json.dumps({"cases": list(cases)}))

    @staticmethod
    def case(name="a case", **members):
        return {"name": name, "principal": {"arn": BOB, "tags": {"team": "orders"}}, "action": "s3:GetObject",
                "resource": "arn:aws:s3:::orders/1", "policies": {"identity": ["read.json"]}, **members}


class Simulate(QuestionTest):
    def simulate(self, exit_code, *arguments):
        return self.expect(exit_code, "policy", "simulate", *arguments)

    def test_allowed_names_the_statement(self):
        self.assertEqual(self.simulate(YES, *ORDER, *TEAM, "--policy", "read.json"),
                         "allowed  s3:GetObject on arn:aws:s3:::orders/1: read.json:4 ReadOrders\n")

    def test_implicit_denial_says_the_sentence(self):
        self.assertEqual(self.simulate(NO, *ORDER, "--policy", "read.json"), f"denied   {IMPLICIT}\n")

    def test_explicit_denial_names_the_statement(self):
        self.assertEqual(self.simulate(NO, *SECRET, *TEAM, "--policy", "read.json"),
                         f"denied   {EXPLICIT} (read.json:11 NoSecrets)\n")

    def test_each_action_on_each_resource(self):
        lines = self.simulate(NO, "--principal", BOB, *TEAM, "--policy", "read.json", "--action", "s3:GetObject",
                              "--action", "s3:PutObject", "--resource", "arn:aws:s3:::orders/1",
                              "--resource", "arn:aws:s3:::orders/2").splitlines()
        self.assertEqual([line.split()[0] for line in lines], ["allowed", "allowed", "denied", "denied"])

    def test_built_in_policies(self):
        text = self.simulate(YES, *ORDER, "--policy", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
        self.assertIn(": AmazonS3ReadOnlyAccess:", text)
        self.simulate(YES, *ORDER, "--policy", "arn:aws:iam::aws:policy/ReadOnlyAccess")

    def test_boundary_session_and_levels(self):
        allowed = [*ORDER, *TEAM, "--policy", "read.json"]
        self.write("dynamo.json", '{"Statement": {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"}}')
        self.assertIn("no permissions boundary allows", self.simulate(NO, *allowed, "--boundary", "dynamo.json"))
        self.assertIn("no session policy allows", self.simulate(NO, *allowed, "--session", "dynamo.json"))
        self.simulate(YES, *allowed, "--scp", FULL_ACCESS, "--scp", FULL_ACCESS)
        region = ["--scp", f"0:{FULL_ACCESS}", "--scp", f"1:{FULL_ACCESS}", "--scp", "1:regions.json"]
        self.assertIn("explicit deny in a service control policy (regions.json:1 Regions)",
                      self.simulate(NO, *allowed, *region))
        self.simulate(YES, *allowed, *region, "--context", "aws:RequestedRegion=eu-west-1")
        self.assertIn("no service control policy allows", self.simulate(NO, *allowed, "--scp", "dynamo.json"))

    def test_resource_policy_of_another_account(self):
        self.write("bucket.json", json.dumps({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::orders/*"}}))
        self.simulate(YES, "--principal", "anonymous", "--action", "s3:GetObject", "--resource",
                      "arn:aws:s3:::orders/1", "--resource-policy", "bucket.json", "--resource-account", "999988887777")
        foreign = [*ORDER, "--resource-account", "999988887777"]
        self.simulate(NO, *foreign, "--resource-policy", "bucket.json")
        self.simulate(YES, *foreign, *TEAM, "--policy", "read.json", "--resource-policy", "bucket.json")

    def test_trust(self):
        self.write("trust.json", json.dumps({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}}))
        asked = ["--action", "sts:AssumeRole", "--resource", "arn:aws:iam::111122223333:role/fn", "--trust", "trust.json"]
        self.simulate(YES, "--principal", "lambda.amazonaws.com", *asked)
        self.simulate(NO, "--principal", "ec2.amazonaws.com", *asked)

    def test_context_lists_tags_and_time(self):
        self.write("when.json", json.dumps({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
                "ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]},
                "StringEquals": {"aws:ResourceTag/team": "orders"},
                "DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}}}))
        asked = [*ORDER, "--policy", "when.json", "--tag", "team=orders"]
        early, late = ["--time", "2025-06-01T00:00:00Z"], ["--time", "2026-06-01T00:00:00Z"]
        self.simulate(YES, *asked, *early, "--context", "aws:TagKeys=[a,b]")
        self.simulate(NO, *asked, *early, "--context", "aws:TagKeys=[a,c]")
        self.simulate(NO, *asked, *late, "--context", "aws:TagKeys=[a,b]")

    def test_json(self):
        [told] = self.json_lines(NO, "policy", "simulate", *SECRET, *TEAM, "--policy", "read.json")
        self.assertEqual((told["decision"], told["decided_by"], told["message"]),
                         ("explicitDeny", "identity", EXPLICIT))
        self.assertEqual(told["matched"]["sid"], "NoSecrets")
        self.assertEqual(told["matched"]["start"], {"line": 11, "column": 5})
        [told] = self.json_lines(NO, "policy", "simulate", *ORDER, "--policy", "read.json")
        self.assertEqual((told["matched"], told["silent"]), (None, ["identity"]))

    def test_cases_file(self):
        self.cases(self.case("reads"), self.case("writes", action="s3:PutObject"))
        lines = self.simulate(NO, "cases.json").splitlines()
        self.assertEqual(lines[0], "allowed  reads: read.json:4 ReadOrders")
        self.assertTrue(lines[1].startswith("denied   writes: User: "), lines[1])
        # What was expected counts, not what is allowed.
        self.cases(self.case("writes", action="s3:PutObject", expect={"decision": "implicitDeny"}))
        self.simulate(YES, "cases.json")
        self.cases(self.case("reads", expect={"decision": "implicitDeny"}))
        self.assertIn("expected decision implicitDeny", self.simulate(NO, "cases.json"))

    def test_bad_input(self):
        bad = [
            (["--policy", "nowhere.json"], "--policy: cannot read nowhere.json"),
            (["--policy", "arn:aws:iam::aws:policy/NoSuch"], "NoSuch"),
            (["--scp", "1:read.json"], "level 0"),
            (["--context", "aws:SourceIp"], "KEY=VALUE"),
            (["--context", "a=1", "--context", "a=2"], "twice"),
            (["--time", "yesterday"], "ISO 8601"),
        ]
        for arguments, message in bad:
            with self.subTest(arguments):
                self.assertIn(message, self.complaint(WRONG, "policy", "simulate", *ORDER, *arguments))
        self.write("broken.json", '{\n  "Version": 3\n}')
        self.assertIn("broken.json:2:", self.complaint(WRONG, "policy", "simulate", *ORDER, "--policy", "broken.json"))
        self.assertIn("no principal", self.complaint(WRONG, "policy", "simulate", "--principal", "bob",
                                                     "--action", "s3:GetObject"))
        self.assertIn("one action", self.complaint(WRONG, "policy", "simulate", "--principal", BOB, "--action", "s3:*"))
        self.write("cases.json", '{"cases": [\n {"name": "x", "who": 1}]}')
        self.assertIn("cases.json:2:", self.complaint(WRONG, "policy", "simulate", "cases.json"))

    def test_wrong_usage(self):
        self.cases(self.case())
        self.simulate(WRONG)
        self.simulate(WRONG, "--principal", BOB)
        self.simulate(WRONG, "cases.json", "--principal", BOB)
        self.simulate(WRONG, *ORDER, "--nonsense")


class Explain(QuestionTest):
    def explain(self, exit_code, *arguments):
        text = self.expect(exit_code, "policy", "explain", *arguments)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 100, line)
        return text

    def test_a_denial_names_what_nearly_allowed_and_what_would_help(self):
        text = self.explain(NO, *ORDER, "--principal-tag", "team=billing", "--policy", "read.json")
        self.assertTrue(text.startswith("DENIED  s3:GetObject on arn:aws:s3:::orders/1\n"), text)
        self.assertIn(IMPLICIT, " ".join(text.split()))
        self.assertIn("read.json:4 ReadOrders", text)
        self.assertIn('StringEquals aws:PrincipalTag/team: expected "orders", actual "billing"', text)
        remedy = text[text.index("To allow it"):]
        statement = json.loads(remedy[remedy.index("{"):remedy.rindex("}") + 1])
        self.assertEqual((statement["Effect"], statement["Action"]), ("Allow", "s3:GetObject"))
        # Ready to paste: with it the answer is another.
        self.write("remedy.json", json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        self.explain(YES, *ORDER, "--policy", "read.json", "--policy", "remedy.json")

    def test_a_missing_key_is_named(self):
        text = self.explain(NO, *ORDER, "--policy", "read.json")
        self.assertIn("but the request has no such key", " ".join(text.split()))
        self.assertIn("Condition keys that the request lacks\n  aws:PrincipalTag/team\n", text)

    def test_deciding_lines_are_marked(self):
        text = self.explain(NO, *SECRET, *TEAM, "--policy", "read.json")
        self.assertIn("Denied by read.json:11 NoSecrets\n", text)
        self.assertIn('>    13 |       "Effect": "Deny",\n', text)
        self.assertIn('>    14 |       "Action": "s3:*",\n', text)
        self.assertIn('     12 |       "Sid": "NoSecrets",\n', text)

    def test_an_allow_names_the_denies_that_did_not_apply(self):
        text = self.explain(YES, *ORDER, *TEAM, "--policy", "read.json", "--scp", FULL_ACCESS,
                            "--scp", f"1:{FULL_ACCESS}", "--scp", "1:regions.json",
                            "--context", "aws:RequestedRegion=eu-west-1")
        self.assertTrue(text.startswith("ALLOWED  "), text)
        self.assertIn("Denies that did not apply\n  regions.json:1 Regions\n", text)
        self.assertIn("SCPs of the root", text)

    def test_long_statements_are_shortened(self):
        actions = [f"ec2:Describe{i}*" for i in range(300)] + ["s3:Get*"]
        self.write("long.json", json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": "*"}]}, indent=2))
        text = self.explain(YES, *ORDER, "--policy", "long.json")
        self.assertLess(len(text.splitlines()), 25)
        self.assertIn('> ', next(line for line in text.splitlines() if '"s3:Get*"' in line))
        self.write("long.json", json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": "*"}]}))
        text = self.explain(YES, *ORDER, "--policy", "long.json")
        self.assertLess(len(text.splitlines()), 25)
        self.assertIn('"s3:Get*"', text)

    def test_json_has_the_trace(self):
        [told] = self.json_lines(NO, "policy", "explain", *ORDER, "--policy", "read.json")
        self.assertEqual([s["sid"] for s in told["statements"]], ["ReadOrders", "NoSecrets"])
        [condition] = told["statements"][0]["conditions"]
        self.assertEqual((condition["key"], condition["expected"], condition["actual"], condition["held"]),
                         ("aws:PrincipalTag/team", ["orders"], None, False))
        self.assertEqual(told["remedies"][0]["statement"]["Action"], "s3:GetObject")

    def test_bad_input(self):
        self.expect(WRONG, "policy", "explain", "nowhere.json")
        self.expect(WRONG, "policy", "explain")


class Test(QuestionTest):
    def test_all_pass(self):
        self.cases(self.case("reads", expect={"decision": "allowed", "decided_by": "identity", "policy": "read.json",
                                              "statement": "ReadOrders"}))
        self.assertEqual(self.expect(YES, "policy", "test", "cases.json"), "1 passed, 0 failed\n")

    def test_a_failure_says_what_was_expected(self):
        self.cases(self.case("reads", expect={"decision": "allowed"}),
                   self.case("writes", action="s3:PutObject", expect={"decision": "allowed"}))
        text = self.expect(NO, "policy", "test", "cases.json")
        self.assertIn("failed  cases.json:1: writes\n", text)
        self.assertIn("decision: expected allowed, actual implicitDeny\n", text)
        self.assertTrue(text.endswith("1 passed, 1 failed\n"), text)

    def test_json(self):
        self.cases(self.case("reads", expect={"decision": "explicitDeny"}))
        [told] = self.json_lines(NO, "policy", "test", "cases.json")
        self.assertFalse(told["passed"])
        self.assertEqual(told["differences"],
                         [{"member": "decision", "expected": "explicitDeny", "actual": "allowed"}])

    def test_several_files(self):
        for name in ("a.json", "b.json"):
            self.cases(self.case(expect={"decision": "allowed"}), name=name)
        self.assertEqual(self.expect(YES, "policy", "test", "a.json", "b.json"), "2 passed, 0 failed\n")

    def test_a_test_that_cannot_fail_is_none(self):
        self.cases(self.case())
        self.assertIn("expects nothing", self.complaint(WRONG, "policy", "test", "cases.json"))
        self.cases()
        self.assertIn("no cases", self.complaint(WRONG, "policy", "test", "cases.json"))

    def test_bad_input(self):
        self.expect(WRONG, "policy", "test")
        self.expect(WRONG, "policy", "test", "nowhere.json")
        self.cases(self.case(expect={"decision": "maybe"}))
        self.assertIn("decision must be one of", self.complaint(WRONG, "policy", "test", "cases.json"))


if __name__ == "__main__":
    unittest.main()
