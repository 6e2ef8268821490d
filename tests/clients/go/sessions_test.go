package clients

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/sts/types"
)

func TestARoleIsAssumedByTheProviderOfTheSDK(t *testing.T) {
	world := begin(t)
	role := world.newRole([]string{"sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"},
		Statement{Effect: "Allow", Action: []string{"iam:List*"}, Resource: "*",
			Condition: map[string]map[string]any{"StringEquals": {"aws:PrincipalTag/team": "billing"}}})
	_, theirs := world.newUser(allow("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"))
	provider := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(theirs), *role.Arn,
		func(options *stscreds.AssumeRoleOptions) {
			options.RoleSessionName = "tests"
			options.Duration = 20 * time.Minute
			options.Policy = document(allow("iam:ListRoles"))
			options.SourceIdentity = aws.String("ada")
			options.Tags = []types.Tag{{Key: aws.String("team"), Value: aws.String("billing")}}
			options.TransitiveTagKeys = []string{"team"}
		})
	session := world.as(provider)
	who := must(sts.NewFromConfig(session).GetCallerIdentity(world, nil))(t)
	equal(t, "ARN", *who.Arn, "arn:aws:sts::"+world.account+":assumed-role/"+*role.RoleName+"/tests")
	equal(t, "id", *who.UserId, *role.RoleId+":tests")
	got := must(session.Credentials.Retrieve(world))(t)
	if left := time.Until(got.Expires); !got.CanExpire || left < 19*time.Minute || left > 20*time.Minute {
		t.Errorf("expires in %v", left)
	}

	as := iam.NewFromConfig(session)
	must(as.ListRoles(world, nil))(t)
	_, err := as.ListUsers(world, nil)
	message := refused(t, err, "AccessDenied", http.StatusForbidden)
	if !strings.Contains(message, "because no session policy allows the iam:ListUsers action") {
		t.Error(message)
	}
	must(world.iam.DeleteRolePolicy(world, &iam.DeleteRolePolicyInput{
		RoleName: role.RoleName, PolicyName: aws.String("grants")}))(t)
	_, err = as.ListRoles(world, nil)
	refused(t, err, "AccessDenied", http.StatusForbidden) // Sessions that live lose it too.
}

func TestWhatARoleDoesNotGive(t *testing.T) {
	world := begin(t)
	role := world.newRole([]string{"sts:AssumeRole"}, allow("iam:*"))
	name, theirs := world.newUser()
	as := sts.NewFromConfig(theirs)
	wanted := &sts.AssumeRoleInput{RoleArn: role.Arn, RoleSessionName: aws.String("tests")}
	_, err := as.AssumeRole(world, wanted)
	message := refused(t, err, "AccessDenied", http.StatusForbidden)
	if !strings.HasPrefix(message, "User: "+world.arn("user", name)+" is not authorized to perform: sts:AssumeRole") {
		t.Error(message)
	}
	world.permit(name, allow("sts:AssumeRole"))
	wanted.DurationSeconds = aws.Int32(7200)
	_, err = as.AssumeRole(world, wanted)
	refused(t, err, "ValidationError", http.StatusBadRequest) // Longer than MaxSessionDuration.
	wanted.DurationSeconds = nil
	wanted.Policy = aws.String("{")
	_, err = as.AssumeRole(world, wanted)
	fails[*types.MalformedPolicyDocumentException](t, err, http.StatusBadRequest)
	_, err = sts.NewFromConfig(world.configuration).AssumeRole(world, &sts.AssumeRoleInput{
		RoleArn: role.Arn, RoleSessionName: aws.String("tests")})
	refused(t, err, "AccessDenied", http.StatusForbidden) // Root may not.
}

func TestASessionOfAUser(t *testing.T) {
	world := begin(t)
	name, theirs := world.newUser(allow("iam:*"))
	answer := must(sts.NewFromConfig(theirs).GetSessionToken(world, &sts.GetSessionTokenInput{
		DurationSeconds: aws.Int32(900)}))(t)
	session := world.as(ofSession(answer.Credentials))
	who := must(sts.NewFromConfig(session).GetCallerIdentity(world, nil))(t)
	equal(t, "ARN", *who.Arn, world.arn("user", name))
	_, err := sts.NewFromConfig(session).GetSessionToken(world, nil)
	refused(t, err, "AccessDenied", http.StatusForbidden)
	_, err = iam.NewFromConfig(session).ListUsers(world, nil)
	refused(t, err, "InvalidClientTokenId", http.StatusForbidden) // Without MFA it is not for IAM.
}
