package clients

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

func TestAUserFromBeginningToEnd(t *testing.T) {
	world, name := begin(t), unique("Ada")
	made := must(world.iam.CreateUser(world, &iam.CreateUserInput{UserName: &name, Path: aws.String("/math/"),
		Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("engines")}}}))(t).User
	equal(t, "ARN", *made.Arn, world.arn("user/math", name))
	if age := time.Since(*made.CreateDate); age < -time.Second || age > time.Minute {
		t.Errorf("made %v ago", age)
	}
	if err := iam.NewUserExistsWaiter(world.iam).Wait(world, &iam.GetUserInput{UserName: &name}, waitAtMost); err != nil {
		t.Fatal(err)
	}
	got := must(world.iam.GetUser(world, &iam.GetUserInput{UserName: &name}))(t).User
	equal(t, "id", *got.UserId, *made.UserId)
	equal(t, "tags", len(got.Tags), 1)
	equal(t, "tag", *got.Tags[0].Value, "engines")

	_, err := world.iam.CreateUser(world, &iam.CreateUserInput{UserName: aws.String(strings.ToUpper(name))})
	fails[*types.EntityAlreadyExistsException](t, err, http.StatusConflict) // Names differ in more than case.
	must(world.iam.UpdateUser(world, &iam.UpdateUserInput{UserName: &name, NewUserName: aws.String(name + "2")}))(t)
	_, err = world.iam.GetUser(world, &iam.GetUserInput{UserName: &name})
	missing := fails[*types.NoSuchEntityException](t, err, http.StatusNotFound)
	equal(t, "message", missing.ErrorMessage(), "The user with name "+name+" cannot be found.")
	must(world.iam.DeleteUser(world, &iam.DeleteUserInput{UserName: aws.String(name + "2")}))(t)
}

func TestAWaiterGivesUpOnAUserThatNeverComes(t *testing.T) {
	world := begin(t)
	waiter := iam.NewUserExistsWaiter(world.iam, func(options *iam.UserExistsWaiterOptions) {
		options.MinDelay, options.MaxDelay = 50*time.Millisecond, 50*time.Millisecond
	})
	err := waiter.Wait(world, &iam.GetUserInput{UserName: aws.String("nobody")}, 300*time.Millisecond)
	if err == nil || !strings.Contains(err.Error(), "exceeded max wait time") {
		t.Errorf("wanted a wait that ends, got %v", err)
	}
}

func TestPagesHaveEverybodyOnce(t *testing.T) {
	world, path := begin(t), "/"+unique("pages")+"/"
	var names []string
	for range 11 {
		names = append(names, unique("paged"))
		must(world.iam.CreateUser(world, &iam.CreateUserInput{UserName: &names[len(names)-1], Path: &path}))(t)
	}
	pages := iam.NewListUsersPaginator(world.iam, &iam.ListUsersInput{PathPrefix: &path, MaxItems: aws.Int32(4)})
	var seen []string
	count := 0
	for ; pages.HasMorePages(); count++ {
		for _, user := range must(pages.NextPage(world))(t).Users {
			seen = append(seen, *user.UserName)
		}
	}
	equal(t, "pages", count, 3)
	slices.Sort(names)
	if !slices.Equal(seen, names) {
		t.Errorf("got %v, wanted %v", seen, names)
	}
}

func TestWhatStandsInTheWayOfDeletingAUser(t *testing.T) {
	world := begin(t)
	name, theirs := world.newUser()
	key := must(theirs.Credentials.Retrieve(world))(t).AccessKeyID
	_, err := world.iam.DeleteUser(world, &iam.DeleteUserInput{UserName: &name})
	conflict := fails[*types.DeleteConflictException](t, err, http.StatusConflict)
	equal(t, "message", conflict.ErrorMessage(), "Cannot delete entity, must delete access keys first.")
	must(world.iam.DeleteAccessKey(world, &iam.DeleteAccessKeyInput{UserName: &name, AccessKeyId: &key}))(t)
	must(world.iam.DeleteUser(world, &iam.DeleteUserInput{UserName: &name}))(t)
}

func TestAccessKeysOpenAndClose(t *testing.T) {
	world := begin(t)
	name, theirs := world.newUser()
	as := iam.NewFromConfig(theirs)
	_, err := as.ListUsers(world, nil)
	message := refused(t, err, "AccessDenied", http.StatusForbidden)
	wanted := "User: " + world.arn("user", name) + " is not authorized to perform: iam:ListUsers on resource: " +
		world.arn("user", "") + " because no identity-based policy allows the iam:ListUsers action"
	if !strings.HasPrefix(message, wanted) {
		t.Errorf("got %q, wanted %q", message, wanted)
	}
	world.permit(name, allow("iam:ListUsers"))
	must(as.ListUsers(world, nil))(t) // The next request knows.

	key := must(theirs.Credentials.Retrieve(world))(t)
	second := must(world.iam.CreateAccessKey(world, &iam.CreateAccessKeyInput{UserName: &name}))(t).AccessKey
	_, err = world.iam.CreateAccessKey(world, &iam.CreateAccessKeyInput{UserName: &name})
	fails[*types.LimitExceededException](t, err, http.StatusConflict)
	listed := must(world.iam.ListAccessKeys(world, &iam.ListAccessKeysInput{UserName: &name}))(t).AccessKeyMetadata
	equal(t, "keys", len(listed), 2)
	used := must(world.iam.GetAccessKeyLastUsed(world, &iam.GetAccessKeyLastUsedInput{AccessKeyId: second.AccessKeyId}))(t)
	equal(t, "owner", *used.UserName, name)
	equal(t, "service", *used.AccessKeyLastUsed.ServiceName, "N/A")

	must(world.iam.UpdateAccessKey(world, &iam.UpdateAccessKeyInput{
		UserName: &name, AccessKeyId: &key.AccessKeyID, Status: types.StatusTypeInactive}))(t)
	_, err = as.ListUsers(world, nil)
	refused(t, err, "InvalidClientTokenId", http.StatusForbidden)
	wrong := world.as(credentials.NewStaticCredentialsProvider(*second.AccessKeyId, key.SecretAccessKey, ""))
	_, err = iam.NewFromConfig(wrong).ListUsers(world, nil)
	refused(t, err, "SignatureDoesNotMatch", http.StatusForbidden)
}

func TestGroupsAndTheirMembers(t *testing.T) {
	world, group := begin(t), unique("group")
	must(world.iam.CreateGroup(world, &iam.CreateGroupInput{GroupName: &group}))(t)
	var members []string
	for range 3 {
		name, _ := world.newUser()
		members = append(members, name)
		must(world.iam.AddUserToGroup(world, &iam.AddUserToGroupInput{GroupName: &group, UserName: &name}))(t)
	}
	slices.Sort(members)
	var seen []string
	pages := iam.NewGetGroupPaginator(world.iam, &iam.GetGroupInput{GroupName: &group, MaxItems: aws.Int32(2)})
	for pages.HasMorePages() {
		for _, user := range must(pages.NextPage(world))(t).Users {
			seen = append(seen, *user.UserName)
		}
	}
	if !slices.Equal(seen, members) {
		t.Errorf("got %v, wanted %v", seen, members)
	}
	of := must(world.iam.ListGroupsForUser(world, &iam.ListGroupsForUserInput{UserName: &members[0]}))(t).Groups
	equal(t, "group", *of[0].GroupName, group)
	_, err := world.iam.DeleteGroup(world, &iam.DeleteGroupInput{GroupName: &group})
	fails[*types.DeleteConflictException](t, err, http.StatusConflict)
	for _, name := range members {
		must(world.iam.RemoveUserFromGroup(world, &iam.RemoveUserFromGroupInput{GroupName: &group, UserName: &name}))(t)
	}
	must(world.iam.DeleteGroup(world, &iam.DeleteGroupInput{GroupName: &group}))(t)
	_, err = world.iam.GetGroup(world, &iam.GetGroupInput{GroupName: &group})
	fails[*types.NoSuchEntityException](t, err, http.StatusNotFound)
}
