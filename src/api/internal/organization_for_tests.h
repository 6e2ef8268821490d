#pragma once

#include <nlohmann/json.hpp>

#include "api/internal/world_for_tests.h"

/// A World whose first account manages an organization, called in JSON as clients call it.
namespace writ::api {

using Json = nlohmann::json;

struct JsonReply {
    explicit JsonReply(Answer given)
        : answer(std::move(given)), body(Json::parse(answer.response.body, nullptr, false)) {}

    [[nodiscard]] bool ok() const { return answer.response.status == 200; }
    [[nodiscard]] std::string code() const { return body.value("__type", ""); }
    [[nodiscard]] std::string message() const { return body.value("Message", ""); }
    [[nodiscard]] std::string reason() const { return body.value("Reason", ""); }
    /// "200", "NoSuchException" or "NoSuchException REASON".
    [[nodiscard]] std::string summary() const {
        if (ok()) return "200";
        return reason().empty() ? code() : code() + " " + reason();
    }

    Answer answer;
    Json body;
};

class OrganizationWorld : public World {
  public:
    [[nodiscard]] HttpRequest json_request(std::string_view operation, const std::string& body) {
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.headers = {{"Host", "127.0.0.1:7600"},
                           {"Content-Type", "application/x-amz-json-1.1"},
                           {"X-Amz-Target", "AWSOrganizationsV20161128." + std::string(operation)}};
        request.body = body;
        request.peer_address = "203.0.113.9";
        request.request_id = "6a2f41a3-c54c-4c59-9a63-1d3f1b3b4d11";
        return request;
    }
    [[nodiscard]] JsonReply send_json(const Who& who, HttpRequest request) {
        crypto::sign(request, who.credentials(), "us-east-1", "organizations", clock().now());
        return JsonReply(endpoint().handle(request));
    }
    [[nodiscard]] JsonReply organizations(const Who& who, std::string_view operation,
                                          const Json& parameters = Json::object()) {
        return send_json(who, json_request(operation, parameters.dump()));
    }
    /// By the root user of the management account; must succeed.
    Json manage(std::string_view operation, const Json& parameters = Json::object()) {
        const JsonReply reply = organizations(root(), operation, parameters);
        EXPECT_EQ(reply.summary(), "200") << operation << " " << reply.answer.response.body;
        return reply.body;
    }

    /// With all features; returns the id of its root.
    std::string make_organization() {
        organization_ = manage("CreateOrganization")["Organization"]["Id"];
        root_ = manage("ListRoots")["Roots"][0]["Id"];
        return root_;
    }
    [[nodiscard]] const std::string& organization_id() const { return organization_; }
    [[nodiscard]] const std::string& root_id() const { return root_; }

    std::string make_unit(const std::string& parent, const std::string& name) {
        return manage("CreateOrganizationalUnit",
                      {{"ParentId", parent}, {"Name", name}})["OrganizationalUnit"]["Id"];
    }
    std::string make_account(const std::string& name) {
        const Json made = manage("CreateAccount", {{"Email", name + "@example.com"}, {"AccountName", name}});
        const Json status = manage("DescribeCreateAccountStatus",
                                   {{"CreateAccountRequestId", made["CreateAccountStatus"]["Id"]}});
        EXPECT_EQ(status["CreateAccountStatus"]["State"], "SUCCEEDED");
        return status["CreateAccountStatus"]["AccountId"];
    }
    /// An administrator of a member: the role that came with the account, assumed from outside.
    Who administrator_of(const std::string& member) {
        if (admin_.access_key_id.empty()) admin_ = make_user("admin", allow_all);
        const Reply session =
            sts(admin_, "AssumeRole",
                {{"RoleArn", "arn:aws:iam::" + member + ":role/OrganizationAccountAccessRole"},
                 {"RoleSessionName", "admin"}});
        EXPECT_EQ(session.summary(), "200");
        return session.credentials();
    }
    /// The other account of the World joins, with its root user.
    void invite_other_account() {
        const Json invited =
            manage("InviteAccountToOrganization", {{"Target", {{"Id", other_account}, {"Type", "ACCOUNT"}}}});
        EXPECT_EQ(
            organizations(other_root(), "AcceptHandshake", {{"HandshakeId", invited["Handshake"]["Id"]}})
                .summary(),
            "200");
    }
    std::string make_policy(const std::string& name, const std::string& content,
                            const std::string& type = "SERVICE_CONTROL_POLICY") {
        return manage("CreatePolicy", {{"Name", name},
                                       {"Description", "d"},
                                       {"Content", content},
                                       {"Type", type}})["Policy"]["PolicySummary"]["Id"];
    }
    void attach(const std::string& policy, const std::string& target) {
        manage("AttachPolicy", {{"PolicyId", policy}, {"TargetId", target}});
    }
    void detach(const std::string& policy, const std::string& target) {
        manage("DetachPolicy", {{"PolicyId", policy}, {"TargetId", target}});
    }
    [[nodiscard]] static std::string policy_of(const std::string& statement) {
        return R"({"Version":"2012-10-17","Statement":[)" + statement + "]}";
    }

  private:
    std::string organization_;
    std::string root_;
    Who admin_;
};

}  // namespace writ::api
