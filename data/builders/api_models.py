"""The operation models of IAM, STS, Organizations and Access Analyzer.

botocore's service models are the source; what only the newer AWS SDK has is added from its schemas, with the
limits of data/facts/newer_api.json, since the schemas hold none.
"""

import gzip
import json
import os
import subprocess

from packing import Strings, leb128, read, write

SERVICES = ["iam", "sts", "organizations", "accessanalyzer"]
PROTOCOLS = {"query": 0, "json": 1, "rest-json": 2}
TYPES = ["structure", "list", "map", "string", "integer", "long", "double", "boolean", "timestamp", "blob"]
LOCATIONS = [None, "uri", "querystring", "header"]
FLAGS = ["flattened", "sensitive", "union", "epoch", "min", "max"]


def build(botocore, sdk_packages, facts):
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(facts, "newer_api.json")) as file:
        newer = json.load(file)
    services = []
    for service in SERVICES:
        model, paginated = load(os.path.join(botocore, "botocore", "data", service))
        if service in sdk_packages:
            command = ["node", os.path.join(here, "sdk_schema.mjs"), sdk_packages[service]]
            schema = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
            add_newer(model, schema, newer.get(service, {}))
        services.append(table_of(model, paginated))
    return sorted(services, key=lambda service: service["name"])


def load(folder):
    version = max(os.listdir(folder))
    path = os.path.join(folder, version, "service-2.json.gz")
    with gzip.open(path) as file:
        model = json.load(file)
    with open(os.path.join(folder, version, "paginators-1.json")) as file:
        return model, set(json.load(file)["pagination"])


def add_newer(model, schema, facts):
    """Adds the operations, members and errors of the SDK's schema that botocore's model lacks."""
    shapes = model["shapes"]
    shapes.update(facts.get("shapes", {}))
    limits = facts.get("members", {})

    def shape_for(owner, member, described):
        known = limits.get(f"{owner}.{member}")
        if known:
            return known
        name = described.get("target")
        if described["type"] == "structure":
            return name
        if name is None:
            name = f"{owner}{member}Type"
        if name not in shapes:
            shapes[name] = {"type": described["type"]}
            if described.get("sensitive"):
                shapes[name]["sensitive"] = True
            for part, field in (("element", "member"), ("key", "key"), ("value", "value")):
                if part in described:
                    shapes[name][field] = {"shape": shape_for(name, part.capitalize(), described[part])}
        return name

    for name, shape in schema["shapes"].items():
        target = shapes.setdefault(name, {"type": "structure", "members": {}, "required": list(shape["members"])[: shape["required"]]})
        if "error" in shape and "exception" not in target:
            target.update(exception=True, error={"code": shape["error"][0], "httpStatusCode": shape["error"][1]})
        for member, described in shape["members"].items():
            if not any(member.lower() == known.lower() for known in target["members"]):
                target["members"][member] = {"shape": shape_for(name, member, described)}
    for name, operation in schema["operations"].items():
        row = model["operations"].setdefault(
            name,
            {
                "name": name,
                "http": {"method": "POST", "requestUri": "/"},
                "input": {"shape": operation["input"]},
                "output": {"shape": operation["output"], "resultWrapper": name + "Result"},
            },
        )
        known = {error["shape"] for error in row.get("errors", [])}
        new = [error for error in operation["errors"] if error in schema["shapes"] and error not in known]
        row["errors"] = row.get("errors", []) + [{"shape": error} for error in new]


def table_of(model, paginated):
    metadata, shapes = model["metadata"], model["shapes"]
    protocol = metadata["protocol"]
    errors = {name: error_of(name, shape) for name, shape in sorted(shapes.items()) if shape.get("exception")}
    return {
        "name": metadata.get("signingName", metadata["endpointPrefix"]),
        "api_version": metadata["apiVersion"],
        "xml_namespace": metadata.get("xmlNamespace", ""),
        "target_prefix": metadata.get("targetPrefix", ""),
        "protocol": protocol,
        "shapes": {name: shape_of(shape, shapes, protocol) for name, shape in sorted(shapes.items())},
        "errors": errors,
        "operations": {
            name: {
                "method": operation["http"]["method"],
                "uri": operation["http"]["requestUri"],
                "status": operation["http"].get("responseCode", 200),
                "input": operation.get("input", {}).get("shape"),
                "output": operation.get("output", {}).get("shape"),
                "result_wrapper": operation.get("output", {}).get("resultWrapper", ""),
                "errors": [error["shape"] for error in operation.get("errors", [])],
                "paginated": name in paginated,
                "unsigned": operation.get("authtype") == "none",
            }
            for name, operation in sorted(model["operations"].items())
        },
    }


def error_of(name, shape):
    error = shape.get("error", {})
    return [error.get("code", name), error.get("httpStatusCode", 500 if shape.get("fault") else 400)]


def shape_of(shape, shapes, protocol):
    kind = {"float": "double"}.get(shape["type"], shape["type"])
    row = {"type": kind}
    for name in ("min", "max", "pattern", "sensitive", "union", "flattened"):
        if shape.get(name) is not None and shape[name] is not False:
            row[name] = shape[name]
    if "enum" in shape:
        row["enum"] = shape["enum"]
    if kind == "timestamp" and shape.get("timestampFormat", "iso8601" if protocol == "query" else "unix") != "iso8601":
        row["epoch"] = True

    def member(name, field):
        wire = field.get("locationName", name)
        sensitive = bool(field.get("sensitive") or shapes[field["shape"]].get("sensitive"))
        return [name, wire, field["shape"], name in shape.get("required", ()), sensitive, field.get("location")]

    if kind == "structure":
        row["members"] = [member(name, field) for name, field in shape.get("members", {}).items()]
    elif kind == "list":
        row["element"] = member("member", shape["member"])
    elif kind == "map":
        row["key"], row["element"] = member("key", shape["key"]), member("value", shape["value"])
    return row


def zigzag(number):
    return number << 1 if number >= 0 else (-number << 1) - 1


def pack(services, path):
    strings, out = Strings([""]), [len(services)]
    for service in services:
        out += [strings(service[field]) for field in ("name", "api_version", "xml_namespace", "target_prefix")]
        out.append(PROTOCOLS[service["protocol"]])
        shape_index = {name: index for index, name in enumerate(service["shapes"])}

        def member(row):
            name, wire, shape, required, sensitive, location = row
            flags = required | sensitive << 1 | LOCATIONS.index(location) << 2
            return [strings(name), strings(wire), shape_index[shape], flags]

        out.append(len(shape_index))
        for name, shape in service["shapes"].items():
            flags = sum((flag in shape) << bit for bit, flag in enumerate(FLAGS))
            out += [strings(name), TYPES.index(shape["type"]), flags]
            out += [zigzag(shape[limit]) for limit in ("min", "max") if limit in shape]
            out += [strings(shape.get("pattern", "")), len(shape.get("enum", ()))]
            out += [strings(value) for value in shape.get("enum", ())]
            members = shape.get("members", [shape[part] for part in ("element", "key") if part in shape])
            out.append(len(members))
            for row in members:
                out += member(row)
        error_index = {name: index for index, name in enumerate(service["errors"])}
        out.append(len(error_index))
        for name, (code, status) in service["errors"].items():
            out += [shape_index[name], strings(code), status]
        out.append(len(service["operations"]))
        for name, operation in service["operations"].items():
            out += [strings(name), strings(operation["method"]), strings(operation["uri"]), operation["status"]]
            for part in ("input", "output"):
                out.append(0 if operation[part] is None else 1 + shape_index[operation[part]])
            out += [strings(operation["result_wrapper"]), operation["paginated"] | operation["unsigned"] << 1]
            out += [len(operation["errors"])] + [error_index[error] for error in operation["errors"]]
    write(path, [strings.pack(), leb128(out)])


def unpack(path):
    ((strings, numbers),) = read(path)
    take = numbers.__next__

    def text():
        return strings[take()]

    def limit():
        number = take()
        return -(number + 1 >> 1) if number & 1 else number >> 1

    services = []
    for _ in range(take()):
        service = {field: text() for field in ("name", "api_version", "xml_namespace", "target_prefix")}
        protocol = take()
        service["protocol"] = next(name for name, number in PROTOCOLS.items() if number == protocol)
        shapes, names = {}, []
        for _ in range(take()):
            name, kind, flags = text(), TYPES[take()], take()
            shape = {"type": kind}
            for bit, flag in enumerate(FLAGS):
                if flags >> bit & 1:
                    shape[flag] = limit() if flag in ("min", "max") else True
            pattern, values = text(), [text() for _ in range(take())]
            if pattern:
                shape["pattern"] = pattern
            if values:
                shape["enum"] = values
            members = []
            for _ in range(take()):
                row, bits = [text(), text(), take()], take()
                members.append(row + [bool(bits & 1), bool(bits & 2), LOCATIONS[bits >> 2]])
            if kind == "structure":
                shape["members"] = members
            else:
                shape.update(zip(("element", "key"), members))
            shapes[name] = shape
            names.append(name)
        for shape in shapes.values():
            for row in shape.get("members", [shape[part] for part in ("element", "key") if part in shape]):
                row[2] = names[row[2]]
        service["shapes"] = shapes
        service["errors"] = {names[take()]: [text(), take()] for _ in range(take())}
        error_names, service["operations"] = list(service["errors"]), {}
        for _ in range(take()):
            name = text()
            row = {"method": text(), "uri": text(), "status": take()}
            for part in ("input", "output"):
                index = take()
                row[part] = names[index - 1] if index else None
            row["result_wrapper"], flags = text(), take()
            row["errors"] = [error_names[take()] for _ in range(take())]
            row["paginated"], row["unsigned"] = bool(flags & 1), bool(flags & 2)
            service["operations"][name] = row
        services.append(service)
    return services


def listing(services):
    for service in services:
        prefix = service["name"]
        yield f"api {prefix} {service['api_version']} {service['protocol']} {service['xml_namespace']}{service['target_prefix']}"
        for name, operation in service["operations"].items():
            yield (
                f"  {prefix} operation {name} {operation['method']} {operation['uri']} {operation['status']} "
                f"{operation['input']} -> {operation['output']} {operation['result_wrapper']}"
                f"{' paginated' if operation['paginated'] else ''}{' unsigned' if operation['unsigned'] else ''}"
            )
            for error in operation["errors"]:
                yield f"    {prefix} {name} error {error}"
        for name, (code, status) in service["errors"].items():
            yield f"  {prefix} error {name} {code} {status}"
        for name, shape in service["shapes"].items():
            rest = {key: value for key, value in shape.items() if key not in ("members", "element", "key", "type")}
            yield f"  {prefix} shape {name} {shape['type']} {json.dumps(rest, sort_keys=True)}"
            for row in shape.get("members", [shape[part] for part in ("element", "key") if part in shape]):
                yield f"    {prefix} {name} {json.dumps(row)}"
