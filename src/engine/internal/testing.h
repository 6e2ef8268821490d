#pragma once

// What the tests of the engine share: policies from JSON, and a question with everything that is in force.

#include <deque>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide.h"
#include "engine/policies.h"
#include "engine/request.h"
#include "policy/parse.h"

namespace writ::engine::testing {

inline constexpr std::string_view account_a = "111111111111";
inline constexpr std::string_view account_b = "222222222222";

inline policy::DocumentPtr parse_document(std::string_view text) {
    const auto parsed = policy::parse(text);
    if (!parsed) throw std::runtime_error(std::string(text) + ": " + parsed.error().hint);
    return *parsed;
}

/// {"Version": "2012-10-17", "Statement": [STATEMENTS]}
inline policy::DocumentPtr document_of(std::string_view statements, std::string_view version = "2012-10-17") {
    std::string text = R"({"Version":")";
    text.append(version).append(R"(","Statement":[)").append(statements).append("]}");
    return parse_document(text);
}

inline std::string allow(std::string_view action, std::string_view resource = "*") {
    return std::string(R"({"Effect":"Allow","Action":")")
               .append(action)
               .append(R"(","Resource":")")
               .append(resource) +
           R"("})";
}
inline std::string deny(std::string_view action, std::string_view resource = "*") {
    return std::string(R"({"Effect":"Deny","Action":")")
               .append(action)
               .append(R"(","Resource":")")
               .append(resource) +
           R"("})";
}
/// A statement of a resource policy; `principal` is JSON.
inline std::string grant(std::string_view effect, std::string_view principal, std::string_view action = "*",
                         std::string_view resource = "*") {
    return std::string(R"({"Effect":")")
               .append(effect)
               .append(R"(","Principal":)")
               .append(principal)
               .append(R"(,"Action":")")
               .append(action)
               .append(R"(","Resource":")")
               .append(resource) +
           R"("})";
}

inline Principal user(std::string_view account = account_a, std::string_view name = "bob") {
    Principal caller;
    caller.kind = PrincipalKind::user;
    caller.account = account;
    caller.arn = "arn:aws:iam::" + caller.account + ":user/" + std::string(name);
    caller.id = "AIDABOB";
    return caller;
}
inline Principal role_session(std::string_view account = account_a) {
    Principal caller;
    caller.kind = PrincipalKind::role_session;
    caller.account = account;
    caller.arn = "arn:aws:sts::" + caller.account + ":assumed-role/ops/s1";
    caller.role_arn = "arn:aws:iam::" + caller.account + ":role/team/ops";
    caller.id = "AROAOPS";
    return caller;
}
inline Principal federated_user(std::string_view account = account_a) {
    Principal caller;
    caller.kind = PrincipalKind::federated_user;
    caller.account = account;
    caller.arn = "arn:aws:sts::" + caller.account + ":federated-user/fed";
    caller.issuer_arn = "arn:aws:iam::" + caller.account + ":user/bob";
    caller.issuer_id = "AIDABOB";
    return caller;
}
inline Principal root(std::string_view account = account_a) {
    Principal caller;
    caller.kind = PrincipalKind::root;
    caller.account = account;
    caller.arn = "arn:aws:iam::" + caller.account + ":root";
    caller.id = account;
    return caller;
}
inline Principal service(std::string_view name = "logs.amazonaws.com") {
    Principal caller;
    caller.kind = PrincipalKind::service;
    caller.service_names = {std::string(name)};
    return caller;
}
inline Principal provider(std::string_view arn = "arn:aws:iam::111111111111:saml-provider/corp") {
    Principal caller;
    caller.kind = PrincipalKind::federated;
    caller.account = account_a;
    caller.arn = arn;
    return caller;
}

/// A caller, a context and all policies in force. Each setter takes statements without their array.
class Setting {
  public:
    explicit Setting(Principal caller_) : caller(std::move(caller_)) {}
    Setting(const Setting&) = delete;

    Setting& identity(std::string_view statements) {
        return put(policies.identity, statements, policy::PolicyType::identity);
    }
    Setting& boundary(std::string_view statements) {
        return put(policies.boundary, statements, policy::PolicyType::boundary);
    }
    Setting& session(std::string_view statements) {
        return put(policies.session, statements, policy::PolicyType::session);
    }
    Setting& scope_down(std::initializer_list<std::string_view> layers) {
        for (const auto layer : layers) scope_down_.push_back(add(layer, policy::PolicyType::session));
        policies.scope_down = scope_down_;
        return *this;
    }
    Setting& resource(std::string_view statements) {
        return put(policies.resource, statements, policy::PolicyType::resource);
    }
    Setting& trust(std::string_view statements) {
        return put(policies.trust, statements, policy::PolicyType::trust);
    }
    Setting& endpoint(std::string_view statements) {
        fields.via_vpc_endpoint = true;
        return put(policies.endpoint, statements, policy::PolicyType::endpoint);
    }
    Setting& scp(std::initializer_list<std::string_view> levels) {
        for (const auto level : levels) scp_.push_back(add(level, policy::PolicyType::scp));
        policies.scp = scp_;
        return *this;
    }
    Setting& rcp(std::initializer_list<std::string_view> levels) {
        for (const auto level : levels) rcp_.push_back(add(level, policy::PolicyType::rcp));
        policies.rcp = rcp_;
        return *this;
    }
    /// Already parsed documents, for other versions and several members.
    Setting& identity_documents(std::vector<policy::DocumentPtr> documents) {
        policies.identity = keep(std::move(documents), policy::PolicyType::identity);
        return *this;
    }

    [[nodiscard]] Decision ask(std::string_view action, std::string_view resource) {
        fields.action = action;
        fields.resource = resource;
        const Request request(caller, fields, context);
        return decide(policies, request);
    }

    /// No statements: a set without members, which allows nothing.
    const PolicySet* add(std::string_view statements, policy::PolicyType type) {
        if (statements.empty()) return keep({}, type);
        return keep({document_of(statements)}, type);
    }
    const PolicySet* keep(std::vector<policy::DocumentPtr> documents, policy::PolicyType type) {
        std::vector<PolicySet::Member> members;
        for (const auto& document : documents) {
            members.push_back({compile(document, type), {std::to_string(members.size()), "", ""}});
        }
        return &sets_.emplace_back(std::move(members));
    }

    Principal caller;
    Context context;
    Policies policies;
    Request::Fields fields;

  private:
    Setting& put(const PolicySet*& slot, std::string_view statements, policy::PolicyType type) {
        slot = add(statements, type);
        return *this;
    }
    std::deque<PolicySet> sets_;
    std::vector<const PolicySet*> scp_, rcp_, scope_down_;
};

}  // namespace writ::engine::testing
