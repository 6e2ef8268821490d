"""writ reference, and the program as a whole"""
import unittest

from program import NO, WRONG, YES, ProgramTest


class Reference(ProgramTest):
    def reference(self, exit_code, *arguments):
        return self.expect(exit_code, "reference", *arguments)

    def test_services(self):
        text = self.reference(YES)
        self.assertIn("Amazon S3\n", text)
        [told] = self.json_lines(YES, "reference")
        self.assertIn("iam", [service["prefix"] for service in told["services"]])

    def test_a_service(self):
        lines = self.reference(YES, "sts").splitlines()
        self.assertEqual(lines[0], "AWS Security Token Service")
        self.assertTrue(lines[1].startswith("https://docs.aws.amazon.com/"))
        self.assertIn(["sts:AssumeRole", "Write", "role*"], [line.split() for line in lines])
        [told] = self.json_lines(YES, "reference", "sts")
        self.assertIn("sts:AssumeRole", [action["name"] for action in told["actions"]])

    def test_an_action(self):
        text = self.reference(YES, "S3:getobject")
        self.assertTrue(text.startswith("s3:GetObject  Read, Amazon S3\n"), text)
        self.assertIn("arn:${Partition}:s3:::${BucketName}/${ObjectName}", text)
        [told] = self.json_lines(YES, "reference", "s3:GetObject")
        self.assertEqual(told["access_level"], "Read")
        self.assertIn("object", [resource["name"] for resource in told["resources"]])

    def test_a_pattern(self):
        text = self.reference(YES, "s3:Get*Tagging")
        self.assertIn("s3:GetObjectTagging", text)
        self.assertNotIn("s3:GetObject ", text)
        [told] = self.json_lines(YES, "reference", "s3:Get*Tagging")
        names = [action["name"] for action in told["actions"]]
        self.assertIn("s3:GetBucketTagging", names)
        self.assertTrue(all(n.startswith("s3:Get") and n.endswith("Tagging") for n in names), names)

    def test_resource_types_and_condition_keys(self):
        [told] = self.json_lines(YES, "reference", "s3", "--resource-types")
        self.assertIn({"name": "bucket", "arn": "arn:${Partition}:s3:::${BucketName}"},
                      [{"name": t["name"], "arn": t["arn"]} for t in told["resource_types"]])
        self.assertIn("arn:${Partition}:s3:::${BucketName}\n", self.reference(YES, "s3", "--resource-types"))
        [told] = self.json_lines(YES, "reference", "s3", "--condition-keys")
        self.assertIn("s3:prefix", [key["name"] for key in told["condition_keys"]])
        self.assertIn("s3:prefix", self.reference(YES, "s3", "--condition-keys"))

    def test_search(self):
        self.assertIn("cloudfront:CreateInvalidation", self.reference(YES, "--search", "invalidation"))
        [told] = self.json_lines(YES, "reference", "--search", "GetCallerIdentity")
        self.assertEqual([action["name"] for action in told["actions"]], ["sts:GetCallerIdentity"])
        self.assertIn("nothing", self.complaint(NO, "reference", "--search", "xqzwvk"))

    def test_managed_policies(self):
        by_name = self.reference(YES, "--policy", "AdministratorAccess")
        self.assertEqual(by_name, self.reference(YES, "--policy", "arn:aws:iam::aws:policy/AdministratorAccess"))
        [told] = self.json_lines(YES, "reference", "--policy", "AdministratorAccess")
        self.assertEqual(told["document"]["Statement"], [{"Effect": "Allow", "Action": "*", "Resource": "*"}])
        self.assertIn("job-function/ViewOnlyAccess", self.reference(YES, "--policies", "viewonly"))
        [told] = self.json_lines(YES, "reference", "--policies")
        self.assertGreater(len(told["policies"]), 1000)

    def test_lines_fit(self):
        for arguments in (["ec2"], ["s3", "--resource-types"], ["iam:PassRole"], ["--policies"]):
            for line in self.reference(YES, *arguments).splitlines():
                self.assertLessEqual(len(line), 100, line)

    def test_unknown_names_are_guessed(self):
        guesses = {("s3:GetObjct",): "s3:GetObject?", ("lamda",): "lambda?",
                   ("--policy", "ViewOnlyAcess"): "ViewOnlyAccess?", ("dynamodbb:Get*",): "dynamodb:Get*?"}
        for arguments, guess in guesses.items():
            with self.subTest(arguments):
                self.assertIn("Did you mean " + guess, self.complaint(NO, "reference", *arguments))

    def test_wrong_usage(self):
        self.reference(WRONG, "--resource-types")
        self.reference(WRONG, "s3", "--search", "x")
        self.reference(WRONG, "s3", "--resource-types", "--condition-keys")


class Program(ProgramTest):
    def test_help_and_version(self):
        self.assertIn("policy", self.expect(YES))
        self.assertIn("simulate", self.expect(YES, "policy"))
        self.assertIn("Exit codes", self.expect(YES, "--help"))
        self.assertRegex(self.expect(YES, "version"), r"^writ \d+\.\d+\.\d+\n$")

    def test_unknown_commands(self):
        self.expect(WRONG, "polcy")
        self.expect(WRONG, "policy", "chek")


if __name__ == "__main__":
    unittest.main()
