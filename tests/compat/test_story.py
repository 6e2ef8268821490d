"""The first request that is really enforced: denied with a sentence that helps, then allowed."""
import json

from conftest import ACCOUNT, Keys, allow, policy


def test_with_the_aws_cli(aws, unique):
    name = unique("ada")
    code, made = aws("iam", "create-user", "--user-name", name)
    assert code == 0
    assert made["User"]["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/{name}"
    _, key = aws("iam", "create-access-key", "--user-name", name)
    keys = Keys.of(key["AccessKey"])

    code, who = aws("sts", "get-caller-identity", keys=keys)
    assert (code, who["Arn"]) == (0, made["User"]["Arn"])
    code, refusal = aws("iam", "list-users", keys=keys)
    assert code == 254
    assert refusal == (
        "An error occurred (AccessDenied) when calling the ListUsers operation: "
        f"User: {made['User']['Arn']} is not authorized to perform: iam:ListUsers "
        f"on resource: arn:aws:iam::{ACCOUNT}:user/ "
        "because no identity-based policy allows the iam:ListUsers action")

    code, _ = aws("iam", "put-user-policy", "--user-name", name, "--policy-name", "read-users",
                  "--policy-document", policy(allow("iam:ListUsers")))
    assert code == 0
    code, users = aws("iam", "list-users", keys=keys)
    assert code == 0
    assert name in [user["UserName"] for user in users["Users"]]


def test_with_boto3(server, iam, make_user, denied):
    name, keys = make_user()
    as_user = server.client("iam", keys)
    code, status, message = denied(as_user.get_user, UserName=name)
    assert (code, status) == ("AccessDenied", 403)
    assert message == (
        f"User: arn:aws:iam::{ACCOUNT}:user/{name} is not authorized to perform: iam:GetUser "
        f"on resource: user {name} because no identity-based policy allows the iam:GetUser action")

    arn = iam.create_policy(PolicyName=f"{name}-self", PolicyDocument=policy(
        allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
    assert as_user.get_user(UserName=name)["User"]["UserName"] == name
    assert as_user.get_user()["User"]["UserName"] == name

    iam.put_user_policy(UserName=name, PolicyName="stop", PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}}))
    code, _, message = denied(as_user.get_user, UserName=name)
    assert message.endswith("with an explicit deny in an identity-based policy")


def test_a_boundary_limits_what_a_policy_grants(server, iam, make_user, denied, unique):
    boundary = iam.create_policy(PolicyName=unique("boundary"), PolicyDocument=policy(allow("s3:*")))["Policy"]["Arn"]
    name, keys = make_user(PermissionsBoundary=boundary)
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    _, _, message = denied(server.client("iam", keys).list_users)
    assert message.endswith("because no permissions boundary allows the iam:ListUsers action")
    iam.delete_user_permissions_boundary(UserName=name)
    assert server.client("iam", keys).list_users()["Users"]


def test_a_group_grants_to_its_members(server, iam, make_user, denied, unique):
    group = unique("readers")
    iam.create_group(GroupName=group)
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
    name, keys = make_user()
    assert denied(server.client("iam", keys).list_groups)[0] == "AccessDenied"
    iam.add_user_to_group(GroupName=group, UserName=name)
    assert server.client("iam", keys).list_groups()["Groups"]
    iam.remove_user_from_group(GroupName=group, UserName=name)
    assert denied(server.client("iam", keys).list_groups)[0] == "AccessDenied"
