"""Services whose actions, resources or callers are not what their operations are called: IAM, STS, API Gateway."""
import json
import uuid

import pytest
from botocore.exceptions import ClientError

from conftest import ACCOUNT, REGION, allow, deny, explicit, implicit


@pytest.fixture
def name():
    return f"n-{uuid.uuid4().hex[:8]}"


def of_iam(resource):
    return f"arn:aws:iam::{ACCOUNT}:{resource}"


def test_an_iam_behind_the_gateway(writ, name, denied):
    user, profile, role = of_iam(f"user/{name}"), of_iam(f"instance-profile/{name}"), of_iam(f"role/{name}")
    caller, keys = writ.make_user(
        allow(["iam:CreateUser", "iam:GetUser", "iam:DeleteUser"], user), deny("iam:DeleteUser", user),
        allow(["iam:CreateInstanceProfile", "iam:AddRoleToInstanceProfile"], profile))
    client = writ.client("iam", keys)
    client.create_user(UserName=name)
    assert client.get_user(UserName=name)["User"]["UserName"] == name
    assert denied(client.get_user, UserName="other") == (
        "AccessDenied", 403, implicit(caller, "iam:GetUser", of_iam("user/other")))
    assert denied(client.delete_user, UserName=name) == ("AccessDenied", 403, explicit(caller, "iam:DeleteUser", user))
    assert denied(client.create_user, UserName=name, Tags=[{"Key": "k", "Value": "v"}]) == (
        "AccessDenied", 403, implicit(caller, "iam:TagUser", user))
    assert "it does not tell UserName" in denied(client.get_user)[2]  # It would be that of the gateway.

    client.create_instance_profile(InstanceProfileName=name)
    writ.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}))
    assert denied(client.add_role_to_instance_profile, InstanceProfileName=name, RoleName=name) == (
        "AccessDenied", 403, implicit(caller, "iam:PassRole", role))


def test_an_sts_behind_the_gateway(writ, name, denied):
    role = of_iam(f"role/{name}")
    _, keys = writ.make_user(allow(["sts:AssumeRole", "sts:GetSessionToken", "sts:GetCallerIdentity"]))
    client = writ.client("sts", keys)
    writ.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}))
    code, status, message = denied(client.assume_role, RoleArn=role, RoleSessionName="session")
    assert (code, status) == ("AccessDenied", 403) and f"sts:AssumeRole on resource: {role}" in message, (
        "whom the role trusts only the service knows")
    assert client.get_caller_identity()["Account"]
    assert "it would hand out credentials of the gateway" in denied(client.get_session_token)[2]


@pytest.mark.parametrize("kind, service, create, get", [
    ("restapis", "apigateway", lambda client, name: client.create_rest_api(name=name)["id"],
     lambda client, api: client.get_rest_api(restApiId=api)),
    ("apis", "apigatewayv2", lambda client, name: client.create_api(Name=name, ProtocolType="HTTP")["ApiId"],
     lambda client, api: client.get_api(ApiId=api)),
])
def test_api_gateway(writ, name, kind, service, create, get):
    begin = f"arn:aws:apigateway:{REGION}::/{kind}"
    api = create(writ.client(service), name)
    caller, keys = writ.make_user(allow("apigateway:GET", f"{begin}/{api}"), allow("apigateway:POST", begin),
                                  deny("apigateway:POST", begin))
    client = writ.client(service, keys)
    assert get(client, api)
    with pytest.raises(ClientError) as caught:
        get(client, "other")
    assert implicit(caller, "apigateway:GET", f"{begin}/other") in str(caught.value)
    with pytest.raises(ClientError) as caught:
        create(client, name)
    assert explicit(caller, "apigateway:POST", begin) in str(caught.value)


def test_launch_templates(writ, name):
    templates = f"arn:aws:ec2:{REGION}:{ACCOUNT}:launch-template/*"
    _, keys = writ.make_user(allow("ec2:CreateLaunchTemplate", templates))
    client = writ.client("ec2", keys)
    data = {"InstanceType": "t3.micro"}
    assert client.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data)["LaunchTemplate"]
    tags = [{"ResourceType": "launch-template", "Tags": [{"Key": "k", "Value": "v"}]}]
    with pytest.raises(ClientError) as caught:
        client.create_launch_template(LaunchTemplateName=f"{name}-2", LaunchTemplateData=data, TagSpecifications=tags)
    assert f"ec2:CreateTags on resource: {templates}" in str(caught.value)
    with pytest.raises(ClientError) as caught:
        client.create_launch_template(LaunchTemplateName=f"{name}-3",
                                      LaunchTemplateData={**data, "IamInstanceProfile": {"Name": "admin"}})
    assert f"the role of {of_iam('instance-profile/admin')} is not known here" in str(caught.value)
