#!/usr/bin/env python3
"""Writes a request for every operation of every service of botocore, in every protocol the service speaks, made by
botocore's own serializers from a sample of the input; and beside it what the gateway must read from it.

usage: serialize.py [SERVICE…]    one JSON object a line, on standard output:
  {"service", "signing_name", "operation", "protocol", "method", "target", "headers": [[name, value]…],
   "body": base64, "expected": [[path, [text…] or null for "is there"]…]}
"""

import base64
import datetime
import json
import os
import sys

import botocore.session
from botocore.awsrequest import create_request_object, prepare_request_dict
from botocore.model import ServiceModel
from botocore.serialize import create_serializer
from botocore.utils import is_json_value_header

DEPTH_MAX = 5  # Of structures, lists and maps within each other.
TIME = datetime.datetime(2026, 11, 25, 12, 0, 0, tzinfo=datetime.timezone.utc)
SIGNED_OTHERWISE = {("s3", "ListDirectoryBuckets"): "s3express"}  # Only that tells it from ListBuckets.
BYTES = b"\x00\x01blob\xff"


class Sample:
    """A value for every member down to DEPTH_MAX; shapes that contain themselves end before."""

    def __init__(self, uri):
        self.count, self.uri = 0, uri

    def of(self, shape, path, expected, open_shapes=(), form=""):
        kind = shape.type_name
        if kind == "structure" and not getattr(shape, "is_document_type", False):
            return self.structure(shape, path, expected, open_shapes)
        if kind == "list":
            return self.list(shape, path, expected, open_shapes)
        if kind == "map":
            return self.map(shape, path, expected, open_shapes)
        value, text = self.scalar(shape, form)
        if is_json_value_header(shape):
            text = [base64.b64encode(json.dumps(value).encode()).decode()]
        expected.append([path, text])
        return value

    def scalar(self, shape, form=""):
        """`form` is "plain" for what a host or a header takes, "path" and "arn" for what has slashes."""
        self.count += 1
        kind = shape.type_name
        if kind == "string":
            text = {"plain": f"label-{self.count}", "path": f"dir {self.count}//ü/f", "arn": f"arn:aws:x:::y/{self.count}"}.get(form, f"valü {self.count}&=+")
            return text, [text]
        if kind in ("integer", "long"):
            return self.count, [str(self.count)]
        if kind in ("float", "double"):
            return 1.5, ["1.5"]
        if kind == "boolean":
            return True, ["true"]
        if kind == "timestamp":
            return TIME, None
        if kind == "blob":
            return BYTES, [base64.b64encode(BYTES).decode()]
        return {"document": 1}, None

    def inner(self, shape, open_shapes):
        """Whether there is room for a value of this shape within the open ones."""
        composed = shape.type_name in ("structure", "list", "map")
        return not composed or (shape.name not in open_shapes and len(open_shapes) < DEPTH_MAX)

    def structure(self, shape, path, expected, open_shapes):
        inside = (*open_shapes, shape.name)
        value = {}
        for name, member in shape.members.items():
            if getattr(member, "is_eventstream", False) or member.serialization.get("eventstream"):
                continue
            if self.inner(member, inside):
                below = f"{path}.{name}" if path else name
                value[name] = self.of(member, below, expected, inside, "" if path else self.form_of(name, member))
        expected.append([path, None])
        return value

    def form_of(self, name, member):
        if member.serialization.get("hostLabel") or member.serialization.get("location") == "header":
            return "plain"
        wire = member.serialization.get("name", name)
        if member.serialization.get("location") == "uri" and "arn" in name.lower():
            return "arn"
        return "path" if "{%s+}" % wire in self.uri else ""

    def list(self, shape, path, expected, open_shapes):
        inside = (*open_shapes, shape.name)
        expected.append([path, None])
        if not self.inner(shape.member, inside):
            return []
        if shape.member.type_name in ("structure", "list", "map"):
            return [self.of(shape.member, path + "[]", expected, inside)]
        pairs = [self.scalar(shape.member) for _ in range(2)]
        texts = None if pairs[0][1] is None else [pairs[0][1][0], pairs[1][1][0]]
        expected.append([path + "[]", texts])
        return [value for value, _ in pairs]

    def map(self, shape, path, expected, open_shapes):
        inside = (*open_shapes, shape.name)
        expected.append([path, None])
        if not self.inner(shape.value, inside):
            return {}
        self.count += 1
        key = f"key-{self.count}"
        expected.append([path + "{}", [key]])
        return {key: self.of(shape.value, path + "{*}", expected, inside)}


def travels(operation, path, protocol):
    """Whether the gateway reads that member: not what streams, nor a payload of bytes."""
    shape = operation.input_shape
    name = path.split(".")[0].split("[")[0].split("{")[0]
    member = shape.members[name]
    if member.serialization.get("name") == "Content-Length":
        return False  # The client counts itself.
    if not protocol.startswith("rest") or shape.serialization.get("payload") != name:
        return True
    return member.type_name != "blob" and not member.serialization.get("streaming")


def expected_of(operation, expected, protocol):
    """Empty lists and maps do not travel in every protocol: only what has a text or a part is asked for."""
    asked = []
    for path, texts in expected:
        if not path or not travels(operation, path, protocol):
            continue
        if texts is not None or is_time_or_document(operation.input_shape, path):
            asked.append([path, texts])
    return asked


def is_time_or_document(shape, path):
    for step in path.replace("[]", ".[]").replace("{*}", ".{*}").replace("{}", ".{}").split("."):
        if step == "{}":
            return False
        shape = shape.member if step == "[]" else shape.value if step == "{*}" else shape.members[step]
    return shape.type_name == "timestamp" or getattr(shape, "is_document_type", False)


def requests_of(name, loader):
    # As AWS publishes it: load_service_model would add what only botocore itself knows.
    version = loader.determine_latest_version(name, "service-2")
    description = loader.load_data(os.path.join(name, version, "service-2"))
    metadata = description["metadata"]
    spoken = set(metadata.get("protocols", [])) | {metadata["protocol"]}
    for protocol in sorted(spoken):
        model = ServiceModel(description | {"metadata": metadata | {"protocol": protocol}}, name)
        serializer = create_serializer(protocol, include_validation=False)
        for operation_name in model.operation_names:
            operation = model.operation_model(operation_name)
            yield request_of(name, metadata, operation, protocol, serializer)


def request_of(name, metadata, operation, protocol, serializer):
    expected, value = [], {}
    if operation.input_shape is not None:
        value = Sample(operation.http["requestUri"]).of(operation.input_shape, "", expected)
    serialized = serializer.serialize_to_request(value, operation)
    host = f"{metadata['endpointPrefix']}.us-east-1.amazonaws.com"
    serialized.pop("host_prefix", None)
    prepare_request_dict(serialized, f"https://{host}", {"is_presigned": False})
    request = create_request_object(serialized).prepare()
    body = request.body or b""
    headers = [[key, text(header)] for key, header in request.headers.items() if key.lower() != "content-length"]
    return {
        "service": name,
        "signing_name": SIGNED_OTHERWISE.get((name, operation.name), metadata.get("signingName", metadata["endpointPrefix"])),
        "operation": operation.name,
        "protocol": protocol,
        "method": request.method,
        "target": request.url[request.url.index(host) + len(host):],
        "headers": [["Host", host], *headers],
        "body": base64.b64encode(body.encode() if isinstance(body, str) else bytes(body)).decode(),
        "expected": expected_of(operation, expected, protocol) if operation.input_shape else [],
    }


def text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def main(names):
    loader = botocore.session.get_session().get_component("data_loader")
    for name in names or loader.list_available_services("service-2"):
        for request in requests_of(name, loader):
            print(json.dumps(request))


if __name__ == "__main__":
    main(sys.argv[1:])
