"""dynalite, a DynamoDB server, behind the gateway; transactions and PartiQL, which it does not know, with moto's."""
import json
import uuid

import pytest

import services
from conftest import ACCOUNT, REGION, Writ, allow, aws_cli, deny, explicit, implicit, upstream


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    with services.dynamodb(tmp_path_factory.mktemp("dynalite")) as url:
        running = Writ(tmp_path_factory.mktemp("gateway"), upstream(
            "dynamodb", url, access_key_id=services.KEYS[0], secret_access_key_variable="UPSTREAM_SECRET"))
        yield running
        assert running.stop() == 0


def make_table(writ):
    """A table of songs by artist and number: (name, ARN)."""
    name = f"songs-{uuid.uuid4().hex[:8]}"
    root = writ.client("dynamodb")
    root.create_table(TableName=name, BillingMode="PAY_PER_REQUEST",
                      KeySchema=[{"AttributeName": "artist", "KeyType": "HASH"}, {"AttributeName": "number", "KeyType": "RANGE"}],
                      AttributeDefinitions=[{"AttributeName": "artist", "AttributeType": "S"},
                                            {"AttributeName": "number", "AttributeType": "N"}])
    root.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return name, arn(name)


def arn(table):
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"


def song(artist, number, **more):
    return {"artist": {"S": artist}, "number": {"N": str(number)}, **{name: {"S": value} for name, value in more.items()}}


def refusal(caller, action, table):
    return "AccessDeniedException", 400, implicit(caller, f"dynamodb:{action}", arn(table))


@pytest.fixture
def table(gate):
    return make_table(gate)


def test_items(gate, table, denied):
    name, resource = table
    caller, keys = gate.make_user(allow(["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:GetItem"], resource),
                                  deny("dynamodb:PutItem", arn("*-kept")))
    client = gate.client("dynamodb", keys)
    client.put_item(TableName=name, Item=song("ada", 1, title="ü"))
    client.update_item(TableName=name, Key=song("ada", 1), UpdateExpression="SET title = :t",
                       ExpressionAttributeValues={":t": {"S": "new"}})
    assert client.get_item(TableName=name, Key=song("ada", 1))["Item"] == song("ada", 1, title="new")
    assert denied(client.put_item, TableName=name, Item=song("ada", 1), ConditionExpression="attribute_not_exists(artist)")[:2] == (
        "ConditionalCheckFailedException", 400)
    assert denied(client.delete_item, TableName=name, Key=song("ada", 1)) == refusal(caller, "DeleteItem", name)
    assert denied(client.put_item, TableName="songs-kept", Item=song("ada", 1)) == (
        "AccessDeniedException", 400, explicit(caller, "dynamodb:PutItem", arn("songs-kept")))


def test_pages(gate, table):
    name, resource = table
    root = gate.client("dynamodb")
    for begin in range(0, 60, 20):
        root.batch_write_item(RequestItems={name: [{"PutRequest": {"Item": song("ada", n)}} for n in range(begin, begin + 20)]})
    _, keys = gate.make_user(allow(["dynamodb:Query", "dynamodb:Scan"], resource))
    client = gate.client("dynamodb", keys)
    query = {"TableName": name, "KeyConditionExpression": "artist = :a", "ExpressionAttributeValues": {":a": {"S": "ada"}}}
    pages = list(client.get_paginator("query").paginate(**query, PaginationConfig={"PageSize": 25}))
    assert [page["Count"] for page in pages] == [25, 25, 10]
    assert [int(item["number"]["N"]) for page in pages for item in page["Items"]] == list(range(60))
    pages = list(client.get_paginator("scan").paginate(TableName=name, PaginationConfig={"PageSize": 50}))
    assert sum(page["Count"] for page in pages) == 60 and len(pages) == 2
    _, keys = gate.make_user(allow("dynamodb:ListTables"))
    tables = gate.client("dynamodb", keys).get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 1})
    assert name in [found for page in tables for found in page["TableNames"]]


def test_batches_need_every_table(gate, table, denied):
    (first, resource), (second, _) = table, make_table(gate)
    caller, keys = gate.make_user(allow(["dynamodb:BatchWriteItem", "dynamodb:BatchGetItem"], resource))
    client = gate.client("dynamodb", keys)
    put = [{"PutRequest": {"Item": song("ada", 1)}}]
    assert client.batch_write_item(RequestItems={first: put})["UnprocessedItems"] == {}
    assert denied(client.batch_write_item, RequestItems={first: put, second: put}) == refusal(caller, "BatchWriteItem", second)
    ask = {"Keys": [song("ada", 1)]}
    assert client.batch_get_item(RequestItems={first: ask})["Responses"] == {first: [song("ada", 1)]}
    assert denied(client.batch_get_item, RequestItems={first: ask, second: ask}) == refusal(caller, "BatchGetItem", second)
    assert gate.client("dynamodb").scan(TableName=second)["Count"] == 0


def test_everybody_his_own_items(gate, table, denied):
    name, resource = table
    caller, keys = gate.make_user(allow(
        ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query"], resource,
        Condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:username}"]}}))
    own = caller.rpartition("/")[2]
    client = gate.client("dynamodb", keys)
    client.put_item(TableName=name, Item=song(own, 1))
    assert client.get_item(TableName=name, Key=song(own, 1))["Item"] == song(own, 1)
    assert denied(client.put_item, TableName=name, Item=song("other", 1)) == refusal(caller, "PutItem", name)
    assert denied(client.get_item, TableName=name, Key=song("other", 1)) == refusal(caller, "GetItem", name)


def test_the_cli(gate, table):
    name, resource = table
    caller, keys = gate.make_user(allow("dynamodb:PutItem", resource))
    code, told = aws_cli(gate, "dynamodb", "put-item", "--table-name", name, "--item", json.dumps(song("ada", 1)), keys=keys)
    assert code == 0, told
    code, told = aws_cli(gate, "dynamodb", "scan", "--table-name", name, keys=keys)
    assert code != 0 and told.endswith("(AccessDeniedException) when calling the Scan operation: " +
                                       implicit(caller, "dynamodb:Scan", resource))


def test_transactions(writ, denied):
    """Every part needs its own action, and nothing happens when one is refused."""
    name, resource = make_table(writ)
    root = writ.client("dynamodb")
    root.put_item(TableName=name, Item=song("ada", 1))
    caller, keys = writ.make_user(allow(["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:ConditionCheckItem"], resource))
    client = writ.client("dynamodb", keys)
    put = {"Put": {"TableName": name, "Item": song("ada", 2)}}
    check = {"ConditionCheck": {"TableName": name, "Key": song("ada", 1), "ConditionExpression": "attribute_exists(artist)"}}
    delete = {"Delete": {"TableName": name, "Key": song("ada", 1)}}
    assert denied(client.transact_write_items, TransactItems=[put, check, delete]) == refusal(caller, "DeleteItem", name)
    assert root.scan(TableName=name)["Count"] == 1
    client.transact_write_items(TransactItems=[put, check])
    got = client.transact_get_items(TransactItems=[{"Get": {"TableName": name, "Key": song("ada", n)}} for n in (1, 2)])
    assert [answer["Item"] for answer in got["Responses"]] == [song("ada", 1), song("ada", 2)]
    other = {"Get": {"TableName": "other", "Key": song("ada", 1)}}
    assert denied(client.transact_get_items, TransactItems=[other]) == refusal(caller, "GetItem", "other")


def test_statements(writ, denied):
    name, resource = make_table(writ)
    writ.client("dynamodb").put_item(TableName=name, Item=song("ada", 1))
    caller, keys = writ.make_user(allow(["dynamodb:PartiQLSelect", "dynamodb:PartiQLInsert"], resource))
    client = writ.client("dynamodb", keys)
    client.execute_statement(Statement=f"INSERT INTO \"{name}\" VALUE {{'artist': 'ada', 'number': 2}}")
    select = f'SELECT * FROM "{name}" WHERE artist = ?'
    found = client.execute_statement(Statement=select, Parameters=[{"S": "ada"}])["Items"]
    assert sorted(int(item["number"]["N"]) for item in found) == [1, 2]
    delete = f"DELETE FROM \"{name}\" WHERE artist = 'ada' AND number = 1"
    assert denied(client.execute_statement, Statement=delete) == refusal(caller, "PartiQLDelete", name)
    assert denied(client.batch_execute_statement, Statements=[
        {"Statement": f"SELECT * FROM \"{name}\" WHERE artist = 'ada' AND number = 1"}, {"Statement": delete}]) == refusal(
            caller, "PartiQLDelete", name)
    assert writ.client("dynamodb").scan(TableName=name)["Count"] == 2
