// What the tests begin with: a running writ, which scripts/with-writ starts, and its root user from the environment.
import assert from "node:assert/strict";

import {
    CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient, PutRolePolicyCommand, PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

export const iam = new IAMClient();
export const account = (await new STSClient().send(new GetCallerIdentityCommand())).Account;

let uniqueNames = 0;
export const unique = (prefix) => `${prefix}-${process.pid}-${++uniqueNames}`;

export const arn = (kind, name) => `arn:aws:iam::${account}:${kind}/${name}`;
export const policy = (...statements) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (Action, more = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
export const trust = (Principal, Action = "sts:AssumeRole") => policy({ Effect: "Allow", Principal, Action });

/** The inline policy "grants" of a user. */
export const permit = (user, ...statements) => iam.send(new PutUserPolicyCommand(
    { UserName: user, PolicyName: "grants", PolicyDocument: policy(...statements) }));

/** A user with an access key and these statements as its inline policy: its name and its credentials. */
export async function newUser(...statements) {
    const name = unique("user");
    await iam.send(new CreateUserCommand({ UserName: name }));
    if (statements.length > 0) await permit(name, ...statements);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return { name, credentials: { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey } };
}

/** A role that the account trusts for the actions, with these statements as its inline policy. */
export async function newRole(trusted, ...statements) {
    const name = unique("role");
    const { Role } = await iam.send(new CreateRoleCommand(
        { RoleName: name, AssumeRolePolicyDocument: trust({ AWS: account }, trusted) }));
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "grants", PolicyDocument: policy(...statements) }));
    return Role;
}

/** The items of all pages. */
export async function all(pages, member) {
    const items = [];
    for await (const page of pages) items.push(...page[member]);
    return items;
}

/** Wants the call refused with this name and status, and gives the error. */
export async function refused(call, name, status) {
    const error = await call.then(() => assert.fail(`${name} was expected`), (caught) => caught);
    assert.equal(error.name, name, error.stack);
    assert.equal(error.$metadata.httpStatusCode, status);
    assert.ok(error.$metadata.requestId);
    return error;
}

/** Wants an error of the class that the SDK made from the model, and gives it. */
export async function fails(call, type, status) {
    const error = await call.then(() => assert.fail(`${type.name} was expected`), (caught) => caught);
    assert.ok(error instanceof type, error.stack);
    assert.equal(error.$metadata.httpStatusCode, status);
    return error;
}
