"""Builds every table from the unpacked packages, writes it, and proves that it reads back as what was built.

usage: tables.py SOURCES DATA, where SOURCES holds iam-data, iam-data-older, managed-policies, client-iam, client-sts
and botocore, and DATA is the folder data/ of the project.
"""

import os
import sys

import api_models
import authorization
import managed_policies
import request_models


def main(sources, data):
    facts, packed = os.path.join(data, "facts"), os.path.join(data, "packed")

    def source(name):
        return os.path.join(sources, name)

    reference = authorization.build(source("iam-data"), source("iam-data-older"), facts)
    path = os.path.join(packed, "authorization.zst")
    authorization.pack(reference, path)
    assert authorization.unpack(path) == reference
    names = action_names(reference)

    policies = managed_policies.build(source("managed-policies"), facts)
    path = os.path.join(packed, "managed_policies.zst")
    managed_policies.pack(policies, names, path)
    assert managed_policies.unpack(path, names) == policies
    with open(os.path.join(data, "managed_policies.sha256"), "w") as file:
        file.writelines(line + "\n" for line in managed_policies.digests(policies))

    clients = {"iam": source("client-iam"), "sts": source("client-sts")}
    models = api_models.build(source("botocore"), clients, facts)
    path = os.path.join(packed, "api_models.zst")
    api_models.pack(models, path)
    assert api_models.unpack(path) == models

    requests = request_models.build(source("botocore"), facts)
    path = os.path.join(packed, "request_models.zst")
    request_models.pack(requests, path)
    assert request_models.unpack(path) == requests

    print(f"services {len(reference['services'])}, actions {len(names)}, "
          f"resource types {sum(len(service['resource_types']) for service in reference['services'])}, "
          f"condition keys {len(reference['condition_keys'])}, policies {len(policies)}, "
          f"operations {sum(len(model['operations']) for model in models)}, "
          f"request models {len(requests)} with {sum(len(model['operations']) for model in requests)} operations")
    for name in sorted(os.listdir(packed)):
        print(f"{os.path.getsize(os.path.join(packed, name)):>9} {name}")


def action_names(reference):
    return [action[0] for service in reference["services"] for action in service["actions"]]


if __name__ == "__main__":
    main(*sys.argv[1:])
