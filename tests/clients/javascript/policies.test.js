import assert from "node:assert/strict";
import { test } from "node:test";

import {
    AddRoleToInstanceProfileCommand, AttachRolePolicyCommand, AttachUserPolicyCommand, CreateInstanceProfileCommand,
    CreatePolicyCommand, CreatePolicyVersionCommand, CreateRoleCommand, CreateUserCommand, DeleteConflictException,
    DeleteInstanceProfileCommand, DeletePolicyCommand, DeletePolicyVersionCommand, DeleteRoleCommand, DeleteUserCommand,
    DetachRolePolicyCommand, DetachUserPolicyCommand, GetPolicyVersionCommand, GetRoleCommand, GetUserCommand, IAMClient,
    ListRolesCommand, MalformedPolicyDocumentException, NoSuchEntityException, paginateGetAccountAuthorizationDetails,
    paginateListEntitiesForPolicy, paginateListPolicies, PutUserPermissionsBoundaryCommand,
    RemoveRoleFromInstanceProfileCommand, waitUntilInstanceProfileExists, waitUntilPolicyExists, waitUntilRoleExists,
} from "@aws-sdk/client-iam";

import { all, allow, fails, iam, newRole, newUser, policy, refused, trust, unique } from "./world.js";

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const patience = { client: iam, maxWaitTime: 10 };

test("a role from beginning to end", async () => {
    const name = unique("role"), profile = unique("profile");
    const document = trust({ Service: "ec2.amazonaws.com" });
    const { Role: made } = await iam.send(new CreateRoleCommand(
        { RoleName: name, AssumeRolePolicyDocument: document, Description: "for machines", MaxSessionDuration: 7200 }));
    assert.equal((await waitUntilRoleExists(patience, { RoleName: name })).state, "SUCCESS");
    const { Role: got } = await iam.send(new GetRoleCommand({ RoleName: name }));
    assert.deepEqual([got.RoleId, got.MaxSessionDuration], [made.RoleId, 7200]);
    assert.equal(decodeURIComponent(got.AssumeRolePolicyDocument), document);

    const both = { InstanceProfileName: profile, RoleName: name };
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile }));
    await iam.send(new AddRoleToInstanceProfileCommand(both));
    const waited = await waitUntilInstanceProfileExists(patience, { InstanceProfileName: profile });
    assert.equal(waited.state, "SUCCESS");
    await fails(iam.send(new DeleteRoleCommand({ RoleName: name })), DeleteConflictException, 409);
    await iam.send(new RemoveRoleFromInstanceProfileCommand(both));
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: profile }));
    await iam.send(new DeleteRoleCommand({ RoleName: name }));
    await fails(iam.send(new GetRoleCommand({ RoleName: name })), NoSuchEntityException, 404);
});

test("a policy, its versions and whom it is attached to", async () => {
    const { Policy: { Arn: arn } } = await iam.send(new CreatePolicyCommand(
        { PolicyName: unique("policy"), PolicyDocument: policy(allow("s3:GetObject")) }));
    assert.equal((await waitUntilPolicyExists(patience, { PolicyArn: arn })).state, "SUCCESS");
    const { PolicyVersion: second } = await iam.send(new CreatePolicyVersionCommand(
        { PolicyArn: arn, PolicyDocument: policy(allow("s3:PutObject")), SetAsDefault: true }));
    assert.deepEqual([second.VersionId, second.IsDefaultVersion], ["v2", true]);
    const { PolicyVersion: read } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: "v2" }));
    assert.equal(decodeURIComponent(read.Document), policy(allow("s3:PutObject")));
    await fails(iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: "v2" })), DeleteConflictException, 409);

    const { name: user } = await newUser();
    const { RoleName: role } = await newRole("sts:AssumeRole", allow("s3:*"));
    await iam.send(new AttachUserPolicyCommand({ UserName: user, PolicyArn: arn }));
    await iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: arn }));
    const pages = () => paginateListEntitiesForPolicy({ client: iam, pageSize: 1 }, { PolicyArn: arn });
    assert.deepEqual((await all(pages(), "PolicyUsers")).map((holder) => holder.UserName), [user]);
    assert.deepEqual((await all(pages(), "PolicyRoles")).map((holder) => holder.RoleName), [role]);
    await fails(iam.send(new DeletePolicyCommand({ PolicyArn: arn })), DeleteConflictException, 409);
    await iam.send(new DetachUserPolicyCommand({ UserName: user, PolicyArn: arn }));
    await iam.send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: arn }));
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn: arn, VersionId: "v1" }));
    await iam.send(new DeletePolicyCommand({ PolicyArn: arn }));
});

test("malformed policies, and those of AWS", async () => {
    await fails(iam.send(new CreatePolicyCommand({ PolicyName: unique("bad"), PolicyDocument: "{" })),
        MalformedPolicyDocumentException, 400);
    const managed = await all(paginateListPolicies({ client: iam, pageSize: 300 }, { Scope: "AWS" }), "Policies");
    const arns = new Set(managed.map((found) => found.Arn));
    assert.equal(arns.size, managed.length);
    assert.ok(arns.size > 1000 && arns.has(READ_ONLY));
    const { name, credentials } = await newUser();
    await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn: READ_ONLY }));
    const theirs = new IAMClient({ credentials });
    assert.equal((await theirs.send(new GetUserCommand())).User.UserName, name);
    await refused(theirs.send(new CreateUserCommand({ UserName: unique("user") })), "AccessDenied", 403);
});

test("a boundary limits", async () => {
    const { name, credentials } = await newUser(allow("iam:*"));
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: name, PermissionsBoundary: READ_ONLY }));
    const theirs = new IAMClient({ credentials });
    await theirs.send(new ListRolesCommand());
    await refused(theirs.send(new DeleteUserCommand({ UserName: name })), "AccessDenied", 403);
});

test("everything of the account in pages", async () => {
    const { name } = await newUser(allow("s3:*"));
    const users = await all(paginateGetAccountAuthorizationDetails({ client: iam, pageSize: 2 }, { Filter: ["User"] }),
        "UserDetailList");
    const found = users.filter((user) => user.UserName === name);
    assert.equal(found.length, 1);
    assert.equal(decodeURIComponent(found[0].UserPolicyList[0].PolicyDocument), policy(allow("s3:*")));
});
