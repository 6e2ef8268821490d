#!/usr/bin/env python3
"""Writes the questions that every engine is measured on, one JSON file each, the same at every run.

    workloads.py FOLDER

W1  one policy of five statements, one condition; the third statement allows.
W2  ten policies of six statements, twenty conditions that hold, wildcards in actions and resources, a
    permissions boundary and a resource policy that must both be read.
W3  N statements, ten a policy, one of which allows. `spread`: over ten services, so that an index by action
    helps; `same`: all of them about the action asked for, so that only an index by resource helps.
"""
import json
import pathlib
import sys

ACCOUNT = "111122223333"
REGION = "us-east-1"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
SIZES = (10, 100, 1000, 10_000)

CONTEXT = {
    "aws:SourceIp": "203.0.113.17",
    "aws:CurrentTime": "2026-01-15T12:00:00Z",
    "aws:SecureTransport": "true",
    "aws:MultiFactorAuthPresent": "true",
    "aws:username": "alice",
    "aws:PrincipalOrgID": "o-writ0000001",
    "aws:RequestedRegion": REGION,
    "aws:PrincipalTag/team": "billing",
    "aws:UserAgent": "writ-bench/1.0",
    "aws:TagKeys": ["team", "stage"],
}


def arn(service, rest, region=REGION, account=ACCOUNT):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


# Service, three of its actions, and the beginning of its resource ARNs.
SERVICES = (
    ("dynamodb", ("GetItem", "PutItem", "Query"), arn("dynamodb", "table/")),
    ("s3", ("GetObject", "PutObject", "DeleteObject"), arn("s3", "", "", "")),
    ("sqs", ("SendMessage", "ReceiveMessage", "DeleteMessage"), arn("sqs", "")),
    ("sns", ("Publish", "Subscribe", "ListTagsForResource"), arn("sns", "")),
    ("lambda", ("InvokeFunction", "GetFunction", "UpdateAlias"), arn("lambda", "function:")),
    ("kms", ("Decrypt", "Encrypt", "DescribeKey"), arn("kms", "key/")),
    ("ec2", ("StartInstances", "StopInstances", "RebootInstances"), arn("ec2", "instance/")),
    ("logs", ("PutLogEvents", "GetLogEvents", "FilterLogEvents"), arn("logs", "log-group:")),
    ("secretsmanager", ("GetSecretValue", "PutSecretValue", "DescribeSecret"), arn("secretsmanager", "secret:")),
    ("ssm", ("GetParameter", "PutParameter", "DeleteParameter"), arn("ssm", "parameter/")),
)

# All of them hold in CONTEXT, so that no engine can stop early on one.
CONDITIONS = (
    {"StringLike": {"aws:UserAgent": "writ-*/1.*"}},
    {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24", "203.0.113.0/24"]}},
    {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}},
    {"Bool": {"aws:SecureTransport": "true"}},
    {"ForAnyValue:StringEquals": {"aws:TagKeys": ["stage", "cost-center"]}},
)


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def statement(action, resource, sid=None, effect="Allow", **more):
    named = {"Sid": sid} if sid else {}
    return {**named, "Effect": effect, "Action": action, "Resource": resource, **more}


def workload(name, identity, resource, **more):
    policies = [{"name": f"p{number}", "policy": policy} for number, policy in enumerate(identity)]
    request = {"principal": ALICE, "action": "dynamodb:GetItem",
               "resource": {"resource": resource, "accountId": ACCOUNT}, "contextVariables": CONTEXT}
    return {"name": name, "expected": True, "identityPolicies": policies, "request": request, **more}


def w1():
    orders = arn("dynamodb", "table/orders")
    team = {"StringEquals": {"aws:PrincipalTag/team": "billing"}}
    return workload("W1", [document(
        statement("s3:GetObject", "arn:aws:s3:::reports/*", "A"),
        statement(["sqs:SendMessage", "sqs:ReceiveMessage"], arn("sqs", "jobs"), "B"),
        statement(["dynamodb:GetItem", "dynamodb:Query"], orders, "C", Condition=team),
        statement("dynamodb:DeleteTable", arn("dynamodb", "table/*"), "D", "Deny"),
        statement("logs:PutLogEvents", arn("logs", "log-group:app:*"), "E"),
    )], orders)


def w2_statement(policy, number):
    about_dynamodb = number % 3 == 0
    service, actions, prefix = SERVICES[0] if about_dynamodb else SERVICES[1 + number % 9]
    if number % 10 == 9:
        effect, action = "Deny", [f"{service}:Delete*"]
    else:
        effect = "Allow"
        first = f"{service}:{actions[0]}" if number % 2 else f"{service}:Get*"
        action = [first, f"{service}:{actions[1]}"]
    resources = [f"{prefix}team-{policy}-*/data-*", f"{prefix}proj-{number}-*"]
    more = {"Condition": CONDITIONS[number // 3 % len(CONDITIONS)]} if about_dynamodb else {}
    return statement(action, resources, f"S{number}", effect, **more)


def w2():
    orders = arn("dynamodb", "table/proj-30-orders")
    identity = [document(*(w2_statement(p, p * 6 + s) for s in range(6))) for p in range(10)]
    boundary = document(statement(["dynamodb:*", "s3:*", "sqs:*", "logs:*"], "*"),
                        statement(["iam:*", "organizations:*"], "*", effect="Deny"))
    resource_policy = document(
        statement("dynamodb:*", orders, "R1", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/bob"}),
        statement("dynamodb:*", orders, "R2", "Deny", Principal="*",
                  Condition={"Bool": {"aws:SecureTransport": "false"}}))
    return workload("W2", identity, orders, resourcePolicy=resource_policy,
                    permissionBoundaryPolicies=[{"name": "boundary", "policy": boundary}])


def w3(count, kind):
    same = kind == "same"
    hit = count // 2 if same else count // 20 * 10

    def one(number):
        service, actions, prefix = SERVICES[0] if same else SERVICES[number % 10]
        if same or number == hit:
            action = f"{service}:{actions[0]}"
        else:
            action = f"{service}:Get*" if number % 4 == 0 else f"{service}:{actions[number % 3]}"
        effect = "Deny" if number % 20 == 19 else "Allow"
        team = {"Condition": {"StringEquals": {"aws:PrincipalTag/team": "billing"}}} if number % 3 == 0 else {}
        return statement([action], [f"{prefix}proj-{number:05}-*"], f"S{number}", effect, **team)

    identity = [document(*(one(n) for n in range(start, start + 10))) for start in range(0, count, 10)]
    return workload(f"W3-{kind}-{count}", identity, arn("dynamodb", f"table/proj-{hit:05}-orders"))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for made in [w1(), w2(), *(w3(n, kind) for kind in ("spread", "same") for n in SIZES)]:
        (folder / f"{made['name']}.json").write_text(json.dumps(made))


if __name__ == "__main__":
    main()
