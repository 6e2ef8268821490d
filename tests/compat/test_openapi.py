"""The description at /openapi.json, held against the answers by a client that is made from it."""
import json

import pytest
from authorization import ROOT, send, signed_headers
from conftest import ACCOUNT, allow, policy
from openapi import Client, Refused

BUCKET = "arn:aws:s3:::orders"
SHOP = {"prefix": "shelf", "actions": [{"name": "can_read", "access_level": "Read", "resource_types": ["book*"]}],
        "resource_types": [{"name": "book", "arn": "arn:${Partition}:shelf:::book/${Isbn}"}]}


def client_of(server, keys=ROOT, bearer=None, compact=False):
    def sign_and_send(method, path, body, headers):
        url = server.url + path
        if bearer is not None:
            return send(url, method, body or b"", {**headers, "Authorization": f"Bearer {bearer}"})
        signed = headers if keys is None else signed_headers(url, method, body or b"", headers, keys)
        return send(url, method, body or b"", signed)

    status, _, description = send(server.url + "/openapi.json", "GET")
    assert status == 200 and description["openapi"].startswith("3.1")
    return Client(description, sign_and_send, compact)


@pytest.fixture(params=["json", "compact"])
def root(server, request):
    return client_of(server, compact=request.param == "compact")


def refused(call, *arguments, **options):
    with pytest.raises(Refused) as caught:
        call(*arguments, **options)
    return caught.value.status


def test_every_operation_answers_as_described(server, iam, make_user, root):
    name, keys = make_user()
    iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=policy(allow(["s3:ListBucket", "shelf:*"])))
    principal = f"arn:aws:iam::{ACCOUNT}:user/{name}"
    question = {"principal": principal, "action": "s3:ListBucket", "resource": BUCKET, "context": {"aws:SourceIp": "10.0.0.1"}}
    assert root.authorize(body=question)["decision"] == "allowed"
    assert root.authorize(body={**question, "explain": True})["explanation"]["decision"] == "allowed"
    answers = root.authorize(body={"questions": [question, {**question, "action": "s3:GetObject"}]})["answers"]
    assert [each["decision"] for each in answers] == ["allowed", "implicitDeny"]

    bearer = root.make_bearer_token(body={"lifetime_s": 60})["bearer_token"]
    assert client_of(server, bearer=bearer).authorize(body=question)["decision"] == "allowed"

    assert root.register_service(body=SHOP)["title"] == "shelf"
    assert "shelf" in [each["prefix"] for each in root.list_services()["services"]]
    assert root.get_service("shelf")["actions"][0]["name"] == "can_read"
    subject, book = {"type": "user", "id": name}, {"type": "book", "id": "1"}
    evaluation = {"subject": subject, "action": {"name": "can_read"}, "resource": book}
    assert root.evaluate(body=evaluation) == {"decision": True}
    assert root.evaluate_all(body={**evaluation, "evaluations": [{}, {"subject": {"type": "user", "id": "nobody"}}]})[
        "evaluations"][0] == {"decision": True}
    assert root.evaluate_all(body=evaluation) == {"decision": True}
    assert root.search_actions(body={"subject": subject, "resource": book})["results"] == [{"name": "can_read"}]
    assert subject in root.search_subjects(body={**evaluation, "subject": {"type": "user"}, "page": {"limit": 1000}})["results"]
    assert root.search_resources(body={**evaluation, "action": {"name": "iam:GetUser"}, "resource": {"type": "iam:user"}})[
        "results"] == []
    assert root.get_metadata()["policy_decision_point"] == server.url
    assert root.delete_service("shelf") == {}

    queue = f"arn:aws:sqs:us-east-1:{ACCOUNT}:shelf"
    document = json.loads(policy({"Principal": "*", **allow("sqs:SendMessage", queue)}))
    assert root.put_resource_policy(queue, body=document) == {}
    assert root.get_resource_policy(queue)["policy"] == document
    assert queue in [each["arn"] for each in root.list_resource_policies()["policies"]]
    assert root.delete_resource_policy(queue) == {}
    assert root.put_resource_tags(queue, body={"tags": {"team": "red"}}) == {"tags": {"team": "red"}}
    assert root.get_resource_tags(queue) == {"tags": {"team": "red"}}
    assert root.put_resource_tags(queue, body={"tags": {}}) == {"tags": {}}
    assert root.get_description() == root.description


def test_every_refusal_answers_as_described(server, make_user, root):
    question = {"action": "s3:ListBucket", "resource": BUCKET}
    evaluation = {"subject": {"type": "user", "id": "nobody"}, "action": {"name": "s3:ListBucket"},
                  "resource": {"type": "s3:bucket", "id": "orders"}}
    nobody, eve = client_of(server, keys=None), client_of(server, make_user()[1])
    other = f"arn:aws:iam::{ACCOUNT}:user/nobody"
    assert refused(root.authorize, body={"action": 1}, strict=False) == 400
    assert refused(nobody.authorize, body=question) == 401
    assert refused(eve.authorize, body={**question, "principal": other}) == 403
    assert refused(root.authorize, body={**question, "principal": other}) == 404
    assert refused(root.make_bearer_token, body={"lifetime_s": 1}, strict=False) == 400
    assert refused(nobody.make_bearer_token) == 401
    assert refused(root.register_service, body={"prefix": "shelf"}, strict=False) == 400
    assert [refused(nobody.list_services), refused(eve.list_services)] == [401, 403]
    assert [refused(nobody.get_service, "x"), refused(eve.get_service, "x"), refused(root.get_service, "x")] == [401, 403, 404]
    assert [refused(eve.delete_service, "x"), refused(root.delete_service, "x")] == [403, 404]
    queue = f"arn:aws:sqs:us-east-1:{ACCOUNT}:none"
    assert [refused(caller.get_resource_policy, queue) for caller in (nobody, eve, root)] == [401, 403, 404]
    assert refused(root.put_resource_policy, queue, body={"Statement": []}) == 400
    assert refused(root.list_resource_policies, "no marker") == 400
    assert [refused(eve.delete_resource_policy, queue), refused(eve.list_resource_policies)] == [403, 403]
    assert [refused(root.get_resource_tags, ""), refused(eve.get_resource_tags, queue)] == [400, 403]
    many = {"tags": {str(number): "" for number in range(1001)}}
    assert [refused(root.put_resource_tags, queue, body=each, strict=False) for each in ({"tags": 1}, many)] == [400, 409]
    for call in ("evaluate", "evaluate_all", "search_subjects", "search_resources", "search_actions"):
        assert refused(getattr(root, call), body={}, strict=False) == 400
        assert refused(getattr(nobody, call), body=evaluation) == 401
    assert refused(eve.evaluate, body=evaluation) == 403
    assert root.evaluate(body=evaluation)["decision"] is False


def test_the_client_has_a_method_for_each_operation(root):
    assert len(set(root.operations)) == len(root.operations) == 19
    assert all(getattr(root, name).__doc__ for name in root.operations)
