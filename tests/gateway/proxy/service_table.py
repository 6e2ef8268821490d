"""One call of each service: what it needs, a condition that it fulfils, and how its resource gets a policy."""
import dataclasses
import io
import json
import time
import typing
import uuid
import zipfile

from conftest import ACCOUNT, REGION

ROLE = f"arn:aws:iam::{ACCOUNT}:role/service"


@dataclasses.dataclass(frozen=True)
class Row:
    service: str
    action: str
    resource: str  # With the holes {name} and what `make` gives.
    make: typing.Callable[[typing.Any, str], dict | None]  # By root, (client, name): what the call needs to be there.
    call: str
    parameters: typing.Callable[[dict], dict]
    condition: tuple[str, str, str, str]  # Operator, key, a value that holds for the call, one that does not.
    code: str = "AccessDeniedException"
    status: int = 400
    # By root, (client, what was made, document): gives the resource a policy. None: the service has no such policies.
    set_policy: typing.Callable[[typing.Any, dict, str], typing.Any] | None = None
    policy_resource: str | None = "{resource}"  # As the service wants it in the document; None: it wants none.
    before: str = ""  # What the service says before the sentence.

    def shown(self, resource):
        return f'"{resource}"' if self.service == "s3" else resource


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def make_table(dynamodb, name):
    dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                          AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])


def make_function(functions, name):
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("a.py", "def handle(event, context):\n    return event\n")
    functions.create_function(FunctionName=name, Runtime="python3.11", Role=ROLE, Handler="a.handle",
                              Code={"ZipFile": code.getvalue()})


def make_log(logs, name):
    logs.create_log_group(logGroupName=name)
    logs.create_log_stream(logGroupName=name, logStreamName="s")


MACHINE = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})
FROM_HERE = ("IpAddress", "aws:SourceIp", "127.0.0.0/8", "10.0.0.0/8")
IN_CLEAR = ("Bool", "aws:SecureTransport", "false", "true")

ROWS = [
    Row("s3", "s3:ListBucket", "arn:aws:s3:::{name}",
        make=lambda s3, name: s3.create_bucket(Bucket=name) and None,
        call="list_objects_v2", parameters=lambda made: {"Bucket": made["name"], "Prefix": "mine/"},
        condition=("StringLike", "s3:prefix", "mine/*", "theirs/*"), code="AccessDenied", status=403,
        set_policy=lambda s3, made, policy: s3.put_bucket_policy(Bucket=made["name"], Policy=policy)),
    Row("dynamodb", "dynamodb:Query", arn("dynamodb", "table/{name}"),
        make=make_table,
        call="query", parameters=lambda made: {
            "TableName": made["resource"], "Select": "COUNT", "KeyConditionExpression": "id = :i",
            "ExpressionAttributeValues": {":i": {"S": "1"}}},
        condition=("StringEquals", "dynamodb:Select", "COUNT", "ALL_ATTRIBUTES"),
        set_policy=lambda dynamodb, made, policy: dynamodb.put_resource_policy(ResourceArn=made["resource"], Policy=policy)),
    Row("sqs", "sqs:SendMessage", arn("sqs", "{name}"),
        make=lambda sqs, name: {"url": sqs.create_queue(QueueName=name)["QueueUrl"]},
        call="send_message", parameters=lambda made: {"QueueUrl": made["url"], "MessageBody": "hello"},
        condition=FROM_HERE, code="AccessDenied",
        set_policy=lambda sqs, made, policy: sqs.set_queue_attributes(QueueUrl=made["url"], Attributes={"Policy": policy})),
    Row("sns", "sns:Subscribe", arn("sns", "{name}"),
        make=lambda sns, name: sns.create_topic(Name=name) and None,
        call="subscribe", parameters=lambda made: {
            "TopicArn": made["resource"], "Protocol": "https", "Endpoint": "https://subscriber.test/"},
        condition=("StringEquals", "sns:Protocol", "https", "email"), code="AuthorizationError", status=403,
        set_policy=lambda sns, made, policy: sns.set_topic_attributes(
            TopicArn=made["resource"], AttributeName="Policy", AttributeValue=policy)),
    Row("lambda", "lambda:AddPermission", arn("lambda", "function:{name}"),
        make=make_function,
        call="add_permission", parameters=lambda made: {
            "FunctionName": made["resource"], "StatementId": uuid.uuid4().hex, "Action": "lambda:InvokeFunction",
            "Principal": "events.amazonaws.com"},
        condition=("StringEquals", "lambda:Principal", "events.amazonaws.com", "s3.amazonaws.com"), status=403,
        set_policy=lambda functions, made, policy: functions.add_permission(
            FunctionName=made["name"], StatementId="s", Action="lambda:AddPermission",
            Principal=json.loads(policy)["Statement"][0]["Principal"]["AWS"])),
    Row("kms", "kms:Encrypt", arn("kms", "key/{key}"),
        make=lambda kms, name: {"key": kms.create_key()["KeyMetadata"]["KeyId"]},
        call="encrypt", parameters=lambda made: {
            "KeyId": made["resource"], "Plaintext": b"hello", "EncryptionContext": {"team": "a"}},
        condition=("StringEquals", "kms:EncryptionContext:team", "a", "b"),
        set_policy=lambda kms, made, policy: kms.put_key_policy(KeyId=made["key"], PolicyName="default", Policy=policy),
        policy_resource="*"),
    Row("secretsmanager", "secretsmanager:GetSecretValue", "{secret}",
        make=lambda secrets, name: {"secret": secrets.create_secret(Name=name, SecretString="hush")["ARN"]},
        call="get_secret_value", parameters=lambda made: {"SecretId": made["secret"], "VersionStage": "AWSCURRENT"},
        condition=("StringEquals", "secretsmanager:VersionStage", "AWSCURRENT", "AWSPREVIOUS"),
        set_policy=lambda secrets, made, policy: secrets.put_resource_policy(SecretId=made["secret"], ResourcePolicy=policy),
        policy_resource="*"),
    Row("ssm", "ssm:PutParameter", arn("ssm", "parameter/{name}"),
        make=lambda ssm, name: ssm.put_parameter(Name=name, Value="1", Type="String") and None,
        call="put_parameter", parameters=lambda made: {
            "Name": made["name"], "Value": "2", "Type": "String", "Overwrite": True},
        condition=("StringEquals", "ssm:Overwrite", "true", "false")),
    Row("kinesis", "kinesis:PutRecord", arn("kinesis", "stream/{name}"),
        make=lambda kinesis, name: kinesis.create_stream(StreamName=name, ShardCount=1) and None,
        call="put_record", parameters=lambda made: {"StreamARN": made["resource"], "Data": b"hello", "PartitionKey": "1"},
        condition=IN_CLEAR,
        set_policy=lambda kinesis, made, policy: kinesis.put_resource_policy(ResourceARN=made["resource"], Policy=policy)),
    Row("events", "events:PutEvents", arn("events", "event-bus/{name}"),
        make=lambda events, name: events.create_event_bus(Name=name) and None,
        call="put_events", parameters=lambda made: {"Entries": [
            {"EventBusName": made["resource"], "Source": "app", "DetailType": "made", "Detail": "{}"}]},
        condition=("StringEquals", "events:source", "app", "other"),
        set_policy=lambda events, made, policy: events.put_permission(EventBusName=made["name"], Policy=policy)),
    Row("stepfunctions", "states:StartExecution", arn("states", "stateMachine:{name}"),
        make=lambda states, name: states.create_state_machine(name=name, definition=MACHINE, roleArn=ROLE) and None,
        call="start_execution", parameters=lambda made: {"stateMachineArn": made["resource"]},
        condition=("StringEquals", "aws:RequestedRegion", REGION, "eu-west-1")),
    Row("logs", "logs:PutLogEvents", arn("logs", "log-group:{name}:log-stream:s"),
        make=make_log,
        call="put_log_events", parameters=lambda made: {"logGroupName": made["name"], "logStreamName": "s", "logEvents": [
            {"timestamp": int(time.time() * 1000), "message": "hello"}]},
        condition=FROM_HERE),
    Row("cloudwatch", "cloudwatch:PutMetricData", "*",
        make=lambda cloudwatch, name: None,
        call="put_metric_data", parameters=lambda made: {
            "Namespace": "app", "MetricData": [{"MetricName": made["name"], "Value": 1}]},
        condition=("StringEquals", "cloudwatch:namespace", "app", "AWS/EC2"), code="AccessDenied"),
    Row("ecr", "ecr:ListImages", arn("ecr", "repository/{name}"),
        make=lambda ecr, name: ecr.create_repository(repositoryName=name) and None,
        call="list_images", parameters=lambda made: {"registryId": ACCOUNT, "repositoryName": made["name"]},
        condition=IN_CLEAR,
        set_policy=lambda ecr, made, policy: ecr.set_repository_policy(repositoryName=made["name"], policyText=policy),
        policy_resource=None),
    Row("ec2", "ec2:CreateVolume", arn("ec2", "volume/*"),
        make=lambda ec2, name: None,
        call="create_volume", parameters=lambda made: {
            "AvailabilityZone": f"{REGION}a", "Size": 1, "VolumeType": "gp3"},
        condition=("StringEquals", "ec2:VolumeType", "gp3", "io2"), code="UnauthorizedOperation", status=403,
        before="You are not authorized to perform this operation. "),
]
