"""The account as a whole: details, summary, credential report (spec 8.9)."""
import csv
import io
import json

from conftest import ACCOUNT, Keys, allow, policy, trust

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def all_details(iam, page_size=None, **parameters):
    pages = iam.get_paginator("get_account_authorization_details").paginate(
        **parameters, **({"PaginationConfig": {"PageSize": page_size}} if page_size else {}))
    return pages.build_full_result()


def test_details_hold_everything_in_the_shape_of_aws(server, iam, unique):
    user, group, role, name = unique("user"), unique("group"), unique("role"), unique("policy")
    iam.create_group(GroupName=group)
    iam.create_user(UserName=user, Tags=[{"Key": "team", "Value": "a"}], PermissionsBoundary=READ_ONLY)
    iam.add_user_to_group(GroupName=group, UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy(allow("s3:Get*")))
    arn = iam.create_policy(PolicyName=name, PolicyDocument=policy(allow("s3:*")))["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("s3:Put*")))
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.attach_role_policy(RoleName=role, PolicyArn=arn)
    iam.create_instance_profile(InstanceProfileName=role)
    iam.add_role_to_instance_profile(InstanceProfileName=role, RoleName=role)

    details = all_details(iam)
    found = next(u for u in details["UserDetailList"] if u["UserName"] == user)
    assert found["UserPolicyList"][0]["PolicyDocument"]["Statement"][0]["Action"] == "s3:Get*"
    assert found["GroupList"] == [group]
    assert found["PermissionsBoundary"]["PermissionsBoundaryArn"] == READ_ONLY
    assert found["Tags"] == [{"Key": "team", "Value": "a"}]
    assert any(g["GroupName"] == group and g["GroupPolicyList"] == [] for g in details["GroupDetailList"])
    found = next(r for r in details["RoleDetailList"] if r["RoleName"] == role)
    assert found["InstanceProfileList"][0]["Roles"][0]["RoleName"] == role
    assert found["AttachedManagedPolicies"] == [{"PolicyName": name, "PolicyArn": arn}]
    found = next(p for p in details["Policies"] if p["Arn"] == arn)
    assert [v["VersionId"] for v in found["PolicyVersionList"]] == ["v2", "v1"]
    assert found["PolicyVersionList"][0]["Document"]["Statement"][0]["Action"] == "s3:Put*"
    assert found["AttachmentCount"] == 1
    aws_policy = next(p for p in details["Policies"] if p["Arn"] == READ_ONLY)
    assert aws_policy["PermissionsBoundaryUsageCount"] >= 1
    assert aws_policy["PolicyVersionList"][0]["Document"]["Statement"]

    by_one = all_details(iam, page_size=1)
    for part in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"):
        assert sorted(json.dumps(d, default=str, sort_keys=True) for d in by_one[part]) == sorted(
            json.dumps(d, default=str, sort_keys=True) for d in details[part])
    only = iam.get_account_authorization_details(Filter=["LocalManagedPolicy"])
    assert only["UserDetailList"] == [] and only["RoleDetailList"] == []
    assert all(p["Arn"].startswith(f"arn:aws:iam::{ACCOUNT}:") for p in only["Policies"])


def test_details_are_not_for_everybody(server, make_user, denied):
    name, keys = make_user()
    assert denied(server.client("iam", keys).get_account_authorization_details) == (
        "AccessDenied", 403,
        f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: "
        "iam:GetAccountAuthorizationDetails because no identity-based policy allows the "
        "iam:GetAccountAuthorizationDetails action")


def test_the_summary_counts(own_server):
    iam = own_server().client("iam")
    before = iam.get_account_summary()["SummaryMap"]
    assert before["Users"] == 0 and before["UsersQuota"] == 5000 and before["AccountAccessKeysPresent"] == 1
    iam.create_user(UserName="ada")
    iam.attach_user_policy(UserName="ada", PolicyArn=READ_ONLY)
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")
    after = iam.get_account_summary()["SummaryMap"]
    assert (after["Users"], after["PolicyVersionsInUse"], after["MFADevices"], after["MFADevicesInUse"]) == (1, 1, 1, 0)
    assert set(before) == set(after)
    assert before["GlobalEndpointTokenVersion"] == 1
    iam.set_security_token_service_preferences(GlobalEndpointTokenVersion="v2Token")
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == 2


def test_the_credential_report(own_server, denied):
    server = own_server()
    iam = server.client("iam")
    assert denied(iam.get_credential_report)[:2] == ("ReportNotPresent", 410)
    iam.create_user(UserName="ada")
    key = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.generate_credential_report() | {"ResponseMetadata": None} == {
        "State": "COMPLETE", "ResponseMetadata": None}
    report = iam.get_credential_report()
    assert report["ReportFormat"] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(report["Content"].decode())))
    assert [row["user"] for row in rows] == ["<root_account>", "ada"]
    assert rows[0]["access_key_1_active"] == "true"
    assert rows[1]["arn"] == f"arn:aws:iam::{ACCOUNT}:user/ada"
    assert rows[1]["password_enabled"] == "false" and rows[1]["access_key_1_active"] == "true"
    assert rows[1]["access_key_2_active"] == "false" and rows[1]["mfa_active"] == "false"
    assert key.access_key_id not in report["Content"].decode()


def test_the_cli(aws):
    code, answer = aws("iam", "get-account-authorization-details")
    assert code == 0 and {"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"} <= set(answer)
    code, answer = aws("iam", "get-account-summary")
    assert code == 0 and answer["SummaryMap"]["UsersQuota"] == 5000
    assert aws("iam", "generate-credential-report")[0] == 0
    assert aws("iam", "get-credential-report")[0] == 0


def test_account_properties(iam, denied):
    assert iam.get_account_properties()["Properties"] == {"RoleManager/Enabled": "false"}
    iam.put_account_properties(Properties={"RoleManager/Enabled": "false"})
    code, status, message = denied(iam.put_account_properties, Properties={"RoleManager/Enabled": "true"})
    assert (code, status) == ("InvalidInput", 400) and "Role Manager" in message
