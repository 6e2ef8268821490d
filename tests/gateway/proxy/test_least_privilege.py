"""What is used is recorded, told by last-accessed reports and the audit trail, and becomes a policy."""
import json
import os
import subprocess
import sys
import time

import pytest

from conftest import ACCOUNT, REGION, ROOT, WRIT, Writ, allow, upstream


@pytest.fixture(scope="module")
def learning(tmp_path_factory, moto):
    """SQS learns, S3 records under enforcement, the rest is only enforced."""
    keys = {"access_key_id": "AKIAUPSTREAM", "secret_access_key_variable": "UPSTREAM_SECRET"}
    running = Writ(tmp_path_factory.mktemp("learning"),
                   upstream("sqs", moto, mode="learn", **keys) + upstream("s3", moto, record=True, **keys) +
                   upstream("dynamodb", moto, **keys))
    yield running
    assert running.stop() == 0


def run(server, *arguments):
    return subprocess.run([WRIT, *arguments, "--data", server.data], capture_output=True, text=True, check=False)


def generated(server, principal, *arguments, wanted=lambda report: True):
    """The report of `writ policy generate`, once it holds what is wanted: use is written down within seconds."""
    deadline = time.monotonic() + 10
    while True:
        done = run(server, "policy", "generate", "--principal", principal, "--output", "json", *arguments)
        report = json.loads(done.stdout) if done.stdout else None
        if (report and wanted(report)) or time.monotonic() > deadline:
            assert report, done.stderr
            return done.returncode, report
        time.sleep(0.2)


def role_of(session_arn):
    return f"arn:aws:iam::{ACCOUNT}:role/{session_arn.split('/')[1]}"


def test_the_example_runs():
    done = subprocess.run([ROOT / "examples/least-privilege/run"], capture_output=True, text=True, check=False,
                          env={**os.environ, "WRIT_BINARY": str(WRIT), "WRIT_PYTHON": sys.executable})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith("Everything went as told.")


def test_learning_passes_and_records_what_was_served(learning):
    arn, keys = learning.make_user()
    sqs = learning.client("sqs", keys)
    url = sqs.create_queue(QueueName="learned")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="m")
    sqs.receive_message(QueueUrl=url)
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="no-such-queue")
    code, report = generated(learning, arn, "--verify", wanted=lambda report: report["actions"] == 4)
    assert code == 0 and report["verification"]["holds"] and report["principal"] == arn
    queue = f"arn:aws:sqs:{REGION}:{ACCOUNT}:"
    assert report["documents"] == [{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["sqs:CreateQueue", "sqs:ReceiveMessage", "sqs:SendMessage"],
         "Resource": queue + "learned"},
        {"Effect": "Allow", "Action": "sqs:GetQueueUrl", "Resource": queue + "no-such-queue"}]}]


def test_enforcement_records_only_what_passed(learning, denied):
    session_arn, keys = learning.make_session(allow("s3:*", ["arn:aws:s3:::seen", "arn:aws:s3:::seen/*"]))
    s3 = learning.client("s3", keys)
    s3.create_bucket(Bucket="seen")
    for number in range(12):
        s3.put_object(Bucket="seen", Key=f"in/{number}", Body=b"x")
    s3.list_objects_v2(Bucket="seen", Prefix="in/")
    assert denied(s3.get_object, Bucket="other", Key="a")[0] == "AccessDenied"
    code, report = generated(learning, session_arn, "--service", "s3", "--verify",
                             wanted=lambda report: report["actions"] == 3)
    assert code == 0 and report["principal"] == role_of(session_arn)
    assert report["verification"]["recorded_uses"]["questions"] == 14
    statements = {s["Action"]: s for s in report["documents"][0]["Statement"]}
    assert set(statements) == {"s3:CreateBucket", "s3:ListBucket", "s3:PutObject"}
    assert statements["s3:PutObject"]["Resource"] == "arn:aws:s3:::seen/in/*"
    assert statements["s3:ListBucket"]["Condition"] == {"StringEquals": {"s3:prefix": "in/"}}
    # What was generated is enough.
    iam = learning.client("iam", url=learning.api)
    iam.put_role_policy(RoleName=role_of(session_arn).rpartition("/")[2], PolicyName="p",
                        PolicyDocument=json.dumps(report["documents"][0]))
    s3.put_object(Bucket="seen", Key="in/13", Body=b"x")
    assert denied(s3.put_object, Bucket="seen", Key="out/1", Body=b"x")[0] == "AccessDenied"
    assert denied(s3.list_objects_v2, Bucket="seen", Prefix="out/")[0] == "AccessDenied"


def test_without_recording_there_is_nothing_to_generate_from(learning):
    arn, keys = learning.make_user(allow("dynamodb:ListTables"))
    learning.client("dynamodb", keys).list_tables()
    time.sleep(1.5)
    done = run(learning, "policy", "generate", "--principal", arn)
    assert done.returncode == 1 and done.stdout == "" and "no use of" in done.stderr
    done = run(learning, "policy", "generate", "--principal", f"arn:aws:iam::{ACCOUNT}:user/nobody")
    assert done.returncode == 3 and "nobody" in done.stderr


def test_last_accessed_tells_of_guarded_services(learning, denied):
    arn, keys = learning.make_user(allow("dynamodb:ListTables"), allow("sqs:*"))
    dynamodb = learning.client("dynamodb", keys)
    dynamodb.list_tables()
    assert denied(dynamodb.describe_table, TableName="t")[0] == "AccessDeniedException"
    iam = learning.client("iam", url=learning.api)
    deadline = time.monotonic() + 10
    while True:
        job = iam.generate_service_last_accessed_details(Arn=arn)["JobId"]
        told = {s["ServiceNamespace"]: s
                for s in iam.get_service_last_accessed_details(JobId=job)["ServicesLastAccessed"]}
        if "LastAuthenticated" in told["dynamodb"] or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    assert told["dynamodb"]["LastAuthenticatedEntity"] == arn
    assert told["dynamodb"]["LastAuthenticatedRegion"] == REGION
    assert "LastAuthenticated" not in told["sqs"]
    used = iam.get_access_key_last_used(AccessKeyId=keys[0])["AccessKeyLastUsed"]
    assert (used["ServiceName"], used["Region"]) == ("dynamodb", REGION)


def test_the_audit_trail_tells_of_guarded_services(learning, denied):
    arn, keys = learning.make_user(allow("s3:PutObject"))
    learning.client("s3").create_bucket(Bucket="audited")
    s3 = learning.client("s3", keys)
    s3.put_object(Bucket="audited", Key="a", Body=b"x")
    message = denied(s3.get_object, Bucket="audited", Key="a")[2]
    assert denied(learning.client("s3").get_object, Bucket="audited", Key="none")[0] == "NoSuchKey"
    deadline = time.monotonic() + 10
    while True:
        told = run(learning, "audit", "--json", "--resource", "arn:aws:s3:::audited*").stdout.splitlines()
        events = {(e["eventName"], e["userIdentity"]["arn"]): e for e in map(json.loads, told)}
        if len(events) == 4 or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    put = events["PutObject", arn]
    assert put["eventSource"] == "s3.amazonaws.com" and put["eventCategory"] == "Data" and not put["readOnly"]
    assert put["resources"] == [{"ARN": "arn:aws:s3:::audited/a", "type": "AWS::S3::Object"}]
    assert "errorCode" not in put and put["awsRegion"] == REGION and put["recipientAccountId"] == ACCOUNT
    refused = events["GetObject", arn]
    assert refused["errorCode"] == "AccessDenied" and refused["errorMessage"].startswith(message) and refused["readOnly"]
    root = f"arn:aws:iam::{ACCOUNT}:root"
    assert events["GetObject", root]["errorCode"] == "404"
    assert events["CreateBucket", root]["eventCategory"] == "Management"
