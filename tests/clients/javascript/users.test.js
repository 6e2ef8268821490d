import assert from "node:assert/strict";
import { test } from "node:test";

import {
    AddUserToGroupCommand, CreateAccessKeyCommand, CreateGroupCommand, CreateUserCommand, DeleteAccessKeyCommand,
    DeleteConflictException, DeleteGroupCommand, DeleteUserCommand, EntityAlreadyExistsException,
    GetAccessKeyLastUsedCommand, GetUserCommand, IAMClient, LimitExceededException, ListAccessKeysCommand,
    ListGroupsForUserCommand, ListUsersCommand, NoSuchEntityException, paginateGetGroup, paginateListUsers,
    RemoveUserFromGroupCommand, UpdateAccessKeyCommand, UpdateUserCommand, waitUntilUserExists,
} from "@aws-sdk/client-iam";

import { all, allow, arn, fails, iam, newUser, permit, refused, unique } from "./world.js";

test("a user from beginning to end", async () => {
    const name = unique("Ada");
    const { User: made } = await iam.send(new CreateUserCommand(
        { UserName: name, Path: "/math/", Tags: [{ Key: "team", Value: "engines" }] }));
    assert.equal(made.Arn, arn("user/math", name));
    assert.ok(Math.abs(Date.now() - made.CreateDate) < 60_000);
    const waited = await waitUntilUserExists({ client: iam, maxWaitTime: 10 }, { UserName: name });
    assert.equal(waited.state, "SUCCESS");
    const { User: got } = await iam.send(new GetUserCommand({ UserName: name }));
    assert.deepEqual(got, { ...made, Tags: [{ Key: "team", Value: "engines" }] });

    await fails(iam.send(new CreateUserCommand({ UserName: name.toUpperCase() })), EntityAlreadyExistsException, 409);
    await iam.send(new UpdateUserCommand({ UserName: name, NewUserName: `${name}2` }));
    const missing = await fails(iam.send(new GetUserCommand({ UserName: name })), NoSuchEntityException, 404);
    assert.equal(missing.message, `The user with name ${name} cannot be found.`);
    await iam.send(new DeleteUserCommand({ UserName: `${name}2` }));
});

test("a waiter gives up on a user that never comes", async () => {
    const patience = { client: iam, minDelay: 1, maxDelay: 1, maxWaitTime: 2 };
    await assert.rejects(waitUntilUserExists(patience, { UserName: "nobody" }), { name: "TimeoutError" });
});

test("pages have everybody once", async () => {
    const path = `/${unique("pages")}/`;
    const names = Array.from({ length: 11 }, () => unique("paged"));
    for (const name of names) await iam.send(new CreateUserCommand({ UserName: name, Path: path }));
    const users = await all(paginateListUsers({ client: iam, pageSize: 4 }, { PathPrefix: path }), "Users");
    assert.deepEqual(users.map((user) => user.UserName), names.toSorted());
});

test("what stands in the way of deleting a user", async () => {
    const { name, credentials } = await newUser();
    const conflict = await fails(iam.send(new DeleteUserCommand({ UserName: name })), DeleteConflictException, 409);
    assert.equal(conflict.message, "Cannot delete entity, must delete access keys first.");
    await iam.send(new DeleteAccessKeyCommand({ UserName: name, AccessKeyId: credentials.accessKeyId }));
    await iam.send(new DeleteUserCommand({ UserName: name }));
});

test("access keys open and close", async () => {
    const { name, credentials } = await newUser();
    const theirs = new IAMClient({ credentials });
    const denial = await refused(theirs.send(new ListUsersCommand()), "AccessDenied", 403);
    assert.ok(denial.message.startsWith(
        `User: ${arn("user", name)} is not authorized to perform: iam:ListUsers on resource: ${arn("user", "")} ` +
        "because no identity-based policy allows the iam:ListUsers action"), denial.message);
    await permit(name, allow("iam:ListUsers"));
    assert.ok((await theirs.send(new ListUsersCommand())).Users.length > 0); // The next request knows.

    const { AccessKey: second } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    await fails(iam.send(new CreateAccessKeyCommand({ UserName: name })), LimitExceededException, 409);
    const listed = await iam.send(new ListAccessKeysCommand({ UserName: name }));
    assert.equal(listed.AccessKeyMetadata.length, 2);
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: second.AccessKeyId }));
    assert.deepEqual([used.UserName, used.AccessKeyLastUsed.ServiceName], [name, "N/A"]);

    await iam.send(new UpdateAccessKeyCommand(
        { UserName: name, AccessKeyId: credentials.accessKeyId, Status: "Inactive" }));
    await refused(theirs.send(new ListUsersCommand()), "InvalidClientTokenId", 403);
    const wrong = new IAMClient({ credentials: { ...credentials, accessKeyId: second.AccessKeyId } });
    await refused(wrong.send(new ListUsersCommand()), "SignatureDoesNotMatch", 403);
});

test("groups and their members", async () => {
    const group = unique("group");
    await iam.send(new CreateGroupCommand({ GroupName: group }));
    const members = [];
    for (let number = 0; number < 3; ++number) {
        members.push((await newUser()).name);
        await iam.send(new AddUserToGroupCommand({ GroupName: group, UserName: members.at(-1) }));
    }
    const users = await all(paginateGetGroup({ client: iam, pageSize: 2 }, { GroupName: group }), "Users");
    assert.deepEqual(users.map((user) => user.UserName), members.toSorted());
    const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: members[0] }));
    assert.deepEqual(Groups.map((found) => found.GroupName), [group]);
    await fails(iam.send(new DeleteGroupCommand({ GroupName: group })), DeleteConflictException, 409);
    for (const name of members) {
        await iam.send(new RemoveUserFromGroupCommand({ GroupName: group, UserName: name }));
    }
    await iam.send(new DeleteGroupCommand({ GroupName: group }));
    await fails(iam.send(new DeleteGroupCommand({ GroupName: group })), NoSuchEntityException, 404);
});
