#!/usr/bin/env python3
"""1,000 mixed calls of IAM and STS by boto3: bench/mixed_calls.py URL ACCESS-KEY-ID SECRET. The same for Writ and
for moto; prints how many calls were made."""
import json
import sys

import boto3
from botocore.config import Config

url, key, secret = sys.argv[1:]
session = boto3.Session(key, secret, region_name="us-east-1")
settings = Config(retries={"total_max_attempts": 1})
iam = session.client("iam", endpoint_url=url, config=settings)
sts = session.client("sts", endpoint_url=url, config=settings)
calls = 0


def call(client, operation, **parameters):
    global calls
    calls += 1
    return getattr(client, operation)(**parameters)


def policy(action):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})


TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": "sts:AssumeRole"}]})

call(iam, "create_group", GroupName="group")
for number in range(40):
    user, role = f"user-{number}", f"role-{number}"
    call(iam, "create_user", UserName=user, Tags=[{"Key": "team", "Value": "red"}])
    call(iam, "add_user_to_group", GroupName="group", UserName=user)
    call(iam, "put_user_policy", UserName=user, PolicyName="own", PolicyDocument=policy("s3:GetObject"))
    arn = call(iam, "create_policy", PolicyName=f"policy-{number}", PolicyDocument=policy("sqs:*"))["Policy"]["Arn"]
    call(iam, "attach_user_policy", UserName=user, PolicyArn=arn)
    key_id = call(iam, "create_access_key", UserName=user)["AccessKey"]["AccessKeyId"]
    role_arn = call(iam, "create_role", RoleName=role, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    call(iam, "attach_role_policy", RoleName=role, PolicyArn=arn)
    for _ in range(3):
        call(iam, "get_user", UserName=user)
        call(iam, "list_users", MaxItems=20)
        call(iam, "get_role", RoleName=role)
        call(iam, "list_attached_user_policies", UserName=user)
    call(sts, "get_caller_identity")
    call(iam, "detach_user_policy", UserName=user, PolicyArn=arn)
    call(iam, "delete_user_policy", UserName=user, PolicyName="own")
    call(iam, "delete_access_key", UserName=user, AccessKeyId=key_id)
    call(iam, "remove_user_from_group", GroupName="group", UserName=user)
print(calls)
