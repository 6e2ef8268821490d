import assert from "node:assert/strict";
import { test } from "node:test";

import { DeleteRolePolicyCommand, IAMClient, ListRolesCommand, ListUsersCommand } from "@aws-sdk/client-iam";
import {
    AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand, MalformedPolicyDocumentException, STSClient,
} from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";

import { account, allow, arn, fails, iam, newRole, newUser, permit, policy, refused } from "./world.js";

const region = process.env.AWS_REGION;

test("a role is assumed by the provider of the SDK", async () => {
    const role = await newRole(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
        allow("iam:List*", { Condition: { StringEquals: { "aws:PrincipalTag/team": "billing" } } }));
    const user = await newUser(allow(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]));
    const credentials = fromTemporaryCredentials({
        masterCredentials: user.credentials,
        clientConfig: { region },
        params: {
            RoleArn: role.Arn, RoleSessionName: "tests", DurationSeconds: 1200, Policy: policy(allow("iam:ListRoles")),
            SourceIdentity: "ada", Tags: [{ Key: "team", Value: "billing" }], TransitiveTagKeys: ["team"],
        },
    });
    const who = await new STSClient({ credentials }).send(new GetCallerIdentityCommand());
    assert.equal(who.Arn, `arn:aws:sts::${account}:assumed-role/${role.RoleName}/tests`);
    assert.equal(who.UserId, `${role.RoleId}:tests`);
    const left = ((await credentials()).expiration - Date.now()) / 1000;
    assert.ok(left > 1140 && left <= 1200, `expires in ${left} s`);

    const theirs = new IAMClient({ credentials });
    await theirs.send(new ListRolesCommand());
    const denial = await refused(theirs.send(new ListUsersCommand()), "AccessDenied", 403);
    assert.match(denial.message, /because no session policy allows the iam:ListUsers action/);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: role.RoleName, PolicyName: "grants" }));
    await refused(theirs.send(new ListRolesCommand()), "AccessDenied", 403); // Sessions that live lose it too.
});

test("what a role does not give", async () => {
    const role = await newRole("sts:AssumeRole", allow("iam:*"));
    const { name, credentials } = await newUser();
    const sts = new STSClient({ credentials });
    const assume = (more) => new AssumeRoleCommand({ RoleArn: role.Arn, RoleSessionName: "tests", ...more });
    const denial = await refused(sts.send(assume()), "AccessDenied", 403);
    assert.ok(denial.message.startsWith(`User: ${arn("user", name)} is not authorized to perform: sts:AssumeRole`));
    await permit(name, allow("sts:AssumeRole"));
    await refused(sts.send(assume({ DurationSeconds: 7200 })), "ValidationError", 400); // Beyond MaxSessionDuration.
    await fails(sts.send(assume({ Policy: "{" })), MalformedPolicyDocumentException, 400);
    assert.ok((await sts.send(assume())).Credentials.SessionToken);
    await refused(new STSClient().send(assume()), "AccessDenied", 403); // Root may not.
});

test("a session of a user", async () => {
    const { name, credentials } = await newUser(allow("iam:*"));
    const { Credentials: session } = await new STSClient({ credentials }).send(
        new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const narrowed = {
        credentials: {
            accessKeyId: session.AccessKeyId, secretAccessKey: session.SecretAccessKey, sessionToken: session.SessionToken,
        },
    };
    const sts = new STSClient(narrowed);
    assert.equal((await sts.send(new GetCallerIdentityCommand())).Arn, arn("user", name));
    await refused(sts.send(new GetSessionTokenCommand()), "AccessDenied", 403);
    await refused(new IAMClient(narrowed).send(new ListUsersCommand()), "InvalidClientTokenId", 403); // Not without MFA.
});
