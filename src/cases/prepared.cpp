#include <memory>
#include <utility>

#include "base/arn.h"
#include "cases/run.h"
#include "engine/request.h"
#include "engine/request_keys.h"

namespace writ::cases {
namespace {

using engine::PolicySet;
using policy::PolicyType;

std::unique_ptr<const PolicySet> make_set(std::span<const PolicyText> policies, PolicyType type) {
    std::vector<PolicySet::Member> members;
    members.reserve(policies.size());
    for (const PolicyText& policy : policies)
        members.push_back({engine::compile(policy.document, type), policy.source});
    return std::make_unique<const PolicySet>(std::move(members));
}

std::unique_ptr<const PolicySet> make_set(const std::optional<PolicyText>& policy, PolicyType type) {
    return policy ? make_set(std::span(&*policy, 1), type) : nullptr;
}

// One set a level, and the pointers that engine::Policies wants.
struct Levels {
    std::vector<std::unique_ptr<const PolicySet>> sets;
    std::vector<const PolicySet*> pointers;

    Levels(const std::optional<std::vector<PolicyLevel>>& levels, PolicyType type) {
        if (levels && type == PolicyType::rcp) engine::prepare_for_rcps();
        for (const PolicyLevel& level : levels.value_or(std::vector<PolicyLevel>{})) {
            sets.push_back(make_set(level, type));
            pointers.push_back(sets.back().get());
        }
    }
};

void apply(engine::Context& context, const std::vector<ContextValue>& values) {
    // First all removals: a value under another spelling of a derived key must win whatever the spelling.
    for (const ContextValue& value : values) context.remove(value.key);
    for (const ContextValue& value : values) {
        if (value.removed) continue;
        if (value.multivalued)
            context.set_list(value.key, value.values);
        else
            context.set(value.key, value.values.front());
    }
}

}  // namespace

std::string resource_account_of(const Case& question) {
    if (!question.resource_account.empty()) return question.resource_account;
    // Not every fifth part is an account: S3 leaves it empty, AWS managed policies have "aws" there.
    if (const auto arn = parse_arn(question.resource); arn && is_account_id(arn->account))
        return std::string(arn->account);
    return question.caller.principal.account;
}

engine::Context context_of(const Case& question, Instant now) {
    const Caller& caller = question.caller;
    engine::PrincipalFacts facts;
    facts.tags = caller.tags;
    facts.session_tags = caller.session_tags;
    facts.mfa_age = caller.mfa_age;

    engine::Context context;
    engine::set_principal_keys(context, caller.principal, facts);
    engine::set_time_keys(context, question.time.value_or(now));
    const std::string_view service = std::string_view(question.action).substr(0, question.action.find(':'));
    engine::set_resource_keys(context, service, resource_account_of(question), question.resource_tags);
    apply(context, question.context);
    return context;
}

struct Prepared::Content {
    std::unique_ptr<const PolicySet> identity, boundary, session, resource, trust, endpoint;
    Levels scope_down, scp, rcp;
    engine::Context context;
    std::string resource_account;
    engine::Request request;

    Content(const Case& question, Instant now)
        : identity(make_set(question.policies.identity, PolicyType::identity)),
          boundary(make_set(question.policies.boundary, PolicyType::boundary)),
          session(question.policies.session ? make_set(*question.policies.session, PolicyType::session)
                                            : nullptr),
          resource(make_set(question.policies.resource, PolicyType::resource)),
          trust(make_set(question.policies.trust, PolicyType::trust)),
          endpoint(make_set(question.policies.endpoint, PolicyType::endpoint)),
          scope_down(question.policies.scope_down, PolicyType::session),
          scp(question.policies.scp, PolicyType::scp),
          rcp(question.policies.rcp, PolicyType::rcp),
          context(context_of(question, now)),
          resource_account(resource_account_of(question)),
          request(question.caller.principal, fields(question), context) {}

    [[nodiscard]] engine::Request::Fields fields(const Case& question) const {
        return {.action = question.action,
                .resource = question.resource,
                .resource_account = resource_account,
                .resource_in_management_account =
                    !resource_account.empty() && resource_account == question.caller.management_account,
                .via_vpc_endpoint = question.policies.endpoint.has_value()};
    }
};

Prepared::Prepared(const Case& question, Instant now)
    : content_(std::make_unique<const Content>(question, now)) {
    const Content& content = *content_;
    policies_ = {.identity = content.identity.get(),
                 .boundary = content.boundary.get(),
                 .session = content.session.get(),
                 .scope_down = content.scope_down.pointers,
                 .resource = content.resource.get(),
                 .trust = content.trust.get(),
                 .endpoint = content.endpoint.get(),
                 .scp = std::nullopt,
                 .rcp = std::nullopt};
    if (question.policies.scp) policies_.scp = content.scp.pointers;
    if (question.policies.rcp) policies_.rcp = content.rcp.pointers;
}

Prepared::~Prepared() = default;

const engine::Request& Prepared::request() const noexcept {
    return content_->request;
}

}  // namespace writ::cases
