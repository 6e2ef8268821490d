"""IAM entities through boto3 and the AWS CLI: names, conflicts, pages, tags, waiters (spec 8)."""
import re

import pytest
from conftest import ACCOUNT, allow, policy, trust

EC2_TRUST = trust({"Service": "ec2.amazonaws.com"})
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def test_a_user_from_beginning_to_end(iam, unique, denied):
    name = unique("Ada")
    made = iam.create_user(UserName=name, Path="/math/", Tags=[{"Key": "team", "Value": "engines"}])["User"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/math/{name}"
    assert re.fullmatch(r"AIDA[A-Z2-7]{17}", made["UserId"])
    assert iam.get_user(UserName=name.lower())["User"]["UserName"] == name  # B2.
    assert denied(iam.create_user, UserName=name.upper()) == (
        "EntityAlreadyExists", 409, f"User with name {name.upper()} already exists.")
    iam.update_user(UserName=name, NewUserName=name + "2", NewPath="/logic/")
    moved = iam.get_user(UserName=name + "2")["User"]
    assert (moved["Arn"], moved["UserId"]) == (f"arn:aws:iam::{ACCOUNT}:user/logic/{name}2", made["UserId"])
    assert denied(iam.get_user, UserName=name) == (
        "NoSuchEntity", 404, f"The user with name {name} cannot be found.")
    iam.get_waiter("user_exists").wait(UserName=name + "2")
    iam.delete_user(UserName=name + "2")
    assert denied(iam.get_user, UserName=name + "2")[0] == "NoSuchEntity"


def test_what_stands_in_the_way_of_deleting_a_user(iam, unique, denied):
    name, group = unique("user"), unique("group")
    iam.create_user(UserName=name)
    iam.create_group(GroupName=group)
    key = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow("s3:*")))
    iam.attach_user_policy(UserName=name, PolicyArn=READ_ONLY)
    iam.add_user_to_group(GroupName=group, UserName=name)
    steps = [  # Spec 8.3, in its order.
        ("delete access keys first.", lambda: iam.delete_access_key(UserName=name, AccessKeyId=key)),
        ("delete policies first.", lambda: iam.delete_user_policy(UserName=name, PolicyName="p")),
        ("detach all policies first.", lambda: iam.detach_user_policy(UserName=name, PolicyArn=READ_ONLY)),
        ("remove users from group first.", lambda: iam.remove_user_from_group(GroupName=group, UserName=name)),
    ]
    for text, remove in steps:
        assert denied(iam.delete_user, UserName=name) == ("DeleteConflict", 409, f"Cannot delete entity, must {text}")
        remove()
    iam.delete_user(UserName=name)


def test_pages_have_everybody_once(own_server):
    iam = own_server().client("iam")
    names = [f"user-{number:03}" for number in range(45)]
    for name in names:
        iam.create_user(UserName=name, Path="/odd/" if int(name[-1]) % 2 else "/")
    pages = iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 10})
    seen = [user["UserName"] for page in pages for user in page["Users"]]
    assert seen == names
    odd = iam.get_paginator("list_users").paginate(PathPrefix="/odd/", PaginationConfig={"PageSize": 7})
    assert [user["UserName"] for page in odd for user in page["Users"]] == [n for n in names if int(n[-1]) % 2]
    first = iam.list_users(MaxItems=10)
    assert first["IsTruncated"] is True
    iam.delete_user(UserName="user-009")  # The last one of the page: the marker must survive it.
    following = iam.list_users(MaxItems=10, Marker=first["Marker"])
    assert [user["UserName"] for user in following["Users"]] == names[10:20]


def test_a_marker_belongs_to_its_list(own_server, denied):
    iam = own_server().client("iam")
    for number in range(3):
        iam.create_user(UserName=f"u{number}")
        iam.create_group(GroupName=f"g{number}")
    marker = iam.list_users(MaxItems=1)["Marker"]
    assert denied(iam.list_groups, Marker=marker)[::2] == ("ValidationError", "Invalid Marker.")
    assert denied(iam.list_users, Marker="nonsense")[::2] == ("ValidationError", "Invalid Marker.")


def test_managed_policies_and_their_versions(iam, unique, denied):
    name = unique("policy")
    made = iam.create_policy(PolicyName=name, PolicyDocument=policy(allow("s3:GetObject")))["Policy"]
    arn = made["Arn"]
    assert (made["DefaultVersionId"], made["AttachmentCount"], made["IsAttachable"]) == ("v1", 0, True)
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("s3:PutObject")))
    assert denied(iam.create_policy_version, PolicyArn=arn, PolicyDocument=policy(allow("s3:*"))) == (
        "LimitExceeded", 409, "A managed policy can have up to 5 versions. Before you create a new version, you must "
                              "delete an existing version.")
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v3")
    assert denied(iam.delete_policy_version, PolicyArn=arn, VersionId="v3")[::2] == (
        "DeleteConflict", "Cannot delete the default version of a policy.")
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [v["VersionId"] for v in versions] == ["v5", "v4", "v3", "v2", "v1"]
    document = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"]
    assert document["Statement"][0]["Action"] == "s3:GetObject"
    user = unique("user")
    iam.create_user(UserName=user)
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    assert denied(iam.delete_policy, PolicyArn=arn)[::2] == (
        "DeleteConflict", "Cannot delete a policy attached to entities.")
    assert iam.list_entities_for_policy(PolicyArn=arn)["PolicyUsers"][0]["UserName"] == user
    iam.detach_user_policy(UserName=user, PolicyArn=arn)
    for version in ("v1", "v2", "v4", "v5"):
        iam.delete_policy_version(PolicyArn=arn, VersionId=version)
    iam.delete_policy(PolicyArn=arn)
    assert denied(iam.get_policy, PolicyArn=arn)[:2] == ("NoSuchEntity", 404)


def test_aws_managed_policies_are_there_and_stay(iam, denied):
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 500})
    assert sum(len(page["Policies"]) for page in pages) == 1594
    version = iam.get_policy(PolicyArn=READ_ONLY)["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=READ_ONLY, VersionId=version)["PolicyVersion"]["Document"]
    assert document["Statement"]
    assert denied(iam.delete_policy, PolicyArn=READ_ONLY)[0] == "AccessDenied"


@pytest.mark.parametrize("document, message", [
    ("{", "Syntax errors in policy."),
    ('{"Version":"2008-10-17","Statement":[]}', "Syntax errors in policy."),
    ('{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
     "Policy document must be version 2012-10-17 or greater."),
    ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}}',
     'Resource bucket must be in ARN format or "*".'),
    ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}}',
     "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
])
def test_malformed_documents(iam, unique, denied, document, message):
    assert denied(iam.create_policy, PolicyName=unique("bad"), PolicyDocument=document) == (
        "MalformedPolicyDocument", 400, message)


def test_policy_size_quota(iam, unique, denied):
    long = policy(*[allow("s3:GetObject", f"arn:aws:s3:::bucket-{'x' * 50}-{number}/*") for number in range(80)])
    assert denied(iam.create_policy, PolicyName=unique("long"), PolicyDocument=long) == (
        "LimitExceeded", 409, "Cannot exceed quota for PolicySize: 6144")


def test_roles(iam, unique, denied):
    name = unique("role")
    made = iam.create_role(RoleName=name, Path="/svc/", AssumeRolePolicyDocument=EC2_TRUST, Description="one")["Role"]
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/svc/{name}"
    assert "MaxSessionDuration" not in made and "RoleLastUsed" not in made  # B5.
    got = iam.get_role(RoleName=name)["Role"]
    assert (got["MaxSessionDuration"], got["RoleLastUsed"], got["Description"]) == (3600, {}, "one")
    iam.update_role(RoleName=name, MaxSessionDuration=7200)
    assert iam.get_role(RoleName=name)["Role"]["Description"] == "one"  # B6: what is omitted stays.
    missing = trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/nobody-of-that-name"})
    assert denied(iam.update_assume_role_policy, RoleName=name, PolicyDocument=missing) == (
        "MalformedPolicyDocument", 400,
        f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT}:user/nobody-of-that-name"')
    iam.attach_role_policy(RoleName=name, PolicyArn=READ_ONLY)
    assert denied(iam.delete_role, RoleName=name)[::2] == (
        "DeleteConflict", "Cannot delete entity, must detach all policies first.")
    iam.detach_role_policy(RoleName=name, PolicyArn=READ_ONLY)
    iam.get_waiter("role_exists").wait(RoleName=name)
    iam.delete_role(RoleName=name)


def test_tags(iam, unique, denied):
    name = unique("user")
    iam.create_user(UserName=name)
    iam.tag_user(UserName=name, Tags=[{"Key": "Team", "Value": "a"}, {"Key": "stage", "Value": ""}])
    iam.tag_user(UserName=name, Tags=[{"Key": "team", "Value": "b"}])  # Another case replaces (8.5).
    tags = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName=name)["Tags"]}
    assert tags == {"team": "b", "stage": ""}
    assert denied(iam.tag_user, UserName=name, Tags=[{"Key": "aws:x", "Value": "1"}])[::2] == (
        "InvalidInput", "Tag keys beginning with aws: are reserved for system use.")
    iam.untag_user(UserName=name, TagKeys=["stage", "absent"])
    assert iam.list_user_tags(UserName=name)["Tags"] == [{"Key": "team", "Value": "b"}]


def test_access_keys(server, iam, unique, denied):
    name = unique("user")
    iam.create_user(UserName=name)
    first = iam.create_access_key(UserName=name)["AccessKey"]
    assert re.fullmatch(r"AKIA[A-Z2-7]{16}", first["AccessKeyId"]) and len(first["SecretAccessKey"]) == 40
    iam.create_access_key(UserName=name)
    assert denied(iam.create_access_key, UserName=name) == (
        "LimitExceeded", 409, "Cannot exceed quota for AccessKeysPerUser: 2")
    listed = iam.list_access_keys(UserName=name)["AccessKeyMetadata"]
    assert len(listed) == 2 and all("SecretAccessKey" not in key for key in listed)
    unused = iam.get_access_key_last_used(AccessKeyId=first["AccessKeyId"])
    assert unused["UserName"] == name and unused["AccessKeyLastUsed"]["ServiceName"] == "N/A"


def test_validation_names_every_fault(iam, denied):
    code, status, message = denied(iam.create_user, UserName="no blanks", Path="x")
    assert (code, status) == ("ValidationError", 400)
    assert message.startswith("2 validation errors detected: ")
    assert "Value 'no blanks' at 'userName' failed to satisfy constraint: " in message


def test_what_is_not_there_yet_says_so(sts, denied):
    code, status, message = denied(sts.get_web_identity_token, Audience=["service"], SigningAlgorithm="ES384")
    assert (code, status) == ("NotImplemented", 501)
    assert "GetWebIdentityToken" in message


def test_tag_conditions_are_enforced(server, iam, make_user, denied, unique):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(
        allow("iam:CreateUser", Condition={"StringEquals": {"aws:RequestTag/team": "a"}}),
        allow("iam:DeleteUser", Condition={"StringEquals": {"aws:ResourceTag/team": "a"}}),
        allow("iam:AttachUserPolicy", Condition={"ArnEquals": {"iam:PolicyARN": READ_ONLY}}),
        allow("iam:TagUser")))
    client, other = server.client("iam", keys), unique("other")
    assert denied(client.create_user, UserName=other)[0] == "AccessDenied"
    assert denied(client.create_user, UserName=other, Tags=[{"Key": "team", "Value": "b"}])[0] == "AccessDenied"
    client.create_user(UserName=other, Tags=[{"Key": "team", "Value": "a"}])
    iam.attach_user_policy(UserName=other, PolicyArn=READ_ONLY)
    assert denied(client.attach_user_policy, UserName=other,
                  PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")[0] == "AccessDenied"
    client.attach_user_policy(UserName=other, PolicyArn=READ_ONLY)
    iam.detach_user_policy(UserName=other, PolicyArn=READ_ONLY)
    iam.tag_user(UserName=other, Tags=[{"Key": "team", "Value": "b"}])
    assert denied(client.delete_user, UserName=other)[0] == "AccessDenied"
    iam.tag_user(UserName=other, Tags=[{"Key": "team", "Value": "a"}])
    client.delete_user(UserName=other)


def test_who_may_not_know_does_not_learn(server, make_user, denied):
    """Spec B7: AccessDenied comes before NoSuchEntity."""
    _, keys = make_user()
    assert denied(server.client("iam", keys).get_role, RoleName="no-such-role-anywhere")[0] == "AccessDenied"


def test_the_cli_waits_and_turns_pages(aws, iam, unique):
    path, document = f"/{unique('pages')}/", policy(allow("s3:GetObject"))
    names = sorted(unique("user") for _ in range(5))
    for name in names:
        iam.create_user(UserName=name, Path=path)
    iam.create_role(RoleName=names[0], AssumeRolePolicyDocument=EC2_TRUST)
    code, arn = aws("iam", "create-policy", "--policy-name", names[0], "--policy-document", document,
                    "--query", "Policy.Arn")
    assert code == 0
    for what in (("user-exists", "--user-name", names[0]), ("role-exists", "--role-name", names[0]),
                 ("policy-exists", "--policy-arn", arn)):
        assert aws("iam", "wait", *what) == (0, None)
    listing = ("iam", "list-users", "--path-prefix", path, "--page-size", "2")
    code, answer = aws(*listing, "--max-items", "3")
    assert [user["UserName"] for user in answer["Users"]] == names[:3]
    code, answer = aws(*listing, "--starting-token", answer["NextToken"])
    assert [user["UserName"] for user in answer["Users"]] == names[3:]
    assert aws("iam", "get-role", "--role-name", names[0], "--query",
               "Role.AssumeRolePolicyDocument.Statement[0].Principal.Service") == (0, "ec2.amazonaws.com")
