"""Other services behind the gateway: each protocol with an allowed call, an implicit and an explicit denial."""
import json
import uuid

import pytest

from conftest import ACCOUNT, REGION, allow, deny, explicit, implicit


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


@pytest.fixture
def name():
    return f"n-{uuid.uuid4().hex[:8]}"


def test_dynamodb(writ, name, denied):
    root = writ.client("dynamodb")
    root.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                      KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    table = arn("dynamodb", f"table/{name}")
    caller, keys = writ.make_user(allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem"], table),
                                  deny("dynamodb:DeleteItem", table))
    client = writ.client("dynamodb", keys)
    client.put_item(TableName=name, Item={"id": {"S": "1"}, "value": {"S": "ü"}})
    assert client.get_item(TableName=name, Key={"id": {"S": "1"}})["Item"]["value"] == {"S": "ü"}
    assert denied(client.scan, TableName=name) == (
        "AccessDeniedException", 400, implicit(caller, "dynamodb:Scan", table))
    assert denied(client.get_item, TableName="other", Key={"id": {"S": "1"}}) == (
        "AccessDeniedException", 400, implicit(caller, "dynamodb:GetItem", arn("dynamodb", "table/other")))
    assert denied(client.delete_item, TableName=name, Key={"id": {"S": "1"}}) == (
        "AccessDeniedException", 400, explicit(caller, "dynamodb:DeleteItem", table))
    assert root.scan(TableName=name)["Count"] == 1


def test_sqs(writ, name, denied):
    root = writ.client("sqs")
    url = root.create_queue(QueueName=name)["QueueUrl"]
    caller, keys = writ.make_user(allow(["sqs:SendMessage", "sqs:PurgeQueue"], arn("sqs", name)),
                                  deny("sqs:PurgeQueue"))
    client = writ.client("sqs", keys)
    client.send_message(QueueUrl=url, MessageBody="hello")
    code, status, message = denied(client.receive_message, QueueUrl=url)
    assert (code, status) == ("AccessDenied", 400)
    assert message == implicit(caller, "sqs:ReceiveMessage", arn("sqs", name))
    assert denied(client.purge_queue, QueueUrl=url)[2] == explicit(caller, "sqs:PurgeQueue", arn("sqs", name))
    assert root.receive_message(QueueUrl=url)["Messages"][0]["Body"] == "hello"


def test_sns(writ, name, denied):
    topic = writ.client("sns").create_topic(Name=name)["TopicArn"]
    caller, keys = writ.make_user(allow(["sns:Publish", "sns:DeleteTopic"], topic), deny("sns:DeleteTopic"))
    client = writ.client("sns", keys)
    assert client.publish(TopicArn=topic, Message="hello")["MessageId"]
    assert denied(client.get_topic_attributes, TopicArn=topic) == (
        "AuthorizationError", 403, implicit(caller, "sns:GetTopicAttributes", topic))
    assert denied(client.delete_topic, TopicArn=topic) == (
        "AuthorizationError", 403, explicit(caller, "sns:DeleteTopic", topic))


def test_secrets_manager(writ, name, denied):
    root = writ.client("secretsmanager")
    secret = root.create_secret(Name=name, SecretString="hush")["ARN"]
    pattern = arn("secretsmanager", f"secret:{name}-??????")
    caller, keys = writ.make_user(allow(["secretsmanager:GetSecretValue", "secretsmanager:DeleteSecret"], pattern),
                                  deny("secretsmanager:DeleteSecret"))
    client = writ.client("secretsmanager", keys)
    assert client.get_secret_value(SecretId=secret)["SecretString"] == "hush"
    assert denied(client.put_secret_value, SecretId=secret, SecretString="x") == (
        "AccessDeniedException", 400, implicit(caller, "secretsmanager:PutSecretValue", secret))
    assert denied(client.delete_secret, SecretId=secret) == (
        "AccessDeniedException", 400, explicit(caller, "secretsmanager:DeleteSecret", secret))


def test_parameter_store(writ, name, denied):
    writ.client("ssm").put_parameter(Name=f"/app/{name}", Value="1", Type="String")
    caller, keys = writ.make_user(allow("ssm:GetParameter", arn("ssm", "parameter/app/*")))
    client = writ.client("ssm", keys)
    assert client.get_parameter(Name=f"/app/{name}")["Parameter"]["Value"] == "1"
    assert denied(client.get_parameter, Name=f"/other/{name}") == (
        "AccessDeniedException", 400, implicit(caller, "ssm:GetParameter", arn("ssm", f"parameter/other/{name}")))


def test_lambda(writ, name, denied):
    caller, keys = writ.make_user(allow("lambda:ListFunctions"))
    client = writ.client("lambda", keys)
    assert "Functions" in client.list_functions()
    assert denied(client.get_function, FunctionName=name) == (
        "AccessDeniedException", 403, implicit(caller, "lambda:GetFunction", arn("lambda", f"function:{name}")))


def test_ec2(writ, denied):
    caller, keys = writ.make_user(allow("ec2:DescribeInstances"))
    client = writ.client("ec2", keys)
    assert client.describe_instances()["Reservations"] == []
    code, status, message = denied(client.describe_vpcs)
    assert (code, status) == ("UnauthorizedOperation", 403)
    assert message.startswith(f"You are not authorized to perform this operation. User: {caller} is not authorized "
                              "to perform: ec2:DescribeVpcs because no identity-based policy allows the "
                              "ec2:DescribeVpcs action. Encoded authorization failure message: ")
    _, decoder = writ.make_user(allow("sts:DecodeAuthorizationMessage"))
    decoded = writ.client("sts", decoder, url=writ.api).decode_authorization_message(
        EncodedMessage=message.rpartition(" ")[2])["DecodedMessage"]
    assert json.loads(decoded)["context"]["action"] == "ec2:DescribeVpcs"


def test_a_service_without_upstream_is_denied(writ, denied):
    _, keys = writ.make_user(allow("*"))
    code, status, message = denied(writ.client("redshift", keys).describe_clusters)
    assert (code, status) == ("AccessDenied", 403)
    assert message == "Access Denied: no upstream of the gateway serves redshift in us-east-1"


def test_another_account_in_an_arn_is_denied(writ, denied):
    topic = f"arn:aws:sns:{REGION}:210987654321:theirs"
    _, keys = writ.make_user(allow("*"))
    code, _, message = denied(writ.client("sns", keys).publish, TopicArn=topic, Message="x")
    assert code == "AuthorizationError"
    assert message == (f"The account 210987654321 of {topic} is not the one whose resources the gateway guards here.")


def test_each_request_is_logged(writ, name, denied):
    caller, keys = writ.make_user()
    denied(writ.client("sqs", keys).list_queues)
    line, = writ.log_lines(lambda line: line.get("caller") == caller and "latency_us" in line)
    assert (line["service"], line["action"], line["decision"]) == ("sqs", "ListQueues", "implicitDeny")
