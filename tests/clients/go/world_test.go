// Package clients drives a running writ, which scripts/with-writ starts, with the AWS SDK for Go v2.
package clients

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	ststypes "github.com/aws/aws-sdk-go-v2/service/sts/types"
	"github.com/aws/smithy-go"
)

const waitAtMost = 10 * time.Second

// World is what a test begins with: the root user, whose key and server the environment tells.
type World struct {
	context.Context
	t             *testing.T
	configuration aws.Config
	iam           *iam.Client
	account       string
}

func begin(t *testing.T) World {
	t.Helper()
	ctx := t.Context()
	configuration := must(config.LoadDefaultConfig(ctx))(t)
	who := must(sts.NewFromConfig(configuration).GetCallerIdentity(ctx, nil))(t)
	return World{ctx, t, configuration, iam.NewFromConfig(configuration), *who.Account}
}

// As gives the configuration of somebody else on the same server.
func (world World) as(provider aws.CredentialsProvider) aws.Config {
	theirs := world.configuration.Copy()
	theirs.Credentials = aws.NewCredentialsCache(provider)
	return theirs
}

// NewUser makes a user with an access key and these statements as its inline policy.
func (world World) newUser(statements ...Statement) (name string, theirs aws.Config) {
	world.t.Helper()
	name = unique("user")
	must(world.iam.CreateUser(world, &iam.CreateUserInput{UserName: &name}))(world.t)
	if len(statements) > 0 {
		world.permit(name, statements...)
	}
	key := must(world.iam.CreateAccessKey(world, &iam.CreateAccessKeyInput{UserName: &name}))(world.t).AccessKey
	return name, world.as(credentials.NewStaticCredentialsProvider(*key.AccessKeyId, *key.SecretAccessKey, ""))
}

// Permit puts the inline policy "grants" of a user.
func (world World) permit(user string, statements ...Statement) {
	world.t.Helper()
	must(world.iam.PutUserPolicy(world, &iam.PutUserPolicyInput{
		UserName: &user, PolicyName: aws.String("grants"), PolicyDocument: document(statements...)}))(world.t)
}

// NewRole makes a role that the account trusts for the actions, with these statements as its inline policy.
func (world World) newRole(trusted []string, statements ...Statement) *iamtypes.Role {
	world.t.Helper()
	name := unique("role")
	made := must(world.iam.CreateRole(world, &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: document(
		Statement{Effect: "Allow", Principal: map[string]string{"AWS": world.account}, Action: trusted})}))(world.t)
	must(world.iam.PutRolePolicy(world, &iam.PutRolePolicyInput{
		RoleName: &name, PolicyName: aws.String("grants"), PolicyDocument: document(statements...)}))(world.t)
	return made.Role
}

func (world World) arn(kind, name string) string {
	return fmt.Sprintf("arn:aws:iam::%s:%s/%s", world.account, kind, name)
}

func ofSession(session *ststypes.Credentials) aws.CredentialsProvider {
	return credentials.NewStaticCredentialsProvider(*session.AccessKeyId, *session.SecretAccessKey, *session.SessionToken)
}

// Statement is one of a policy document.
type Statement struct {
	Effect    string
	Principal map[string]string         `json:",omitempty"`
	Action    []string                  `json:",omitempty"`
	Resource  string                    `json:",omitempty"`
	Condition map[string]map[string]any `json:",omitempty"`
}

func allow(actions ...string) Statement {
	return Statement{Effect: "Allow", Action: actions, Resource: "*"}
}

func deny(actions ...string) Statement {
	return Statement{Effect: "Deny", Action: actions, Resource: "*"}
}

func document(statements ...Statement) *string {
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
	if err != nil {
		panic(err) // Strings only.
	}
	return aws.String(string(text))
}

// Decoded undoes the percent-encoding that documents have in the answers of IAM.
func decoded(t *testing.T, text *string) string {
	t.Helper()
	return must(url.PathUnescape(aws.ToString(text)))(t)
}

var uniqueNames atomic.Int64

func unique(prefix string) string {
	return fmt.Sprintf("%s-%d", prefix, uniqueNames.Add(1))
}

// Must ends the test when a call has failed.
func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// Fails wants an error of the type that the SDK made from the model, with its status, and gives it.
func fails[E error](t *testing.T, err error, status int) E {
	t.Helper()
	var typed E
	if !errors.As(err, &typed) {
		t.Fatalf("wanted %T, got %v", typed, err)
	}
	wantStatus(t, err, status)
	return typed
}

// Refused wants an error that no model has a type for, and gives its message.
func refused(t *testing.T, err error, code string, status int) string {
	t.Helper()
	var general smithy.APIError
	if !errors.As(err, &general) || general.ErrorCode() != code {
		t.Fatalf("wanted %s, got %v", code, err)
	}
	wantStatus(t, err, status)
	return general.ErrorMessage()
}

func wantStatus(t *testing.T, err error, status int) {
	t.Helper()
	var answer *awshttp.ResponseError
	if !errors.As(err, &answer) {
		t.Fatalf("no answer of a server: %v", err)
	}
	if answer.HTTPStatusCode() != status || answer.ServiceRequestID() == "" {
		t.Errorf("wanted status %d (%s) and a request id, got %v", status, http.StatusText(status), err)
	}
}

func equal[T comparable](t *testing.T, what string, got, wanted T) {
	t.Helper()
	if got != wanted {
		t.Errorf("%s: got %v, wanted %v", what, got, wanted)
	}
}
