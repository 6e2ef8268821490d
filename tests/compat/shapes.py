"""Answers on the wire against the models of botocore: nothing that the model does not know, nothing missing, and every
value of the type and among the words that the model names."""
import json
import re
import xml.etree.ElementTree

XML_VALUES = {
    "boolean": re.compile(r"true|false"),
    "integer": re.compile(r"-?\d+"),
    "long": re.compile(r"-?\d+"),
    "timestamp": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
}
JSON_VALUES = {
    "structure": dict, "map": dict, "list": list, "string": str, "boolean": bool, "integer": int, "long": int,
    "timestamp": (int, float, str), "double": (int, float), "float": (int, float), "blob": str,
}

# Where the service itself leaves its model: (what would be a fault, in answers that match).
AWS_LEAVES_ITS_MODEL = (
    (re.compile(r"GetUser\.User\.(Path|UserName) is missing"), re.compile(rb":root</Arn>")),  # Spec B5.
    # The examples of the API reference have these words (spec B35).
    (re.compile(r"Simulate\w+Policy\..*\.SourcePolicyType is (IAM|Permissions Boundary|Resource) Policy,.*"), re.compile(b"")),
)


def faults_of(operation_model, body):
    """What is wrong with the successful answer `body` (bytes) of an operation: sentences, none if it is right."""
    return [fault for fault in all_faults_of(operation_model, body)
            if not any(known.fullmatch(fault) and answers.search(body) for known, answers in AWS_LEAVES_ITS_MODEL)]


def all_faults_of(operation_model, body):
    if operation_model.service_model.metadata["protocol"] == "query":
        return list(faults_of_query_answer(operation_model, body))
    if operation_model.output_shape is None:
        return [] if body in (b"", b"{}") else [f"{operation_model.name} has an answer"]
    return list(faults_of_json(json.loads(body or b"{}"), operation_model.output_shape, operation_model.name))


def faults_of_query_answer(operation_model, body):
    name, shape = operation_model.name, operation_model.output_shape
    root = xml.etree.ElementTree.fromstring(body)
    parts = {local_name(part): part for part in root}
    expected = {"ResponseMetadata"} | ({shape.serialization["resultWrapper"]} if shape is not None else set())
    if local_name(root) != f"{name}Response" or set(parts) != expected:
        yield f"{name} is answered by {local_name(root)} of {sorted(parts)}"
    elif shape is not None:
        yield from faults_of_xml(parts[shape.serialization["resultWrapper"]], shape, name)


def local_name(element):
    return element.tag.rsplit("}", 1)[-1]


def faults_of_xml(element, shape, path):
    if shape.type_name == "structure":
        known = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}
        present = set()
        for child in element:
            tag = local_name(child)
            if tag not in known or known[tag][0] in present:
                yield f"{path}.{tag} is {'there twice' if tag in known else 'not in the model'}"
                continue
            present.add(known[tag][0])
            yield from faults_of_xml(child, known[tag][1], f"{path}.{tag}")
        yield from (f"{path}.{name} is missing" for name in shape.required_members if name not in present)
    elif shape.type_name == "list":
        for child in element:
            if local_name(child) != shape.member.serialization.get("name", "member"):
                yield f"{path} has a {local_name(child)}"
            yield from faults_of_xml(child, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for entry in element:
            if [local_name(part) for part in entry] != ["key", "value"]:
                yield f"{path} has a {local_name(entry)} that is no pair"
            else:
                yield from faults_of_xml(entry[0], shape.key, f"{path} key")
                yield from faults_of_xml(entry[1], shape.value, f"{path}.{entry[0].text}")
    elif len(element) > 0 or not XML_VALUES.get(shape.type_name, re.compile(".*", re.S)).fullmatch(element.text or ""):
        yield f"{path} is no {shape.type_name}: {element.text}"
    else:
        yield from faults_of_word(element.text or "", shape, path)


def faults_of_json(value, shape, path):
    expected = JSON_VALUES[shape.type_name]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        yield f"{path} is no {shape.type_name}: {value}"
    elif shape.type_name == "structure":
        inside = {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()
                  if "location" not in member.serialization}
        for key, part in value.items():
            if key in inside:
                yield from faults_of_json(part, inside[key][1], f"{path}.{key}")
            else:
                yield f"{path}.{key} is not in the model"
        yield from (f"{path}.{name} is missing" for key, (name, _) in inside.items()
                    if name in shape.required_members and key not in value)
    elif shape.type_name == "list":
        for part in value:
            yield from faults_of_json(part, shape.member, f"{path}[]")
    elif shape.type_name == "map":
        for key, part in value.items():
            yield from faults_of_word(key, shape.key, f"{path} key")
            yield from faults_of_json(part, shape.value, f"{path}.{key}")
    elif isinstance(value, str):
        yield from faults_of_word(value, shape, path)


def faults_of_word(word, shape, path):
    words = getattr(shape, "enum", [])
    if words and word not in words:
        yield f"{path} is {word}, which is none of {', '.join(words)}"
