"""A Writ in a region of China or of GovCloud: every ARN is of that partition, and clients find their way."""
import json

import pytest
from conftest import Keys


@pytest.mark.parametrize(("region", "partition"), [("cn-northwest-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
def test_everything_is_of_the_partition(own_server, region, partition):
    server = own_server("--region", region)
    iam = server.client("iam", region=region)
    assert iam.create_user(UserName="ada")["User"]["Arn"] == f"arn:{partition}:iam::123456789012:user/ada"
    read_only = f"arn:{partition}:iam::aws:policy/IAMReadOnlyAccess"
    iam.attach_user_policy(UserName="ada", PolicyArn=read_only)
    keys = Keys.of(iam.create_access_key(UserName="ada")["AccessKey"])
    ada = server.client("iam", keys, region=region)
    assert [user["UserName"] for user in ada.list_users()["Users"]] == ["ada"]

    trust = {"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"AWS": f"arn:{partition}:iam::123456789012:user/ada"}}}
    role = iam.create_role(RoleName="ops", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    assert role == f"arn:{partition}:iam::123456789012:role/ops"
    sts = server.client("sts", keys, region=region)
    session = sts.assume_role(RoleArn=role, RoleSessionName="shift")
    identity = server.client("sts", Keys.of(session["Credentials"]), region=region).get_caller_identity()
    assert identity["Arn"] == f"arn:{partition}:sts::123456789012:assumed-role/ops/shift"
