#include "reference/api_model.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace writ::reference {
namespace {

const Operation& operation(std::string_view service, std::string_view name) {
    const auto* found = find_operation(*find_api_service(service), name);
    EXPECT_NE(found, nullptr) << service << ' ' << name;
    return *found;
}

const Member& member(const Shape* shape, std::string_view name) {
    const auto found = std::ranges::find(shape->members, name, &Member::name);
    EXPECT_NE(found, shape->members.end()) << shape->name << ' ' << name;
    return *found;
}

struct ServiceCase {
    std::string_view name, version, xml_namespace, target_prefix;
    Protocol protocol;
    std::size_t operations;
};

TEST(ApiModel, HoldsFourServices) {
    const ServiceCase cases[] = {
        {"access-analyzer", "2019-11-01", "", "", Protocol::rest_json, 39},
        {"iam", "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/", "", Protocol::query, 181},
        {"organizations", "2016-11-28", "", "AWSOrganizationsV20161128", Protocol::json_1_1, 63},
        {"sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/", "", Protocol::query, 12},
    };
    ASSERT_EQ(api_services().size(), std::size(cases));
    for (const auto& expected : cases) {
        SCOPED_TRACE(expected.name);
        const auto* service = find_api_service(expected.name);
        ASSERT_NE(service, nullptr);
        EXPECT_EQ(service->name, expected.name);
        EXPECT_EQ(service->api_version, expected.version);
        EXPECT_EQ(service->xml_namespace, expected.xml_namespace);
        EXPECT_EQ(service->target_prefix, expected.target_prefix);
        EXPECT_EQ(service->protocol, expected.protocol);
        EXPECT_EQ(service->operations.size(), expected.operations);
        for (const auto& one : service->operations) EXPECT_EQ(find_operation(*service, one.name), &one);
        EXPECT_EQ(find_operation(*service, "NoSuchOperation"), nullptr);
    }
    EXPECT_EQ(find_api_service("s3"), nullptr);
}

TEST(ApiModel, KnowsTheParametersOfCreateUser) {
    const auto& create = operation("iam", "CreateUser");
    EXPECT_EQ(create.http_method, "POST");
    EXPECT_EQ(create.request_uri, "/");
    EXPECT_EQ(create.result_wrapper, "CreateUserResult");
    EXPECT_FALSE(create.paginated);
    ASSERT_NE(create.input, nullptr);
    ASSERT_EQ(create.input->members.size(), 4U);
    const auto& user_name = create.input->members[1];
    EXPECT_EQ(user_name.name, "UserName");
    EXPECT_EQ(user_name.wire_name, "UserName");
    EXPECT_TRUE(user_name.required);
    EXPECT_EQ(user_name.shape->min, 1);
    EXPECT_EQ(user_name.shape->max, 64);
    EXPECT_EQ(user_name.shape->pattern, R"([\w+=,.@-]+)");
    EXPECT_FALSE(member(create.input, "Path").required);
    EXPECT_EQ(member(create.input, "Path").shape->max, 512);

    const auto* tags = member(create.input, "Tags").shape;
    EXPECT_EQ(tags->type, ShapeType::list);
    EXPECT_EQ(tags->max, 50);
    ASSERT_NE(tags->element, nullptr);
    EXPECT_EQ(tags->element->wire_name, "member");
    EXPECT_EQ(tags->element->shape->name, "Tag");
    EXPECT_EQ(member(tags->element->shape, "Value").shape->min, 0);
}

TEST(ApiModel, KnowsWhatCreateUserAnswers) {
    const auto& create = operation("iam", "CreateUser");
    const auto* user = member(create.output, "User").shape;
    std::vector<std::string_view> names;
    for (const auto& one : user->members) names.push_back(one.name);
    EXPECT_THAT(names, testing::ElementsAre("Path", "UserName", "UserId", "Arn", "CreateDate",
                                            "PasswordLastUsed", "PermissionsBoundary", "Tags"));
    EXPECT_EQ(member(user, "CreateDate").shape->type, ShapeType::timestamp);
    EXPECT_EQ(member(user, "CreateDate").shape->time_format, TimeFormat::iso_8601);
    EXPECT_EQ(member(create.output, "User").shape, member(operation("iam", "GetUser").output, "User").shape);
}

struct ErrorCase {
    std::string_view service, operation, name, code;
    int status;
};

TEST(ApiModel, KnowsTheErrorsOnTheWire) {
    const ErrorCase cases[] = {
        {"iam", "CreateUser", "NoSuchEntityException", "NoSuchEntity", 404},
        {"iam", "CreateUser", "EntityAlreadyExistsException", "EntityAlreadyExists", 409},
        {"iam", "CreateUser", "LimitExceededException", "LimitExceeded", 409},
        {"iam", "CreateUser", "ServiceFailureException", "ServiceFailure", 500},
        {"iam", "GetCredentialReport", "CredentialReportNotReadyException", "ReportInProgress", 404},
        {"sts", "AssumeRole", "PackedPolicyTooLargeException", "PackedPolicyTooLarge", 400},
        {"sts", "AssumeRole", "InvalidContextAssertionException", "InvalidContextAssertion", 400},
        {"sts", "GetScopedCredentials", "InsufficientSessionLifetimeException", "InsufficientSessionLifetime",
         400},
        {"organizations", "CreatePolicy", "MalformedPolicyDocumentException",
         "MalformedPolicyDocumentException", 400},
        {"access-analyzer", "GetAnalyzer", "ResourceNotFoundException", "ResourceNotFoundException", 404},
    };
    for (const auto& expected : cases) {
        SCOPED_TRACE(std::string(expected.operation) + ' ' + std::string(expected.name));
        const auto& errors = operation(expected.service, expected.operation).errors;
        const auto found =
            std::ranges::find(errors, expected.name, [](const ErrorShape* error) { return error->name; });
        ASSERT_NE(found, errors.end());
        EXPECT_EQ((*found)->code, expected.code);
        EXPECT_EQ((*found)->http_status, expected.status);
        EXPECT_EQ((*found)->shape->name, expected.name);
    }
}

TEST(ApiModel, HoldsWhatOnlyTheNewestSdkHas) {
    for (const auto* name :
         {"AcquireRole", "GetRoleTemplateVersion", "GetAccountProperties", "PutAccountProperties"})
        EXPECT_NE(find_operation(*find_api_service("iam"), name), nullptr) << name;
    const auto& scoped = operation("sts", "GetScopedCredentials");
    EXPECT_EQ(scoped.result_wrapper, "GetScopedCredentialsResult");
    EXPECT_EQ(member(scoped.input, "DurationSeconds").shape->max, 129'600);
    EXPECT_EQ(member(scoped.input, "Policy").shape->max, 2'048);
    EXPECT_EQ(member(scoped.output, "Credentials").shape,
              member(operation("sts", "AssumeRole").output, "Credentials").shape);
    EXPECT_TRUE(member(member(scoped.output, "SessionInfo").shape, "Arn").required);
    EXPECT_EQ(member(operation("sts", "AssumeRole").input, "MinimumSessionTokenSize").shape->max, 4'096);
    EXPECT_THAT(member(operation("sts", "GetWebIdentityToken").input, "SubjectMode").shape->values,
                testing::ElementsAre("AWSIdentity", "OriginIdentity"));
}

TEST(ApiModel, KnowsWhoMayCallWithoutASignature) {
    for (const ApiService& service : api_services())
        for (const Operation& one : service.operations)
            EXPECT_EQ(one.anonymous,
                      one.name == "AssumeRoleWithSAML" || one.name == "AssumeRoleWithWebIdentity")
                << one.name;
}

TEST(ApiModel, KnowsPagesAndEnumerations) {
    EXPECT_TRUE(operation("iam", "ListUsers").paginated);
    EXPECT_FALSE(operation("iam", "GetUser").paginated);
    EXPECT_THAT(member(operation("iam", "UpdateAccessKey").input, "Status").shape->values,
                testing::IsSupersetOf({"Active", "Inactive"}));
    EXPECT_EQ(operation("iam", "DeleteUser").output, nullptr);
    EXPECT_EQ(operation("iam", "DeleteUser").result_wrapper, "");
    EXPECT_EQ(operation("organizations", "DescribeOrganization").input, nullptr);
}

TEST(ApiModel, KnowsSecretsMapsAndPlacesInARequest) {
    EXPECT_TRUE(
        member(member(operation("iam", "CreateAccessKey").output, "AccessKey").shape, "SecretAccessKey")
            .sensitive);
    EXPECT_TRUE(member(operation("iam", "ChangePassword").input, "NewPassword").sensitive);
    const auto* summary = member(operation("iam", "GetAccountSummary").output, "SummaryMap").shape;
    ASSERT_EQ(summary->type, ShapeType::map);
    EXPECT_EQ(summary->key->wire_name, "key");
    EXPECT_EQ(summary->element->wire_name, "value");
    EXPECT_EQ(summary->element->shape->type, ShapeType::integer);

    const auto& get = operation("access-analyzer", "GetFinding");
    EXPECT_EQ(get.http_method, "GET");
    EXPECT_EQ(get.request_uri, "/finding/{id}");
    EXPECT_EQ(member(get.input, "id").location, Member::Location::uri);
    EXPECT_EQ(member(get.input, "analyzerArn").location, Member::Location::query_string);
    const auto* created =
        member(operation("organizations", "CreateAccount").output, "CreateAccountStatus").shape;
    EXPECT_EQ(member(created, "RequestedTimestamp").shape->time_format, TimeFormat::epoch_seconds);
    EXPECT_TRUE(member(member(operation("access-analyzer", "CreateAnalyzer").input, "configuration").shape,
                       "unusedAccess")
                    .shape != nullptr);
    EXPECT_TRUE(
        member(operation("access-analyzer", "CreateAnalyzer").input, "configuration").shape->exactly_one);
}

// Every member, element and key of every shape is there, in every service.
TEST(ApiModel, LeavesNothingDangling) {
    std::vector<const Shape*> open;
    std::vector<const Shape*> seen;
    for (const ApiService& service : api_services())
        for (const Operation& one : service.operations) {
            for (const auto* shape : {one.input, one.output})
                if (shape != nullptr) open.push_back(shape);
            for (const auto* error : one.errors) open.push_back(error->shape);
        }
    while (!open.empty()) {
        const auto* shape = open.back();
        open.pop_back();
        if (std::ranges::find(seen, shape) != seen.end()) continue;
        seen.push_back(shape);
        EXPECT_FALSE(shape->name.empty());
        EXPECT_EQ(shape->element != nullptr, shape->type == ShapeType::list || shape->type == ShapeType::map)
            << shape->name;
        EXPECT_EQ(shape->key != nullptr, shape->type == ShapeType::map) << shape->name;
        for (const auto& one : shape->members) open.push_back(one.shape);
        if (shape->element != nullptr) open.push_back(shape->element->shape);
        if (shape->key != nullptr) open.push_back(shape->key->shape);
    }
    EXPECT_GT(seen.size(), 1'200U);
}

}  // namespace
}  // namespace writ::reference
