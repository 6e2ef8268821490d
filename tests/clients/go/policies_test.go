package clients

import (
	"net/http"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess"

func TestARoleFromBeginningToEnd(t *testing.T) {
	world, name := begin(t), unique("role")
	trust := document(Statement{Effect: "Allow", Principal: map[string]string{"Service": "ec2.amazonaws.com"},
		Action: []string{"sts:AssumeRole"}})
	made := must(world.iam.CreateRole(world, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: trust,
		Description: aws.String("for machines"), MaxSessionDuration: aws.Int32(7200)}))(t).Role
	if err := iam.NewRoleExistsWaiter(world.iam).Wait(world, &iam.GetRoleInput{RoleName: &name}, waitAtMost); err != nil {
		t.Fatal(err)
	}
	got := must(world.iam.GetRole(world, &iam.GetRoleInput{RoleName: &name}))(t).Role
	equal(t, "id", *got.RoleId, *made.RoleId)
	equal(t, "document", decoded(t, got.AssumeRolePolicyDocument), *trust)
	equal(t, "duration", *got.MaxSessionDuration, 7200)

	profile := unique("profile")
	must(world.iam.CreateInstanceProfile(world, &iam.CreateInstanceProfileInput{InstanceProfileName: &profile}))(t)
	must(world.iam.AddRoleToInstanceProfile(world, &iam.AddRoleToInstanceProfileInput{
		InstanceProfileName: &profile, RoleName: &name}))(t)
	wanted := &iam.GetInstanceProfileInput{InstanceProfileName: &profile}
	if err := iam.NewInstanceProfileExistsWaiter(world.iam).Wait(world, wanted, waitAtMost); err != nil {
		t.Fatal(err)
	}
	_, err := world.iam.DeleteRole(world, &iam.DeleteRoleInput{RoleName: &name})
	fails[*types.DeleteConflictException](t, err, http.StatusConflict)
	must(world.iam.RemoveRoleFromInstanceProfile(world, &iam.RemoveRoleFromInstanceProfileInput{
		InstanceProfileName: &profile, RoleName: &name}))(t)
	must(world.iam.DeleteInstanceProfile(world, &iam.DeleteInstanceProfileInput{InstanceProfileName: &profile}))(t)
	must(world.iam.DeleteRole(world, &iam.DeleteRoleInput{RoleName: &name}))(t)
	_, err = world.iam.GetRole(world, &iam.GetRoleInput{RoleName: &name})
	fails[*types.NoSuchEntityException](t, err, http.StatusNotFound)
}

func TestAPolicyItsVersionsAndWhomItIsAttachedTo(t *testing.T) {
	world, name := begin(t), unique("policy")
	arn := must(world.iam.CreatePolicy(world, &iam.CreatePolicyInput{
		PolicyName: &name, PolicyDocument: document(allow("s3:GetObject"))}))(t).Policy.Arn
	if err := iam.NewPolicyExistsWaiter(world.iam).Wait(world, &iam.GetPolicyInput{PolicyArn: arn}, waitAtMost); err != nil {
		t.Fatal(err)
	}
	second := must(world.iam.CreatePolicyVersion(world, &iam.CreatePolicyVersionInput{
		PolicyArn: arn, PolicyDocument: document(allow("s3:PutObject")), SetAsDefault: true}))(t).PolicyVersion
	equal(t, "version", *second.VersionId, "v2")
	equal(t, "default", second.IsDefaultVersion, true)
	version := must(world.iam.GetPolicyVersion(world, &iam.GetPolicyVersionInput{
		PolicyArn: arn, VersionId: aws.String("v2")}))(t).PolicyVersion
	equal(t, "document", decoded(t, version.Document), *document(allow("s3:PutObject")))
	_, err := world.iam.DeletePolicyVersion(world, &iam.DeletePolicyVersionInput{PolicyArn: arn, VersionId: aws.String("v2")})
	fails[*types.DeleteConflictException](t, err, http.StatusConflict)

	user, _ := world.newUser()
	role := *world.newRole([]string{"sts:AssumeRole"}, allow("s3:*")).RoleName
	must(world.iam.AttachUserPolicy(world, &iam.AttachUserPolicyInput{UserName: &user, PolicyArn: arn}))(t)
	must(world.iam.AttachRolePolicy(world, &iam.AttachRolePolicyInput{RoleName: &role, PolicyArn: arn}))(t)
	var holders []string
	pages := iam.NewListEntitiesForPolicyPaginator(world.iam, &iam.ListEntitiesForPolicyInput{
		PolicyArn: arn, MaxItems: aws.Int32(1)})
	for pages.HasMorePages() {
		page := must(pages.NextPage(world))(t)
		for _, holder := range page.PolicyUsers {
			holders = append(holders, *holder.UserName)
		}
		for _, holder := range page.PolicyRoles {
			holders = append(holders, *holder.RoleName)
		}
	}
	slices.Sort(holders)
	if !slices.Equal(holders, []string{role, user}) {
		t.Errorf("attached to %v", holders)
	}
	_, err = world.iam.DeletePolicy(world, &iam.DeletePolicyInput{PolicyArn: arn})
	fails[*types.DeleteConflictException](t, err, http.StatusConflict)
	must(world.iam.DetachUserPolicy(world, &iam.DetachUserPolicyInput{UserName: &user, PolicyArn: arn}))(t)
	must(world.iam.DetachRolePolicy(world, &iam.DetachRolePolicyInput{RoleName: &role, PolicyArn: arn}))(t)
	must(world.iam.DeletePolicyVersion(world, &iam.DeletePolicyVersionInput{PolicyArn: arn, VersionId: aws.String("v1")}))(t)
	must(world.iam.DeletePolicy(world, &iam.DeletePolicyInput{PolicyArn: arn}))(t)
}

func TestMalformedPoliciesAndAWSManagedOnes(t *testing.T) {
	world := begin(t)
	_, err := world.iam.CreatePolicy(world, &iam.CreatePolicyInput{
		PolicyName: aws.String(unique("bad")), PolicyDocument: aws.String("{")})
	fails[*types.MalformedPolicyDocumentException](t, err, http.StatusBadRequest)

	seen := map[string]bool{}
	pages := iam.NewListPoliciesPaginator(world.iam, &iam.ListPoliciesInput{
		Scope: types.PolicyScopeTypeAws, MaxItems: aws.Int32(300)})
	for pages.HasMorePages() {
		for _, policy := range must(pages.NextPage(world))(t).Policies {
			if seen[*policy.Arn] {
				t.Errorf("%s is there twice", *policy.Arn)
			}
			seen[*policy.Arn] = true
		}
	}
	if len(seen) < 1000 || !seen[readOnly] {
		t.Errorf("%d policies, ReadOnlyAccess among them: %v", len(seen), seen[readOnly])
	}
	user, theirs := world.newUser()
	must(world.iam.AttachUserPolicy(world, &iam.AttachUserPolicyInput{UserName: &user, PolicyArn: aws.String(readOnly)}))(t)
	must(iam.NewFromConfig(theirs).GetUser(world, nil))(t)
	_, err = iam.NewFromConfig(theirs).CreateUser(world, &iam.CreateUserInput{UserName: aws.String(unique("user"))})
	refused(t, err, "AccessDenied", http.StatusForbidden)
}

func TestABoundaryLimits(t *testing.T) {
	world := begin(t)
	name, theirs := world.newUser(allow("iam:*"))
	must(world.iam.PutUserPermissionsBoundary(world, &iam.PutUserPermissionsBoundaryInput{
		UserName: &name, PermissionsBoundary: aws.String(readOnly)}))(t)
	as := iam.NewFromConfig(theirs)
	must(as.ListRoles(world, nil))(t)
	_, err := as.DeleteUser(world, &iam.DeleteUserInput{UserName: &name})
	refused(t, err, "AccessDenied", http.StatusForbidden)
}

func TestEverythingOfTheAccountInPages(t *testing.T) {
	world := begin(t)
	name, _ := world.newUser(allow("s3:*"))
	pages := iam.NewGetAccountAuthorizationDetailsPaginator(world.iam, &iam.GetAccountAuthorizationDetailsInput{
		Filter: []types.EntityType{types.EntityTypeUser}, MaxItems: aws.Int32(2)})
	found := 0
	for pages.HasMorePages() {
		for _, user := range must(pages.NextPage(world))(t).UserDetailList {
			if *user.UserName != name {
				continue
			}
			found++
			equal(t, "document", decoded(t, user.UserPolicyList[0].PolicyDocument), *document(allow("s3:*")))
		}
	}
	equal(t, "times found", found, 1)
}
