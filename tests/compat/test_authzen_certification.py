"""The scenario by which the OpenID Foundation certifies policy decision points for the Authorization API 1.0: its fixture in
the policy language, and what it asks for. Numbers are those of its rules and sections."""
import pytest
from authorization import ask
from conftest import Server, policy

RECORDS = {
    "prefix": "records",
    "actions": [{"name": name, "access_level": "Write", "resource_types": ["record*"],
                 "condition_keys": ["records:soft"] if name == "delete" else []} for name in ("read", "write", "delete")],
    "resource_types": [{"name": "record", "arn": "arn:${Partition}:records:${Region}:${Account}:record/${RecordId}"}],
    "condition_keys": [{"name": "records:soft", "type": "Bool"}],
}
ARCHIVED = {"StringEquals": {"aws:ResourceTag/status": "archived"}}
ALICE = policy(
    {"Effect": "Allow", "Action": ["records:read", "records:write"], "Resource": "*"},
    {"Effect": "Allow", "Action": "records:delete", "Resource": "*", "Condition": {"Bool": {"records:soft": "true"}}},
    {"Effect": "Deny", "Action": "records:write", "Resource": "*", "Condition": ARCHIVED})
BOB = policy(
    {"Effect": "Allow", "Action": "records:read", "Resource": "*"},
    {"Effect": "Allow", "Action": "records:write", "Resource": "*",
     "Condition": {"StringEquals": {**ARCHIVED["StringEquals"], "aws:PrincipalTag/role": "admin"}}})


@pytest.fixture(scope="module")
def pdp(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("authzen") / "data")
    iam = server.client("iam")
    for name, document in (("alice", ALICE), ("bob", BOB)):
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=document)
    iam.tag_user(UserName="bob", Tags=[{"Key": "role", "Value": "admin"}])
    assert ask(server, "/services", RECORDS)[0] == 200
    yield server
    server.stop()


def entity(kind, name, properties=None):
    return {"type": kind, "id": name, **({"properties": properties} if properties is not None else {})}


def user(name, **properties):
    return entity("user", name, properties or None)


def record(name, **properties):
    return entity("record", name, properties or None)


def can(name, **properties):
    return {"name": name, **({"properties": properties} if properties else {})}


def evaluation(subject, action, resource, **more):
    return {"subject": subject, "action": action, "resource": resource, **more}


def decision(pdp, body):
    status, headers, answer = ask(pdp, "/access/v1/evaluation", body)
    assert status == 200 and headers["Content-Type"].startswith("application/json")
    assert isinstance(answer["decision"], bool) and isinstance(answer.get("context", {}), dict)
    return answer["decision"]


def decisions(pdp, body):
    status, _, answer = ask(pdp, "/access/v1/evaluations", body)
    assert status == 200 and "decision" not in answer
    return [each["decision"] for each in answer["evaluations"]]


FIXTURE = [
    (1, evaluation(user("alice"), can("read"), record("record-1")), True),
    (2, evaluation(user("alice"), can("write"), record("record-1")), True),
    (3, evaluation(user("bob"), can("read"), record("record-1")), True),
    (4, evaluation(user("bob"), can("write"), record("record-1")), False),
    (5, evaluation(user("alice"), can("write"), record("record-2", status="archived")), False),
    (6, evaluation(user("bob", role="admin"), can("write"), record("record-2", status="archived")), True),
    (7, evaluation(user("alice"), can("delete", soft=True), record("record-1")), True),
    (8, evaluation(user("alice"), can("delete", soft=False), record("record-1")), False),
]


@pytest.mark.parametrize("body,expected", [row[1:] for row in FIXTURE], ids=[f"rule-{row[0]}" for row in FIXTURE])
def test_basic_decisions(pdp, body, expected):
    context = {"time": "2025-06-27T18:03-07:00", "ip": "192.168.1.1"}
    assert [decision(pdp, body) for _ in range(3)] == [expected] * 3
    assert decision(pdp, {**body, "context": context}) == expected
    assert decision(pdp, {**body, "foo": "bar", "futureField": {"nested": True}}) == expected


def test_basic_takes_more_properties_than_it_knows(pdp):
    assert decision(pdp, evaluation(user("alice", department="Sales", role="manager"), can("read", method="GET"),
                                    record("record-1", status="active", owner="bob")))


def without(body, *path):
    copy = {**body}
    if len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = without(copy[path[0]], *path[1:])
    return copy


@pytest.mark.parametrize("path", [("subject",), ("action",), ("resource",), ("subject", "type"), ("subject", "id"),
                                  ("action", "name"), ("resource", "type"), ("resource", "id")], ids=".".join)
def test_basic_refuses_what_is_incomplete(pdp, path):
    assert ask(pdp, "/access/v1/evaluation", without(FIXTURE[0][1], *path))[0] == 400


def test_basic_refuses_other_forms(pdp):
    whole = FIXTURE[0][1]
    for body in ({**whole, "subject": "alice"}, {**whole, "action": {"name": 123}}):
        assert ask(pdp, "/access/v1/evaluation", body)[0] == 400
    assert ask(pdp, "/access/v1/evaluation", whole, headers={"Content-Type": "text/plain"})[0] == 400
    assert ask(pdp, "/access/v1/evaluation", headers={"Content-Type": "application/json"})[0] == 400  # Empty.


def test_request_ids_come_back(pdp):
    number = "bfe9eb29-ab87-4ca3-be83-a1d5d8305716"
    for path in ("evaluation", "evaluations", "search/subject", "search/resource", "search/action"):
        for body in (FIXTURE[0][1], {}):
            assert ask(pdp, f"/access/v1/{path}", body, headers={"X-Request-ID": number})[1]["X-Request-ID"] == number


def test_batches(pdp):
    alice, bob = user("alice"), user("bob")
    archived = record("record-2", status="archived")
    assert len(decisions(pdp, {"subject": alice, "action": can("read"),
                               "evaluations": [{"resource": record("record-1")}, {"resource": record("record-2")}]})) == 2
    assert decisions(pdp, {"subject": bob, "resource": record("record-1"),
                           "evaluations": [{"action": can("read")}, {"action": can("write")}]}) == [True, False]
    assert decisions(pdp, {"subject": alice, "action": can("write"), "evaluations": [
        {"resource": record("record-1", status="active")}, {"resource": archived}]}) == [True, False]
    assert decisions(pdp, {"action": can("write"), "resource": archived, "evaluations": [
        {"subject": alice}, {"subject": user("bob", role="admin")}]}) == [False, True]
    assert decisions(pdp, {"evaluations": [FIXTURE[0][1], FIXTURE[3][1]]}) == [True, False]
    assert len(decisions(pdp, {"subject": alice, "action": can("read"), "context": {"time": "2025-06-27T18:03-07:00"},
                               "evaluations": [{"resource": record("record-1")}, {
                                   "resource": record("record-2"),
                                   "context": {"time": "2025-06-27T19:00-07:00", "source": "batch-override"}}]})) == 2
    # 3.2.7: the type comes from the default, the rest of the entity does not.
    assert decisions(pdp, {"subject": alice, "action": can("write"), "resource": {"type": "record"}, "evaluations": [
        {"resource": {"id": "record-1", "properties": {"status": "active"}}}, {"resource": archived}]}) == [True, False]
    # 3.4: what is wrong with one evaluation is the denial of that one.
    assert decisions(pdp, {"subject": alice, "action": can("read"),
                           "evaluations": [{"resource": record("record-1")}, {}]}) == [True, False]
    for body in (FIXTURE[0][1], {**FIXTURE[0][1], "evaluations": []}):
        assert ask(pdp, "/access/v1/evaluations", body)[::2] == (200, {"decision": True})


def results(pdp, kind, body):
    status, _, answer = ask(pdp, f"/access/v1/search/{kind}", body)
    assert status == 200 and isinstance(answer["results"], list) and isinstance(answer["page"]["next_token"], str)
    return answer["results"]


def test_searches(pdp):
    read = {"subject": {"type": "user"}, "action": can("read"), "resource": record("record-1")}
    for more in ({}, {"context": {"time": "2025-06-27T18:03-07:00"}}):
        assert results(pdp, "subject", {**read, **more}) == [user("alice"), user("bob")]
        assert results(pdp, "action", {"subject": user("alice"), "resource": record("record-1"), **more}) == [
            can("read"), can("write")]
    archived = record("record-2", status="archived")
    assert results(pdp, "subject", {**read, "action": can("write"), "resource": archived}) == [user("bob")]
    assert can("write") in results(pdp, "action", {"subject": user("bob", role="admin"), "resource": archived})


def test_searches_page_by_page(pdp):
    search = {"subject": {"type": "user"}, "action": can("read"), "resource": record("record-1")}
    first = ask(pdp, "/access/v1/search/subject", {**search, "page": {"limit": 1}})[2]
    assert first["results"] == [user("alice")] and first["page"]["next_token"]
    found, token = first["results"], first["page"]["next_token"]
    while token:
        status, _, answer = ask(pdp, "/access/v1/search/subject", {**search, "page": {"token": token}})
        assert status == 200 and answer["page"]["count"] == len(answer["results"])
        found, token = found + answer["results"], answer["page"]["next_token"]
    assert found == [user("alice"), user("bob")]


def test_searches_for_what_is_unknown_find_nothing(pdp):
    ship = {"type": "spaceship"}
    assert results(pdp, "action", {"subject": user("nonexistent-user"), "resource": record("record-1")}) == []
    assert results(pdp, "subject", {"subject": ship, "action": can("read"), "resource": record("record-1")}) == []
    assert results(pdp, "resource", {"subject": user("alice"), "action": can("read"), "resource": ship}) == []


def test_searches_refuse_what_is_incomplete(pdp):
    alice, kind = user("alice"), {"type": "user"}
    for path, body in (("subject", {"subject": kind, "resource": record("record-1")}),
                       ("resource", {"action": can("read"), "resource": {"type": "record"}}),
                       ("action", {"subject": alice}),
                       ("subject", {"subject": kind, "action": can("read"), "resource": {"type": "record"}}),
                       ("resource", {"subject": kind, "action": can("read"), "resource": {"type": "record"}})):
        assert ask(pdp, f"/access/v1/search/{path}", body)[0] == 400


def test_discovery(pdp):
    status, headers, told = ask(pdp, "/.well-known/authzen-configuration", keys=None, bearer="", method="GET")
    assert status == 200 and headers["Content-Type"].startswith("application/json")
    assert told["policy_decision_point"] == pdp.url
    assert told == {"policy_decision_point": pdp.url, **{
        f"{name}_endpoint": f"{pdp.url}/access/v1/{path}" for name, path in (
            ("access_evaluation", "evaluation"), ("access_evaluations", "evaluations"),
            ("search_subject", "search/subject"), ("search_resource", "search/resource"),
            ("search_action", "search/action"))}}
