#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "api/internal/organization_for_tests.h"
#include "api/internal/saml_metadata_for_tests.h"
#include "crypto/key_files_for_tests.h"
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
        make_instance_profiles();
        make_account_settings();
        make_credentials_of_users();
        make_server_certificates();
        make_providers();
        make_service_linked_roles();
        make_reports();
        make_delegation_requests();
        make_organization();
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

    /// An operation of root without parameters that must come first; empty: none.
    [[nodiscard]] static std::string_view step_before(std::string_view operation) {
        const bool of_issuer = operation == "DisableOutboundWebIdentityFederation" ||
                               operation == "GetOutboundWebIdentityFederationInfo";
        return of_issuer ? "EnableOutboundWebIdentityFederation" : "";
    }

    OrganizationWorld world;
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

    /// One with a role, one without.
    void make_instance_profiles() {
        for (const char* name : {"web", "bare-profile"}) {
            world.make("CreateInstanceProfile", {{"InstanceProfileName", name},
                                                 {"Tags.member.1.Key", "team"},
                                                 {"Tags.member.1.Value", "red"}});
        }
        world.make("AddRoleToInstanceProfile", {{"InstanceProfileName", "web"}, {"RoleName", "deploy"}});
    }

    void make_account_settings() {
        world.make("CreateAccountAlias", {{"AccountAlias", "acme"}});
        world.make("UpdateAccountPasswordPolicy", {{"MinimumPasswordLength", "10"}});
        world.make("CreateLoginProfile", {{"UserName", "ada"}, {"Password", "Correct-Horse-1"}});
    }

    void make_credentials_of_users() {
        const Reply certificate =
            world.make("UploadSigningCertificate",
                       {{"UserName", "ada"}, {"CertificateBody", crypto::key_file("leaf.pem")}});
        common["CertificateId"] = {{"CertificateId", certificate.text("CertificateId")}, of_ada};
        const Reply ssh_key =
            world.make("UploadSSHPublicKey",
                       {{"UserName", "ada"}, {"SSHPublicKeyBody", crypto::key_file("rsa2048.ssh")}});
        common["SSHPublicKeyId"] = {{"SSHPublicKeyId", ssh_key.text("SSHPublicKeyId")}};
        const Reply credential =
            world.make("CreateServiceSpecificCredential",
                       {{"UserName", "ada"}, {"ServiceName", "codecommit.amazonaws.com"}});
        common["ServiceSpecificCredentialId"] = {
            {"ServiceSpecificCredentialId", credential.text("ServiceSpecificCredentialId")}, of_ada};
        special["UploadSigningCertificate"] = {of_ada, {"CertificateBody", crypto::key_file("ec.pem")}};
        special["UploadSSHPublicKey"] = {{"UserName", "bare-user"},
                                         {"SSHPublicKeyBody", crypto::key_file("rsa2048.pem")}};
    }

    void make_server_certificates() {
        const auto upload = [](const std::string& name) {
            return Parameters{{"ServerCertificateName", name},
                              {"CertificateBody", crypto::key_file("leaf.pem")},
                              {"PrivateKey", crypto::key_file("leaf.key")},
                              {"Tags.member.1.Key", "team"},
                              {"Tags.member.1.Value", "red"}};
        };
        world.make("UploadServerCertificate", upload("site"));
        special["UploadServerCertificate"] = upload("new");
    }

    void make_providers() {
        const auto oidc = [](const std::string& host) {
            return Parameters{{"Url", "https://" + host},
                              {"ClientIDList.member.1", "app"},
                              {"ThumbprintList.member.1", std::string(40, 'a')},
                              {"Tags.member.1.Key", "team"},
                              {"Tags.member.1.Value", "red"}};
        };
        const auto saml = [](const std::string& name) {
            return Parameters{{"Name", name},
                              {"SAMLMetadataDocument", saml_metadata()},
                              {"Tags.member.1.Key", "team"},
                              {"Tags.member.1.Value", "red"}};
        };
        const Reply made = world.make("CreateOpenIDConnectProvider", oidc("idp.example.com"));
        common["OpenIDConnectProviderArn"] = {
            {"OpenIDConnectProviderArn", made.text("OpenIDConnectProviderArn")}};
        const Reply corporate = world.make("CreateSAMLProvider", saml("corporate"));
        common["SAMLProviderArn"] = {{"SAMLProviderArn", corporate.text("SAMLProviderArn")}};
        special["CreateOpenIDConnectProvider"] = oidc("other.example.com");
        special["CreateSAMLProvider"] = saml("new");
    }

    void make_service_linked_roles() {
        const auto made_for = [&](const char* service) {
            return world.make("CreateServiceLinkedRole", {{"AWSServiceName", service}}).text("RoleName");
        };
        const std::string gone = made_for("autoscaling.amazonaws.com");
        special["DeleteServiceLinkedRole"] = {{"RoleName", made_for("elasticloadbalancing.amazonaws.com")}};
        const Reply task = world.make("DeleteServiceLinkedRole", {{"RoleName", gone}});
        common["DeletionTaskId"] = {{"DeletionTaskId", task.text("DeletionTaskId")}};
    }

    void make_reports() {
        world.make("GenerateCredentialReport", {});
        const Reply job = world.make("GenerateServiceLastAccessedDetails", {ada_arn()});
        common["JobId"] = {{"JobId", job.text("JobId")}};
        const Reply about_group = world.make("GenerateServiceLastAccessedDetails",
                                             {{"Arn", "arn:aws:iam::123456789012:group/devs"}});
        special["GetServiceLastAccessedDetailsWithEntities"] = {{"JobId", about_group.text("JobId")}};
    }

    /// The account asks itself: one request that nobody owns, one of root, one that is accepted.
    void make_delegation_requests() {
        int workflows = 0;
        const auto asking = [&] {
            return Parameters{{"Description", "d"},
                              {"Permissions.PolicyTemplateArn", policy_arn_of("free")},
                              {"RequestorWorkflowId", "workflow-" + std::to_string(++workflows)},
                              {"NotificationChannel", "arn:aws:sns:us-east-1:123456789012:updates"},
                              {"SessionDuration", "3600"}};
        };
        const auto with = [&](const std::vector<const char*>& actions) {
            const Parameters id{
                {"DelegationRequestId",
                 world.make("CreateDelegationRequest", asking()).text("DelegationRequestId")}};
            for (const char* action : actions) world.make(action, id);
            return id;
        };
        special["CreateDelegationRequest"] = asking();
        special["AssociateDelegationRequest"] = with({});
        special["SendDelegationToken"] = with({"AssociateDelegationRequest", "AcceptDelegationRequest"});
        common["DelegationRequestId"] = with({"AssociateDelegationRequest"});
        special["GetHumanReadableSummary"] = {
            {"EntityArn",
             "arn:aws:iam::123456789012:delegation-request/" + common["DelegationRequestId"].front().second}};
    }

    static std::pair<std::string, std::string> ada_arn() {
        return {"Arn", "arn:aws:iam::123456789012:user/ada"};
    }

    /// IAM is trusted in it, so that the root access of members can be managed.
    void make_organization() {
        world.make_organization();
        world.manage("EnableAWSServiceAccess", {{"ServicePrincipal", "iam.amazonaws.com"}});
        // About few services, for each is a row of the report.
        const Parameters subject{{"EntityPath", world.organization_id() + "/" + world.root_id()},
                                 {"OrganizationsPolicyId", world.make_policy("few", allow("iam:Get*"))}};
        special["GenerateOrganizationsAccessReport"] = subject;
        const Reply job = world.make("GenerateOrganizationsAccessReport", subject);
        special["GetOrganizationsAccessReport"] = {{"JobId", job.text("JobId")}};
    }

    static std::string trust() {
        return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)"
               R"("Principal":{"AWS":"123456789012"}}})";
    }

    const std::pair<std::string, std::string> of_ada{"UserName", "ada"};

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
        {"InstanceProfileName", {{"InstanceProfileName", "web"}}},
        {"ServerCertificateName", {{"ServerCertificateName", "site"}}},
        {"AccountAlias", {{"AccountAlias", "acme"}}},
        {"Password", {{"Password", "Correct-Horse-2"}}},
        {"Arn", {ada_arn()}},
        {"ServiceNamespace", {{"ServiceNamespace", "iam"}}},
        {"ServiceNamespaces", {{"ServiceNamespaces.member.1", "iam"}}},
        {"ClientID", {{"ClientID", "app"}}},
        {"ThumbprintList", {{"ThumbprintList.member.1", std::string(40, 'b')}}},
        {"Encoding", {{"Encoding", "SSH"}}},
        {"GlobalEndpointTokenVersion", {{"GlobalEndpointTokenVersion", "v2Token"}}},
        {"AWSServiceName", {{"AWSServiceName", "ecs.amazonaws.com"}}},
        {"ServiceName", {{"ServiceName", "codecommit.amazonaws.com"}}},
        {"TemplateArn", {{"TemplateArn", "arn:aws:iam::aws:role-template/example.amazonaws.com/Example:1"}}},
    };
    /// By operation.
    Samples special{
        {"AddClientIDToOpenIDConnectProvider", {{"ClientID", "another-app"}}},
        {"AddRoleToInstanceProfile", {{"InstanceProfileName", "bare-profile"}, {"RoleName", "deploy"}}},
        {"AddUserToGroup", {{"GroupName", "devs"}, {"UserName", "bare-user"}}},
        {"AttachGroupPolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"AttachRolePolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"AttachUserPolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"CreateAccessKey", {{"UserName", "ada"}}},
        {"CreateAccountAlias", {{"AccountAlias", "renamed"}}},
        {"CreateGroup", {{"GroupName", "new"}}},
        {"CreateInstanceProfile", {{"InstanceProfileName", "new"}}},
        {"CreateLoginProfile", {{"UserName", "bare-user"}, {"Password", "Correct-Horse-2"}}},
        {"CreatePolicy", {{"PolicyName", "new"}}},
        {"CreatePolicyVersion", {{"SetAsDefault", "true"}}},
        {"CreateRole", {{"RoleName", "new"}, {"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}}},
        {"CreateUser",
         {{"UserName", "new"},
          {"PermissionsBoundary", policy_arn_of("boundary")},
          {"Tags.member.1.Key", "k"},
          {"Tags.member.1.Value", "v"}}},
        {"DeactivateMFADevice", {of_ada}},
        {"DeleteAccessKey", {of_ada}},
        {"DeleteInstanceProfile", {{"InstanceProfileName", "bare-profile"}}},
        {"DeleteGroup", {{"GroupName", "bare-group"}}},
        {"DeleteLoginProfile", {of_ada}},
        {"DeletePolicy", {{"PolicyArn", policy_arn_of("free")}}},
        {"DeletePolicyVersion", {{"VersionId", "v2"}}},
        {"DeleteRole", {{"RoleName", "bare-role"}}},
        {"DeleteUser", {{"UserName", "bare-user"}}},
        {"GetLoginProfile", {of_ada}},
        {"ListSSHPublicKeys", {of_ada}},
        {"PutAccountProperties",
         {{"Properties.entry.1.key", "RoleManager/Enabled"}, {"Properties.entry.1.value", "false"}}},
        {"ListServiceSpecificCredentials", {of_ada}},
        {"SetDefaultPolicyVersion", {{"VersionId", "v2"}}},
        {"UpdateAccessKey", {of_ada}},
        {"UpdateAssumeRolePolicy", {{"PolicyDocument", trust()}}},
        {"UpdateAccountPasswordPolicy", {{"MinimumPasswordLength", "12"}, {"MaxPasswordAge", "90"}}},
        {"UpdateLoginProfile", {{"Password", "Correct-Horse-2"}, {"PasswordResetRequired", "true"}}},
        {"UpdateSAMLProvider", {{"SAMLMetadataDocument", saml_metadata()}}},
        {"UpdateServerCertificate", {{"NewServerCertificateName", "renamed"}, {"NewPath", "/new/"}}},
        {"UpdateGroup", {{"NewGroupName", "renamed"}, {"NewPath", "/new/"}}},
        {"UpdateRole", {{"Description", "new"}, {"MaxSessionDuration", "7200"}}},
        {"UpdateUser", {{"NewUserName", "renamed"}, {"NewPath", "/new/"}}},
    };
};

}  // namespace writ::api
