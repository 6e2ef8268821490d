"""The request models: for every service of botocore its operations, how each is addressed, and the members of its
input with the place where each travels. Names and places only; limits, answers and errors stay out.
"""

import gzip
import json
import os

from packing import Strings, leb128, numbers_of, sections, strings_of, write

PROTOCOLS = ["query", "ec2", "json-1.0", "json-1.1", "rest-json", "rest-xml", "smithy-rpc-v2-cbor"]
SCALARS = ["string", "integer", "floating", "boolean", "timestamp", "blob", "document", "event_stream"]
KINDS = ["structure", "list", "map"] + SCALARS
KIND_OF = {"long": "integer", "float": "floating", "double": "floating", "bigdecimal": "floating", "character": "string"}
LOCATIONS = ["body", "payload", "uri", "querystring", "header", "headers"]
MEMBER_FLAGS = ["required", "streaming", "xml_attribute"]
PLAIN = ("POST", "/")


def build(botocore, facts):
    with open(os.path.join(facts, "query_names.json")) as file:
        query_names = json.load(file)
    folder = os.path.join(botocore, "botocore", "data")
    services = []
    for service in sorted(os.listdir(folder)):
        versions = versions_of(os.path.join(folder, service))
        if versions:
            path = os.path.join(folder, service, versions[-1])
            services.append(service_of(service, path, query_names.get(service, {})))
    return services


def versions_of(folder):
    if not os.path.isdir(folder):
        return []
    return [name for name in sorted(os.listdir(folder)) if os.path.exists(os.path.join(folder, name, "service-2.json.gz"))]


def read_json(path):
    with gzip.open(path) as file:
        return json.load(file)


def service_of(name, path, query_names):
    model = read_json(os.path.join(path, "service-2.json.gz"))
    metadata = model["metadata"]
    signing_name = metadata.get("signingName", metadata["endpointPrefix"])
    others = set()
    rules = os.path.join(path, "endpoint-rule-set-1.json.gz")
    if os.path.exists(rules):
        collect_signing_names(read_json(rules), others)
    protocols = protocols_of(metadata)
    shapes = Shapes(model["shapes"], protocols, query_names)
    operations = {name: operation_of(operation, shapes) for name, operation in sorted(model["operations"].items())}
    shapes.merge_equal(operations)
    return {
        "id": name,
        "title": metadata["serviceId"],
        "signing_name": signing_name,
        "endpoint_prefix": metadata["endpointPrefix"],
        "api_version": metadata["apiVersion"],
        "target_prefix": metadata.get("targetPrefix", ""),
        "other_signing_names": sorted(others - {signing_name}),
        "protocols": protocols,
        "shapes": shapes.rows,
        "operations": operations,
    }


def collect_signing_names(node, found):
    if isinstance(node, dict):
        if isinstance(node.get("signingName"), str):
            found.add(node["signingName"])
        for child in node.values():
            collect_signing_names(child, found)
    elif isinstance(node, list):
        for child in node:
            collect_signing_names(child, found)


def protocols_of(metadata):
    """In the words of PROTOCOLS. A service that is compatible with Query is still called in it by older clients."""
    spoken = {metadata["protocol"], *metadata.get("protocols", [])}
    if "awsQueryCompatible" in metadata:
        spoken.add("query")
    if "json" in spoken:
        spoken.add("json-" + metadata["jsonVersion"])
    return [protocol for protocol in PROTOCOLS if protocol in spoken]


def operation_of(operation, shapes):
    given = operation.get("input")
    root = ""
    if given and "rest-xml" in shapes.protocols:
        structure = shapes.models[given["shape"]]
        payload = structure.get("payload")
        root = structure["members"][payload].get("locationName", payload) if payload else given.get("locationName", "")
    return {
        "method": operation["http"]["method"],
        "uri": operation["http"]["requestUri"],
        "xml_root": root,
        "input": shapes.number_of(given["shape"]) if given else None,
        "anonymous": operation.get("authtype") == "none",
        "deprecated": bool(operation.get("deprecated")),
    }


class Shapes:
    """The shapes that inputs reach, without their names. The first are the scalars, one a kind."""

    def __init__(self, models, protocols, query_names):
        self.models, self.protocols, self.query_names = models, protocols, query_names
        self.ec2 = "ec2" in protocols
        self.rows = [{"kind": kind} for kind in SCALARS]
        self.numbers = {}

    def number_of(self, name, flattened=False):
        """`flattened` may stand with the shape or with the member that refers to it."""
        shape = self.models[name]
        kind = KIND_OF.get(shape["type"], shape["type"])
        if shape.get("document") or shape.get("eventstream"):
            kind = "document" if shape.get("document") else "event_stream"
        if kind in SCALARS:
            return SCALARS.index(kind)
        if kind != "structure":
            flattened = bool(flattened or shape.get("flattened") or (kind == "list" and self.ec2))
        if (name, flattened) not in self.numbers:
            self.numbers[name, flattened] = len(self.rows)
            row = {"kind": kind}
            self.rows.append(row)
            row.update(self.parts(kind, name, shape, flattened))
        return self.numbers[name, flattened]

    def parts(self, kind, name, shape, flattened):
        if kind == "structure":
            return {"members": [self.member(name, shape, member) for member in shape["members"]]}
        names = self.query_names.get(name, {})

        def part(field, name, wire):
            wire = shape[field].get("locationName", wire)
            number = self.number_of(shape[field]["shape"], shape[field].get("flattened"))
            return [name, wire, names.get(field, "" if self.ec2 else wire), number, "body", []]

        if kind == "map":
            return {"flattened": flattened, "element": part("value", "value", "value"), "key": part("key", "key", "key")}
        # A flattened list goes under the name of its elements in the Query protocol, where they have one.
        return {"flattened": flattened, "element": part("member", "member", "" if flattened else "member")}

    def member(self, owner, shape, name):
        field = shape["members"][name]
        wire = field.get("locationName", name)
        query = self.query_names.get(owner, {}).get(name, wire)
        if self.ec2:
            query = field.get("queryName") or (wire[0].upper() + wire[1:] if "locationName" in field else name)
        location = "payload" if shape.get("payload") == name else field.get("location", "body")
        target = self.models[field["shape"]]
        set_flags = {
            "required": name in shape.get("required", ()),
            "streaming": bool(field.get("streaming") or target.get("streaming") or target.get("eventstream")),
            "xml_attribute": bool(field.get("xmlAttribute")),
        }
        number = self.number_of(field["shape"], field.get("flattened"))
        return [name, wire, query, number, location, [flag for flag in MEMBER_FLAGS if set_flags[flag]]]

    def merge_equal(self, operations):
        """Equal shapes become one, until there are none."""
        while True:
            first, kept, numbers = {}, [], []
            for row in self.rows:
                content = json.dumps(row)
                if content not in first:
                    first[content] = len(kept)
                    kept.append(row)
                numbers.append(first[content])
            if len(kept) == len(self.rows):
                return
            self.rows = kept
            for row in kept:
                for member in members_of(row):
                    member[3] = numbers[member[3]]
            for operation in operations.values():
                if operation["input"] is not None:
                    operation["input"] = numbers[operation["input"]]


def members_of(row):
    return row.get("members", [row[part] for part in ("element", "key") if part in row])


def pack(services, path):
    """One section of strings for all, one of numbers that lists the services, and one for each service."""
    strings, index, models = Strings([""]), [len(services)], []
    for service in services:
        index += [strings(service[field]) for field in TEXTS]
        index.append(sum(1 << PROTOCOLS.index(protocol) for protocol in service["protocols"]))
        index += [len(service["other_signing_names"])] + [strings(name) for name in service["other_signing_names"]]
    for service in services:
        models.append(leb128(numbers_for(service, strings)))
    write(path, [strings.pack(), leb128(index), *models])


TEXTS = ["id", "title", "signing_name", "endpoint_prefix", "api_version", "target_prefix"]


def numbers_for(service, strings):
    rows = service["shapes"][len(SCALARS):]
    out = [len(rows), sum(len(members_of(row)) for row in rows)]
    for row in rows:
        members = members_of(row)
        out.append(KINDS.index(row["kind"]) | row.get("flattened", False) << 2 | len(members) << 3)
        for name, wire, query, shape, location, flags in members:
            bits = LOCATIONS.index(location) | sum(8 << MEMBER_FLAGS.index(flag) for flag in flags)
            out += [strings(name), shape, bits | (wire != name) << 6 | (query != wire) << 7]
            out += [strings(wire)] if wire != name else []
            out += [strings(query)] if query != wire else []
    out.append(len(service["operations"]))
    for name, operation in service["operations"].items():
        plain = (operation["method"], operation["uri"]) == PLAIN
        flags = operation["anonymous"] | operation["deprecated"] << 1 | (not plain) << 2 | bool(operation["xml_root"]) << 3
        out += [strings(name), flags, 0 if operation["input"] is None else 1 + operation["input"]]
        out += [] if plain else [strings(operation["method"]), strings(operation["uri"])]
        out += [strings(operation["xml_root"])] if operation["xml_root"] else []
    return out


def unpack(path):
    first, index, *models = sections(path)
    strings, take = strings_of(first), numbers_of(index).__next__
    services = []
    for model in models[: take()]:
        service = {field: strings[take()] for field in TEXTS}
        protocols = take()
        service["other_signing_names"] = [strings[take()] for _ in range(take())]
        service["protocols"] = [name for bit, name in enumerate(PROTOCOLS) if protocols >> bit & 1]
        services.append(service | model_from(numbers_of(model), strings))
    return services


def model_from(numbers, strings):
    take = numbers.__next__

    def member():
        name, shape, bits = strings[take()], take(), take()
        wire = strings[take()] if bits >> 6 & 1 else name
        query = strings[take()] if bits >> 7 & 1 else wire
        flags = [flag for bit, flag in enumerate(MEMBER_FLAGS) if bits >> 3 + bit & 1]
        return [name, wire, query, shape, LOCATIONS[bits & 7], flags]

    def row():
        bits = take()
        shape, members = {"kind": KINDS[bits & 3]}, [member() for _ in range(bits >> 3)]
        if shape["kind"] == "structure":
            return shape | {"members": members}
        return shape | {"flattened": bool(bits >> 2 & 1)} | dict(zip(("element", "key"), members))

    def operation():
        flags, given = take(), take()
        method, uri = (strings[take()], strings[take()]) if flags >> 2 & 1 else PLAIN
        return {"method": method, "uri": uri, "xml_root": strings[take()] if flags >> 3 & 1 else "",
                "input": given - 1 if given else None, "anonymous": bool(flags & 1), "deprecated": bool(flags >> 1 & 1)}

    count, _ = take(), take()
    shapes = [{"kind": kind} for kind in SCALARS] + [row() for _ in range(count)]
    return {"shapes": shapes, "operations": {strings[take()]: operation() for _ in range(take())}}


def listing(services):
    for service in services:
        name = service["id"]
        yield (f"requests {name} '{service['title']}' {service['signing_name']} {service['endpoint_prefix']} "
               f"{service['api_version']} {service['target_prefix']} {' '.join(service['protocols'])} "
               f"{' '.join(service['other_signing_names'])}".rstrip())
        for operation, row in service["operations"].items():
            flags = "".join(" " + flag for flag in ("anonymous", "deprecated") if row[flag])
            yield f"  {name} request {operation} {row['method']} {row['uri']} {row['input']} {row['xml_root']}{flags}".rstrip()
        for number, row in enumerate(service["shapes"]):
            for member in members_of(row):
                yield f"  {name} request shape {number} {row['kind']}{' flattened' * row.get('flattened', False)} {json.dumps(member)}"
