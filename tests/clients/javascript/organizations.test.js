import assert from "node:assert/strict";
import { test } from "node:test";

import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import {
    AttachPolicyCommand, AWSOrganizationsNotInUseException, ConstraintViolationException, CreateAccountCommand,
    CreateOrganizationalUnitCommand, CreateOrganizationCommand, CreatePolicyCommand, DeleteOrganizationalUnitCommand,
    DeleteOrganizationCommand, DeletePolicyCommand, DescribeCreateAccountStatusCommand, DescribeOrganizationCommand,
    DetachPolicyCommand, DuplicateOrganizationalUnitException, ListRootsCommand, MoveAccountCommand,
    OrganizationNotEmptyException, OrganizationsClient, paginateListOrganizationalUnitsForParent,
    paginateListPoliciesForTarget, PolicyInUseException,
} from "@aws-sdk/client-organizations";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";

import { account, all, allow, fails, newUser, policy, refused } from "./world.js";

const region = process.env.AWS_REGION;
const client = new OrganizationsClient();

test("an organization", async (whole) => {
    await fails(client.send(new DescribeOrganizationCommand()), AWSOrganizationsNotInUseException, 400);
    const { Organization: made } = await client.send(new CreateOrganizationCommand());
    assert.equal(made.MasterAccountId, account);
    const root = (await client.send(new ListRootsCommand())).Roots[0].Id;
    await whole.test("units and their pages", () => unitsAndTheirPages(root));
    await whole.test("policies that bind a member", () => policiesThatBindAMember(root));
    await fails(client.send(new DeleteOrganizationCommand()), OrganizationNotEmptyException, 400);
});

async function newUnit(parent, name) {
    const answer = await client.send(new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }));
    return answer.OrganizationalUnit.Id;
}

async function unitsAndTheirPages(root) {
    const units = [];
    for (let number = 0; number < 9; ++number) units.push(await newUnit(root, `unit-${number}`));
    await fails(newUnit(root, "unit-3"), DuplicateOrganizationalUnitException, 400);
    const pages = paginateListOrganizationalUnitsForParent({ client, pageSize: 4 }, { ParentId: root });
    const found = await all(pages, "OrganizationalUnits");
    assert.deepEqual(found.map((unit) => unit.Id).toSorted(), units.toSorted());
    for (const unit of units) await client.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: unit }));
}

async function newAccount(name) {
    const { CreateAccountStatus: asked } = await client.send(new CreateAccountCommand(
        { AccountName: name, Email: `${name}@example.com` }));
    const { CreateAccountStatus: done } = await client.send(new DescribeCreateAccountStatusCommand(
        { CreateAccountRequestId: asked.Id }));
    assert.equal(done.State, "SUCCEEDED");
    return done.AccountId;
}

/** IAM in a member, by the role that the management account has there. */
async function enter(member) {
    const admin = await newUser(allow("sts:AssumeRole"));
    return new IAMClient({
        credentials: fromTemporaryCredentials({
            masterCredentials: admin.credentials, clientConfig: { region },
            params: { RoleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole` },
        }),
    });
}

async function policiesThatBindAMember(root) {
    const unit = await newUnit(root, "Workloads"), member = await newAccount("dev");
    await client.send(new MoveAccountCommand({ AccountId: member, SourceParentId: root, DestinationParentId: unit }));
    const iam = await enter(member);
    await iam.send(new ListUsersCommand());
    const Type = "SERVICE_CONTROL_POLICY";
    const { Policy: { PolicySummary: guard } } = await client.send(new CreatePolicyCommand({
        Name: "no-listing", Description: "", Type,
        Content: policy({ Effect: "Deny", Action: "iam:ListUsers", Resource: "*" }),
    }));
    await client.send(new AttachPolicyCommand({ PolicyId: guard.Id, TargetId: unit }));
    const denial = await refused(iam.send(new ListUsersCommand()), "AccessDenied", 403);
    assert.ok(denial.message.includes(`with an explicit deny in a service control policy: ${guard.Arn}`), denial.message);

    const pages = paginateListPoliciesForTarget({ client, pageSize: 1 }, { TargetId: unit, Filter: Type });
    const attached = (await all(pages, "Policies")).map((found) => found.Name);
    assert.deepEqual(attached.toSorted(), ["FullAWSAccess", "no-listing"]);
    await fails(client.send(new DeletePolicyCommand({ PolicyId: guard.Id })), PolicyInUseException, 400);
    await client.send(new DetachPolicyCommand({ PolicyId: guard.Id, TargetId: unit }));
    await iam.send(new ListUsersCommand());
    const last = { PolicyId: "p-FullAWSAccess", TargetId: unit };
    const limit = await fails(client.send(new DetachPolicyCommand(last)), ConstraintViolationException, 400);
    assert.equal(limit.Reason, "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED");
}
