"""writ export and writ import: an account of AWS as a file, and back."""
import json
import subprocess

from conftest import WRIT, allow, environment_of, policy, trust

ACCOUNT = "111122223333"
USER = f"arn:aws:iam::{ACCOUNT}:user/eng/ada"

# As `aws iam get-account-authorization-details` prints it.
REAL = {
    "UserDetailList": [{
        "Path": "/eng/", "UserName": "ada", "UserId": "AIDAIOSFODNN7EXAMPLE2", "Arn": USER,
        "CreateDate": "2024-05-01T12:00:00+00:00",
        "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": json.loads(policy(allow("s3:Get*")))}],
        "GroupList": ["devs"],
        "AttachedManagedPolicies": [{"PolicyName": "Read", "PolicyArn": f"arn:aws:iam::{ACCOUNT}:policy/Read"}],
        "PermissionsBoundary": {"PermissionsBoundaryType": "PermissionsBoundaryPolicy",
                                "PermissionsBoundaryArn": f"arn:aws:iam::{ACCOUNT}:policy/Read"},
        "Tags": [{"Key": "team", "Value": "a"}]}],
    "GroupDetailList": [{
        "Path": "/", "GroupName": "devs", "GroupId": "AGPAIOSFODNN7EXAMPLE2",
        "Arn": f"arn:aws:iam::{ACCOUNT}:group/devs", "CreateDate": "2024-05-01T12:00:00+00:00",
        "GroupPolicyList": [], "AttachedManagedPolicies": []}],
    "RoleDetailList": [{
        "Path": "/", "RoleName": "ops", "RoleId": "AROAIOSFODNN7EXAMPLE2",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/ops", "CreateDate": "2024-05-02T12:00:00+00:00",
        "AssumeRolePolicyDocument": json.loads(trust({"AWS": [USER, "AIDAJGONEGONEGONEGONE"]})),
        "InstanceProfileList": [], "RolePolicyList": [], "AttachedManagedPolicies": [],
        "RoleLastUsed": {"LastUsedDate": "2024-06-01T00:00:00+00:00", "Region": "eu-west-1"}}],
    "Policies": [{
        "PolicyName": "Read", "PolicyId": "ANPAIOSFODNN7EXAMPLE2", "Arn": f"arn:aws:iam::{ACCOUNT}:policy/Read",
        "Path": "/", "DefaultVersionId": "v3", "AttachmentCount": 1, "PermissionsBoundaryUsageCount": 1,
        "IsAttachable": True, "CreateDate": "2024-05-01T12:00:00+00:00", "UpdateDate": "2024-05-03T12:00:00+00:00",
        "PolicyVersionList": [
            {"Document": json.loads(policy(allow(["iam:Get*", "s3:*"]))), "VersionId": "v3", "IsDefaultVersion": True,
             "CreateDate": "2024-05-03T12:00:00+00:00"},
            {"Document": json.loads(policy(allow("s3:*"))), "VersionId": "v1", "IsDefaultVersion": False,
             "CreateDate": "2024-05-01T12:00:00+00:00"}]}],
    # What Writ knows beside.
    "ResourceDetailList": [
        {"Arn": "arn:aws:s3:::docs", "ResourcePolicyDocument": json.loads(policy({"Principal": "*", **allow("s3:Get*")})),
         "Tags": [{"Key": "team", "Value": "a"}]},
        {"Arn": "arn:aws:s3:::lost", "ResourcePolicyDocument": None, "Tags": []}],
    "OwnedBuckets": ["docs"],
}


def writ(*arguments, stdin=None):
    data = arguments[arguments.index("--data") + 1]
    return subprocess.run([WRIT, *map(str, arguments)], env=environment_of(data), capture_output=True, text=True,
                          input=stdin, check=False)


def test_an_export_of_an_import_is_the_same(tmp_path, own_server):
    data = tmp_path / "data"
    chosen = ("--data", data, "--account-id", ACCOUNT)
    done = writ("import", "-", *chosen, stdin=json.dumps(REAL))
    assert done.returncode == 0, done.stderr
    assert "Imported 1 users, 1 groups, 1 roles and 1 policies" in done.stdout
    exported = writ("export", *chosen)
    assert exported.returncode == 0, exported.stderr
    assert json.loads(exported.stdout) == REAL

    again = tmp_path / "again"
    assert writ("import", "-", "--data", again, "--account-id", ACCOUNT, stdin=exported.stdout).returncode == 0
    assert writ("export", "--data", again, "--account-id", ACCOUNT).stdout == exported.stdout

    server = own_server("--account-id", ACCOUNT)  # Serves what was imported.
    iam = server.client("iam")
    assert iam.get_user(UserName="ada")["User"]["UserId"] == "AIDAIOSFODNN7EXAMPLE2"
    result = iam.simulate_principal_policy(PolicySourceArn=USER, ActionNames=["s3:GetObject", "iam:CreateUser"])
    assert [r["EvalDecision"] for r in result["EvaluationResults"]] == ["allowed", "implicitDeny"]
    assert json.loads(writ("export", *chosen).stdout)["UserDetailList"] == REAL["UserDetailList"]
    assert writ("import", "-", *chosen, stdin=json.dumps(REAL)).returncode == 2  # The server has the directory.


def test_what_is_wrong_with_a_file_is_said(tmp_path):
    def refusal(change, account=ACCOUNT):
        broken = json.loads(json.dumps(REAL))
        change(broken)
        done = writ("import", "-", "--data", tmp_path / "data", "--account-id", account, stdin=json.dumps(broken))
        assert done.returncode == 2
        return done.stderr

    assert "UserDetailList[0].UserName is missing" in refusal(lambda f: f["UserDetailList"][0].pop("UserName"))
    user = "UserDetailList[0]."
    assert user + "PermissionsBoundary is no object" in refusal(
        lambda f: f["UserDetailList"][0].update(PermissionsBoundary=[]))
    assert user + "PermissionsBoundaryArn is missing or no text" in refusal(
        lambda f: f["UserDetailList"][0].update(PermissionsBoundary={"PermissionsBoundaryArn": 7}))
    assert "RoleDetailList[0].Region is missing or no text" in refusal(
        lambda f: f["RoleDetailList"][0]["RoleLastUsed"].update(Region=7))
    assert "IsTruncated" in refusal(lambda f: f.update(IsTruncated=True))
    assert f"--account-id {ACCOUNT}" in refusal(lambda f: None, account="999999999999")
    unknown = [{"PolicyName": "X", "PolicyArn": "arn:aws:iam::aws:policy/X"}]
    assert "arn:aws:iam::aws:policy/X" in refusal(
        lambda f: f["UserDetailList"][0].update(AttachedManagedPolicies=unknown))
    done = writ("import", "-", "--data", tmp_path / "data", stdin="nonsense")
    assert done.returncode == 2 and "no JSON" in done.stderr
    assert writ("export", "--data", tmp_path / "none").returncode == 3


def test_aws_cli_output_is_what_import_takes(tmp_path, aws, iam, unique):
    iam.create_user(UserName=unique("user"))
    code, details = aws("iam", "get-account-authorization-details")
    assert code == 0
    file = tmp_path / "account.json"
    file.write_text(json.dumps(details))
    done = writ("import", file, "--data", tmp_path / "data")
    assert done.returncode == 0, done.stderr
    exported = json.loads(writ("export", "--data", tmp_path / "data").stdout)
    assert exported["UserDetailList"] == details["UserDetailList"]
    assert exported["RoleDetailList"] == details["RoleDetailList"]
