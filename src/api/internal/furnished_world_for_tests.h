#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "api/internal/world_for_tests.h"
#include "crypto/one_time_code.h"
#include "reference/api_model.h"

/// A world with something of every kind in it, so that any operation finds what it asks for.
namespace writ::api {

inline std::string policy_arn_of(std::string_view name) {
    return "arn:aws:iam::123456789012:policy/" + std::string(name);
}

class FurnishedWorld {
  public:
    FurnishedWorld() {
        make_policies();
        make_roles();
        make_users();
        make_mfa_devices();
    }

    /// Parameters that let the operation succeed: what is special to it, and a value for every required one.
    [[nodiscard]] Parameters sample_of(const reference::Operation& operation) const {
        Parameters parameters;
        if (const auto own = special.find(operation.name); own != special.end()) parameters = own->second;
        if (operation.input == nullptr) return parameters;
        for (const reference::Member& member : operation.input->members) {
            const bool given = std::ranges::any_of(
                parameters, [&](const auto& parameter) { return parameter.first.starts_with(member.name); });
            if (given || !member.required) continue;
            if (const auto value = common.find(member.name); value != common.end()) {
                parameters.insert(parameters.end(), value->second.begin(), value->second.end());
            }
        }
        return parameters;
    }

    World world;
    Who ada;  ///< Has a policy of her own and one attached, a group, tags, a key and an MFA device.

  private:
    using Samples = std::map<std::string_view, Parameters>;

    void make_policies() {
        for (const char* name : {"attached", "free", "boundary"}) {
            world.make("CreatePolicy",
                       {{"PolicyName", name},
                        {"PolicyDocument", name == std::string("boundary") ? allow_all : allow("iam:Get*")},
                        {"Tags.member.1.Key", "team"},
                        {"Tags.member.1.Value", "red"}});
        }
        world.make("CreatePolicyVersion",
                   {{"PolicyArn", policy_arn_of("attached")}, {"PolicyDocument", deny("iam:DeleteUser")}});
    }

    void make_roles() {
        for (const char* name : {"deploy", "bare-role"}) {
            world.make("CreateRole", {{"RoleName", name}, {"AssumeRolePolicyDocument", trust()}});
        }
        give_policies("Role", "deploy");
        world.make("PutRolePermissionsBoundary",
                   {{"RoleName", "deploy"}, {"PermissionsBoundary", policy_arn_of("boundary")}});
        world.make("TagRole",
                   {{"RoleName", "deploy"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}});
    }

    void make_users() {
        world.make("CreateUser", {{"UserName", "bare-user"}});
        for (const char* group : {"devs", "bare-group"}) world.make("CreateGroup", {{"GroupName", group}});
        give_policies("Group", "devs");
        ada = world.make_user("ada");
        give_policies("User", "ada");
        world.make("AddUserToGroup", {{"GroupName", "devs"}, {"UserName", "ada"}});
        world.make("PutUserPermissionsBoundary",
                   {{"UserName", "ada"}, {"PermissionsBoundary", policy_arn_of("boundary")}});
        world.make("TagUser",
                   {{"UserName", "ada"}, {"Tags.member.1.Key", "team"}, {"Tags.member.1.Value", "red"}});
        common["AccessKeyId"] = {{"AccessKeyId", ada.access_key_id}};
    }

    void give_policies(const std::string& kind, const std::string& name) {
        world.make("Put" + kind + "Policy",
                   {{kind + "Name", name}, {"PolicyName", "own"}, {"PolicyDocument", allow("iam:Get*")}});
        world.make("Attach" + kind + "Policy",
                   {{kind + "Name", name}, {"PolicyArn", policy_arn_of("attached")}});
    }

    /// One that is ada's and one that is nobody's.
    void make_mfa_devices() {
        const auto next_pair = [&](const Reply& made) {
            const auto seed = base64_decode(made.text("Base32StringSeed"));
            const std::string text(reinterpret_cast<const char*>(seed->data()), seed->size());
            const auto codes = crypto::OneTimeCodes::of(Secret(text));
            const std::int64_t now = crypto::one_time_step(world.clock().now());
            return Parameters{{"UserName", "ada"},
                              {"SerialNumber", made.text("VirtualMFADevice/SerialNumber")},
                              {"AuthenticationCode1", codes->at(now)},
                              {"AuthenticationCode2", codes->at(now + 1)}};
        };
        const Reply used = world.make("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "phone"}});
        world.make("EnableMFADevice", next_pair(used));
        world.clock().advance(std::chrono::minutes(5));
        special["ResyncMFADevice"] = next_pair(used);
        const Reply spare = world.make("CreateVirtualMFADevice", {{"VirtualMFADeviceName", "spare"}});
        special["EnableMFADevice"] = next_pair(spare);
        special["DeleteVirtualMFADevice"] = {{"SerialNumber", spare.text("VirtualMFADevice/SerialNumber")}};
        common["SerialNumber"] = {{"SerialNumber", used.text("VirtualMFADevice/SerialNumber")}};
    }

    static std::string trust() {
        return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
               R"("Principal":{"AWS":"123456789012"}}})";
    }

    /// By required parameter.
    Samples common{
        {"UserName", {{"UserName", "ada"}}},
        {"GroupName", {{"GroupName", "devs"}}},
        {"RoleName", {{"RoleName", "deploy"}}},
        {"PolicyName", {{"PolicyName", "own"}}},
        {"PolicyArn", {{"PolicyArn", policy_arn_of("attached")}}},
        {"PolicySourceArn", {{"PolicySourceArn", "arn:aws:iam::123456789012:user/ada"}}},
        {"PolicyDocument", {{"PolicyDocument", deny("iam:GetUser")}}},
        {"AssumeRolePolicyDocument", {{"AssumeRolePolicyDocument", trust()}}},
        {"PermissionsBoundary", {{"PermissionsBoundary", policy_arn_of("free")}}},
        {"VersionId", {{"VersionId", "v1"}}},
        {"Status", {{"Status", "Inactive"}}},
        {"Description", {{"Description", "new"}}},
        {"VirtualMFADeviceName", {{"VirtualMFADeviceName", "tablet"}}},
        {"ActionNames", {{"ActionNames.member.1", "iam:GetUser"}}},
        {"PolicyInputList", {{"PolicyInputList.member.1", allow_all}}},
        {"TagKeys", {{"TagKeys.member.1", "team"}}},
        {"Tags", {{"Tags.member.1.Key", "stage"}, {"Tags.member.1.Value", "test"}}},
    };
    /// By operation.
    Samples special{
        {"AddUserToGroup", {{"GroupName", "devs"}, {"UserName", "bare-user"}}},
        {"AttachGroupPolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"AttachRolePolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"AttachUserPolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"CreateAccessKey", {{"UserName", "ada"}}},
        {"CreateGroup", {{"GroupName", "new"}}},
        {"CreatePolicy", {{"PolicyName", "new"}}},
        {"CreatePolicyVersion", {{"SetAsDefault", "true"}}},
        {"CreateRole", {{"RoleName", "new"}, {"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}}},
        {"CreateUser",
         {{"UserName", "new"},
          {"PermissionsBoundary", policy_arn_of("boundary")},
          {"Tags.member.1.Key", "k"},
          {"Tags.member.1.Value", "v"}}},
        {"DeleteAccessKey", {{"UserName", "ada"}}},
        {"DeleteGroup", {{"GroupName", "bare-group"}}},
        {"DeletePolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"DeletePolicyVersion", {{"VersionId", "v2"}}},
        {"DeleteRole", {{"RoleName", "bare-role"}}},
        {"DeleteUser", {{"UserName", "bare-user"}}},
        {"SetDefaultPolicyVersion", {{"VersionId", "v2"}}},
        {"UpdateAccessKey", {{"UserName", "ada"}}},
        {"UpdateGroup", {{"NewGroupName", "renamed"}, {"NewPath", "/new/"}}},
        {"UpdateRole", {{"Description", "new"}, {"MaxSessionDuration", "7200"}}},
        {"UpdateUser", {{"NewUserName", "renamed"}, {"NewPath", "/new/"}}},
    };
};

}  // namespace writ::api
