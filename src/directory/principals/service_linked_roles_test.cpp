#include "directory/principals/service_linked_roles.h"

#include "directory/internal/principals/service_linked_role_facts.h"
#include "directory/internal/testing.h"
#include "directory/policies/attachments.h"
#include "directory/tags.h"
#include "reference/managed_policies.h"

namespace writ::directory {
namespace {

TEST(ServiceLinkedRoleFacts, NamePoliciesThatThereAre) {
    for (const ServiceLinkedRoleFact& fact : service_linked_role_facts()) {
        const std::string arn = "arn:aws:iam::aws:policy/aws-service-role/" + std::string(fact.policy);
        EXPECT_NE(reference::find_managed_policy(arn), nullptr) << arn;
        EXPECT_LE(fact.role.size() + 17, 64U) << fact.role;
    }
}

class ServiceLinkedRolesTest : public DirectoryTest {
  protected:
    Result<Role> create(std::string_view service, std::string_view suffix = {}) {
        return edit([&](AccountEdit& account) {
            return create_service_linked_role(
                account, {.service_name = service, .suffix = suffix, .description = "d"});
        });
    }
    Result<std::string> erase(std::string_view name) {
        return edit([&](AccountEdit& account) { return delete_service_linked_role(account, name); });
    }
    Result<void> task(const std::string& id) {
        return view([&](const AccountView& account) { return find_deletion_task(account, id); });
    }
};

TEST_F(ServiceLinkedRolesTest, AreAsTheirServiceSays) {  // 8.11.
    const auto role = create("autoscaling.amazonaws.com");
    ASSERT_TRUE(role) << role.error().message;
    EXPECT_EQ(role->arn,
              "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/"
              "AWSServiceRoleForAutoScaling");
    EXPECT_EQ(role->trust_document,
              R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":)"
              R"("autoscaling.amazonaws.com"},"Action":"sts:AssumeRole"}]})");
    const auto attached = view([](const AccountView& account) {
        return list_attached_policies(account, {OwnerKind::role, "AWSServiceRoleForAutoScaling"}, "/", {});
    });
    ASSERT_EQ(attached->items.size(), 1U);
    EXPECT_EQ(attached->items[0].arn,
              "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy");
}

TEST_F(ServiceLinkedRolesTest, TakeASuffixWhereTheServiceAllowsIt) {  // 8.11.
    EXPECT_TRUE(create("autoscaling.amazonaws.com"));
    EXPECT_EQ(error_of(create("autoscaling.amazonaws.com")),
              (Error{"InvalidInput", 400,
                     "Service role name AWSServiceRoleForAutoScaling has been taken in this account, please "
                     "try a different suffix."}));
    EXPECT_EQ(create("autoscaling.amazonaws.com", "blue")->name, "AWSServiceRoleForAutoScaling_blue");
    EXPECT_EQ(error_of(create("ecs.amazonaws.com", "blue")),
              (Error{"InvalidInput", 400, "Custom suffix is not allowed for ecs.amazonaws.com"}));
    EXPECT_EQ(error_of(create("nothing.amazonaws.com")).code, "InvalidInput");
    EXPECT_EQ(error_of(create("autoscaling.amazonaws.com", std::string(50, 'a'))).code, "InvalidInput");
}

TEST_F(ServiceLinkedRolesTest, AreNotForOthersToChange) {  // 8.3.
    EXPECT_TRUE(create("ecs.amazonaws.com"));
    constexpr std::string_view name = "AWSServiceRoleForECS";
    EXPECT_EQ(error_of(edit([&](AccountEdit& account) { return delete_role(account, name); })),
              (Error{"UnmodifiableEntity", 400,
                     "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role "
                     "is only modifiable by AWS"}));
    EXPECT_EQ(error_of(edit([&](AccountEdit& account) {
                  return attach_policy(account, {OwnerKind::role, name},
                                       "arn:aws:iam::aws:policy/ReadOnlyAccess");
              })).code,
              "UnmodifiableEntity");
    EXPECT_TRUE(
        edit([&](AccountEdit& account) { return update_role(account, name, {.description = "other"}); }));
    EXPECT_TRUE(
        edit([&](AccountEdit& account) { return tag(account, {TaggedKind::role, name}, {{"k", "v"}}); }));
}

TEST_F(ServiceLinkedRolesTest, AreDeletedByATaskOfTheirOwn) {  // 8.11.
    EXPECT_TRUE(create("ecs.amazonaws.com"));
    const auto id = erase("awsserviceroleforecs");
    ASSERT_TRUE(id) << id.error().message;
    EXPECT_TRUE(id->starts_with("task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/"));
    EXPECT_TRUE(task(*id));
    EXPECT_EQ(error_of(erase("AWSServiceRoleForECS")).code, "NoSuchEntity");
    EXPECT_TRUE(create("ecs.amazonaws.com"));  // Nothing of it is left.
    std::string unknown = *id;
    unknown.back() = unknown.back() == '0' ? '1' : '0';
    EXPECT_EQ(error_of(task(unknown)),
              (Error{"NoSuchEntity", 404, "Cannot find deletion status for given id."}));
    for (const char* bad :
         {"task", "task/aws-service-role/ecs.amazonaws.com/x", "task/aws-service-role//x/y"}) {
        EXPECT_EQ(error_of(task(bad)), (Error{"InvalidInput", 400, "Invalid task id"})) << bad;
    }
}

TEST_F(ServiceLinkedRolesTest, AreNoOtherRoles) {
    EXPECT_TRUE(edit([](AccountEdit& account) {
        return create_role(account,
                           {.name = "plain",
                            .trust_document = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                                              R"("Principal":{"Service":"ecs.amazonaws.com"},)"
                                              R"("Action":"sts:AssumeRole"}})"});
    }));
    EXPECT_EQ(error_of(erase("plain")).code, "NoSuchEntity");
}

}  // namespace
}  // namespace writ::directory
