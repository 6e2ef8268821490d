package clients

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Organization is one that a test has made for the account of the server, and takes back at its end.
type Organization struct {
	World
	*organizations.Client
	root *string
}

func beginOrganization(t *testing.T) Organization {
	t.Helper()
	world := begin(t)
	client := organizations.NewFromConfig(world.configuration)
	_, err := client.DescribeOrganization(world, nil)
	fails[*types.AWSOrganizationsNotInUseException](t, err, http.StatusBadRequest)
	made := must(client.CreateOrganization(world, nil))(t).Organization
	equal(t, "management account", *made.MasterAccountId, world.account)
	roots := must(client.ListRoots(world, nil))(t).Roots
	return Organization{world, client, roots[0].Id}
}

func (organization Organization) newUnit(name string) *string {
	organization.t.Helper()
	return must(organization.CreateOrganizationalUnit(organization, &organizations.CreateOrganizationalUnitInput{
		ParentId: organization.root, Name: &name}))(organization.t).OrganizationalUnit.Id
}

func (organization Organization) newAccount(name string) *string {
	organization.t.Helper()
	asked := must(organization.CreateAccount(organization, &organizations.CreateAccountInput{
		AccountName: &name, Email: aws.String(name + "@example.com")}))(organization.t).CreateAccountStatus
	made := must(organization.DescribeCreateAccountStatus(organization, &organizations.DescribeCreateAccountStatusInput{
		CreateAccountRequestId: asked.Id}))(organization.t).CreateAccountStatus
	equal(organization.t, "state", made.State, types.CreateAccountStateSucceeded)
	return made.AccountId
}

// Enter gives the configuration of the role that the management account has in a member.
func (organization Organization) enter(account *string) aws.Config {
	_, admin := organization.newUser(allow("sts:AssumeRole"))
	return organization.as(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(admin),
		"arn:aws:iam::"+*account+":role/OrganizationAccountAccessRole"))
}

func TestAnOrganization(t *testing.T) { // One, for a server has one organization at a time.
	organization := beginOrganization(t)
	unitsAndTheirPages(t, organization)
	policiesThatBindAMember(t, organization)
	_, err := organization.DeleteOrganization(organization, nil)
	fails[*types.OrganizationNotEmptyException](t, err, http.StatusBadRequest)
}

func unitsAndTheirPages(t *testing.T, organization Organization) {
	var units []string
	for range 9 {
		units = append(units, *organization.newUnit(unique("unit")))
	}
	_, err := organization.CreateOrganizationalUnit(organization, &organizations.CreateOrganizationalUnitInput{
		ParentId: organization.root, Name: must(organization.DescribeOrganizationalUnit(organization,
			&organizations.DescribeOrganizationalUnitInput{OrganizationalUnitId: &units[0]}))(t).OrganizationalUnit.Name})
	fails[*types.DuplicateOrganizationalUnitException](t, err, http.StatusBadRequest)
	var seen []string
	pages := organizations.NewListOrganizationalUnitsForParentPaginator(organization,
		&organizations.ListOrganizationalUnitsForParentInput{ParentId: organization.root, MaxResults: aws.Int32(4)})
	for pages.HasMorePages() {
		for _, unit := range must(pages.NextPage(organization))(t).OrganizationalUnits {
			seen = append(seen, *unit.Id)
		}
	}
	slices.Sort(units)
	slices.Sort(seen)
	if !slices.Equal(seen, units) {
		t.Errorf("got %v, wanted %v", seen, units)
	}
	for _, unit := range units {
		must(organization.DeleteOrganizationalUnit(organization, &organizations.DeleteOrganizationalUnitInput{
			OrganizationalUnitId: &unit}))(t)
	}
}

func policiesThatBindAMember(t *testing.T, organization Organization) {
	unit, account := organization.newUnit("Workloads"), organization.newAccount("dev")
	must(organization.MoveAccount(organization, &organizations.MoveAccountInput{
		AccountId: account, SourceParentId: organization.root, DestinationParentId: unit}))(t)
	member := iam.NewFromConfig(organization.enter(account))
	must(member.ListUsers(organization, nil))(t)
	guard := must(organization.CreatePolicy(organization, &organizations.CreatePolicyInput{
		Name: aws.String("no-listing"), Description: aws.String(""), Content: document(deny("iam:ListUsers")),
		Type: types.PolicyTypeServiceControlPolicy}))(t).Policy.PolicySummary
	must(organization.AttachPolicy(organization, &organizations.AttachPolicyInput{PolicyId: guard.Id, TargetId: unit}))(t)
	_, err := member.ListUsers(organization, nil)
	message := refused(t, err, "AccessDenied", http.StatusForbidden)
	if !strings.Contains(message, "with an explicit deny in a service control policy: "+*guard.Arn) {
		t.Error(message)
	}

	attached := organizations.NewListPoliciesForTargetPaginator(organization, &organizations.ListPoliciesForTargetInput{
		TargetId: unit, Filter: types.PolicyTypeServiceControlPolicy, MaxResults: aws.Int32(1)})
	var names []string
	for attached.HasMorePages() {
		for _, policy := range must(attached.NextPage(organization))(t).Policies {
			names = append(names, *policy.Name)
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"FullAWSAccess", "no-listing"}) {
		t.Errorf("attached are %v", names)
	}
	_, err = organization.DeletePolicy(organization, &organizations.DeletePolicyInput{PolicyId: guard.Id})
	fails[*types.PolicyInUseException](t, err, http.StatusBadRequest)
	must(organization.DetachPolicy(organization, &organizations.DetachPolicyInput{PolicyId: guard.Id, TargetId: unit}))(t)
	must(member.ListUsers(organization, nil))(t)
	_, err = organization.DetachPolicy(organization, &organizations.DetachPolicyInput{
		PolicyId: aws.String("p-FullAWSAccess"), TargetId: unit})
	constraint := fails[*types.ConstraintViolationException](t, err, http.StatusBadRequest)
	equal(t, "reason", constraint.Reason, types.ConstraintViolationExceptionReasonMinPolicyTypeAttachmentLimitExceeded)
}
