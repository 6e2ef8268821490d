#!/usr/bin/env python3
"""Writes an account of 10,000 users, roles and policies as `aws iam get-account-authorization-details` prints it,
the same at every run: bench/account.py FILE. Every user and role has a policy of its own and a managed one."""
import json
import random
import sys

ACCOUNT = "123456789012"
COUNT = 10_000
MADE = "2024-05-01T10:00:00+00:00"
numbers = random.Random(3)


def unique_id(prefix):
    return prefix + "".join(numbers.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(17))


def arn(kind, name):
    return f"arn:aws:iam::{ACCOUNT}:{kind}/{name}"


def document(number):
    return {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"],
         "Resource": f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/proj-{number}-{part}-*"} for part in range(3)]}


def trust(number):
    """Every second one trusts a user, whose id takes the place of the ARN."""
    principal = arn("user", f"user-{number:05}") if number % 2 else f"arn:aws:iam::{ACCOUNT}:root"
    return {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}]}


def attached(number):
    name = f"policy-{number:05}"
    return [{"PolicyName": name, "PolicyArn": arn("policy", name)}]


def policy(number):
    name = f"policy-{number:05}"
    return {"PolicyName": name, "PolicyId": unique_id("ANPA"), "Arn": arn("policy", name), "Path": "/",
            "DefaultVersionId": "v1", "AttachmentCount": 2, "PermissionsBoundaryUsageCount": 0, "IsAttachable": True,
            "CreateDate": MADE, "UpdateDate": MADE,
            "PolicyVersionList": [{"Document": document(number), "VersionId": "v1", "IsDefaultVersion": True,
                                   "CreateDate": MADE}]}


def user(number):
    name = f"user-{number:05}"
    return {"Path": "/", "UserName": name, "UserId": unique_id("AIDA"), "Arn": arn("user", name), "CreateDate": MADE,
            "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": document(number)}], "GroupList": [],
            "AttachedManagedPolicies": attached(number), "Tags": [{"Key": "team", "Value": f"team-{number % 100}"}]}


def role(number):
    name = f"role-{number:05}"
    return {"Path": "/", "RoleName": name, "RoleId": unique_id("AROA"), "Arn": arn("role", name), "CreateDate": MADE,
            "AssumeRolePolicyDocument": trust(number), "InstanceProfileList": [],
            "RolePolicyList": [{"PolicyName": "own", "PolicyDocument": document(number)}],
            "AttachedManagedPolicies": attached(number), "Tags": []}


def many(make):
    return [make(number) for number in range(COUNT)]


with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump({"UserDetailList": many(user), "GroupDetailList": [], "RoleDetailList": many(role), "Policies": many(policy)},
              file, indent=4)
