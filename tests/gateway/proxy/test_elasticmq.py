"""ElasticMQ, an SQS server, behind the gateway."""
import json
import threading
import time
import uuid

import pytest

import services
from conftest import ACCOUNT, REGION, Writ, allow, aws_cli, deny, explicit, implicit, upstream


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    port = services.free_port()
    with services.sqs(tmp_path_factory.mktemp("elasticmq"), ACCOUNT, REGION, port) as url:
        running = Writ(tmp_path_factory.mktemp("gateway"), upstream("sqs", url), "--gateway-listen", f"127.0.0.1:{port}")
        yield running
        assert running.stop() == 0


@pytest.fixture
def queue(gate):
    name = f"q-{uuid.uuid4().hex[:8]}"
    url = gate.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    assert url == f"{gate.gateway}/{ACCOUNT}/{name}"
    return name, url


def arn(name):
    return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def refusal(caller, action, name):
    return "AccessDenied", 400, implicit(caller, action, arn(name))


def test_messages(gate, queue, denied):
    name, url = queue
    sender, keys = gate.make_user(allow("sqs:SendMessage", arn(name)))
    receiver, others = gate.make_user(allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], arn(name)))
    sends, receives = gate.client("sqs", keys), gate.client("sqs", others)
    sent = sends.send_message(QueueUrl=url, MessageBody="hello ü",
                              MessageAttributes={"a": {"DataType": "String", "StringValue": "1"}})
    assert denied(sends.receive_message, QueueUrl=url) == refusal(sender, "sqs:ReceiveMessage", name)
    assert denied(receives.send_message, QueueUrl=url, MessageBody="x") == refusal(receiver, "sqs:SendMessage", name)
    got, = receives.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    assert (got["MessageId"], got["Body"]) == (sent["MessageId"], "hello ü")
    assert got["MessageAttributes"]["a"]["StringValue"] == "1"
    hide = {"QueueUrl": url, "ReceiptHandle": got["ReceiptHandle"]}
    assert denied(receives.change_message_visibility, **hide, VisibilityTimeout=0) == refusal(
        receiver, "sqs:ChangeMessageVisibility", name)
    receives.delete_message(**hide)
    counted = gate.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert counted["ApproximateNumberOfMessages"] == counted["ApproximateNumberOfMessagesNotVisible"] == "0"
    assert counted["QueueArn"] == arn(name)


def test_long_polling(gate, queue):
    name, url = queue
    _, keys = gate.make_user(allow("sqs:ReceiveMessage", arn(name)))
    send = threading.Timer(0.7, lambda: gate.client("sqs").send_message(QueueUrl=url, MessageBody="late"))
    send.start()
    began = time.monotonic()
    got = gate.client("sqs", keys).receive_message(QueueUrl=url, WaitTimeSeconds=10)["Messages"]
    assert 0.5 < time.monotonic() - began < 8 and got[0]["Body"] == "late"
    send.join()
    assert not gate.client("sqs", keys).receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages")


def test_batches(gate, queue, denied):
    name, url = queue
    caller, keys = gate.make_user(allow(["sqs:SendMessage", "sqs:ReceiveMessage"], arn(name)))
    sqs, root = gate.client("sqs", keys), gate.client("sqs")
    sent = sqs.send_message_batch(QueueUrl=url, Entries=[{"Id": str(n), "MessageBody": f"m{n}"} for n in range(10)])
    assert len(sent["Successful"]) == 10
    got = []
    while len(got) < 10:
        got += sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=1)["Messages"]
    assert {message["Body"] for message in got} == {f"m{n}" for n in range(10)}
    entries = [{"Id": str(n), "ReceiptHandle": message["ReceiptHandle"]} for n, message in enumerate(got)]
    assert denied(sqs.delete_message_batch, QueueUrl=url, Entries=entries) == refusal(caller, "sqs:DeleteMessage", name)
    assert len(root.delete_message_batch(QueueUrl=url, Entries=entries)["Successful"]) == 10


def test_queues_and_their_tags(gate, queue, denied):
    name, url = queue
    caller, keys = gate.make_user(
        allow(["sqs:CreateQueue", "sqs:TagQueue", "sqs:GetQueueUrl"], arn("team-*"),
              Condition={"StringEquals": {"aws:RequestTag/team": "a"}}),
        allow(["sqs:ListQueueTags", "sqs:DeleteQueue", "sqs:GetQueueUrl"], arn("team-*")),
        deny("sqs:DeleteQueue", arn("team-kept-*")))
    sqs = gate.client("sqs", keys)
    kept = f"team-kept-{uuid.uuid4().hex[:8]}"
    made = sqs.create_queue(QueueName=kept, tags={"team": "a"})["QueueUrl"]
    assert sqs.list_queue_tags(QueueUrl=made)["Tags"] == {"team": "a"}
    assert sqs.get_queue_url(QueueName=kept)["QueueUrl"] == made
    assert denied(sqs.create_queue, QueueName="team-b", tags={"team": "b"}) == refusal(caller, "sqs:CreateQueue", "team-b")
    assert denied(sqs.tag_queue, QueueUrl=made, Tags={"team": "b"}) == refusal(caller, "sqs:TagQueue", kept)
    assert denied(sqs.get_queue_url, QueueName=name) == refusal(caller, "sqs:GetQueueUrl", name)
    assert denied(sqs.delete_queue, QueueUrl=made) == (
        "AccessDenied", 400, explicit(caller, "sqs:DeleteQueue", arn(kept)))
    assert gate.client("sqs").get_queue_url(QueueName=kept)["QueueUrl"] == made


def test_errors_of_the_service_come_through(gate, denied):
    code, status, _ = denied(gate.client("sqs").get_queue_url, QueueName="none")
    assert code in ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist") and status == 400


def test_the_cli(gate, queue):
    name, url = queue
    caller, keys = gate.make_user(allow("sqs:SendMessage", arn(name)))
    code, told = aws_cli(gate, "sqs", "send-message", "--queue-url", url, "--message-body", "hello", keys=keys)
    assert code == 0 and json.loads(told)["MessageId"], told
    code, told = aws_cli(gate, "sqs", "purge-queue", "--queue-url", url, keys=keys)
    assert code != 0 and told.endswith("(AccessDenied) when calling the PurgeQueue operation: " +
                                       implicit(caller, "sqs:PurgeQueue", arn(name)))
