#include "questions/inquiry.h"

#include <algorithm>
#include <utility>

#include "api/denied_question.h"
#include "authz/connection_keys.h"
#include "authz/named_caller.h"
#include "base/arn.h"
#include "base/text.h"
#include "cases/print.h"
#include "cases/run.h"
#include "directory/accounts/accounts.h"
#include "engine/policies.h"
#include "engine/request_keys.h"
#include "engine/trust.h"
#include "questions/internal/context.h"

namespace writ::questions {
namespace {

constexpr std::size_t parties_max = 1'000;  ///< Kept at once; then all are looked up anew.

Reply refused(Error error) {
    Reply reply;
    reply.message = error.message;
    reply.error = std::move(error);
    return reply;
}

Error no_such_principal(const Question& question) {
    return {"NoSuchEntity", 404,
            "There is no user, root user, role or session of a role with the ARN " +
                std::string(question.principal) + "."};
}

/// What permission to ask is needed on: a session of a role is the role.
std::string permission_arn(const authz::Caller& caller) {
    const engine::Principal& principal = *caller.principal;
    return principal.role_arn.empty() ? principal.arn : principal.role_arn;
}

/// The trust policy that must allow it too; null: none has to. Nobody may assume a role that is not there.
const engine::PolicySet* trust_for(std::string_view action, const authz::Subject* subject) {
    static const engine::PolicySet none{std::vector<engine::PolicySet::Member>{}};
    if (!engine::asks_trust_policy(action)) return nullptr;
    return subject != nullptr && subject->trust.has_value() ? &subject->trust.value() : &none;
}

/// Kept for its memory: a dozen keys with names and values.
engine::Context& spare_context() {
    thread_local engine::Context context;
    return context;
}

const authz::ResourcePtr& no_resource() {
    static const auto none = std::make_shared<const authz::Resource>();
    return none;
}

/// Whether the question says itself which tags the resource has: then it is so.
bool tells_resource_tags(const Question& question) {
    return std::ranges::any_of(question.context, [](const ContextValue& value) {
        const std::size_t slash = value.key.find('/');
        const std::string_view family = value.key.substr(0, slash);
        const std::size_t colon = family.find(':');
        if (slash == std::string_view::npos || colon == std::string_view::npos) return false;
        const std::string_view name = family.substr(colon + 1);
        return equals_ignoring_case(name, "ResourceTag") || equals_ignoring_case(name, "ExistingObjectTag") ||
               equals_ignoring_case(name, "BucketTag");
    });
}

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

/// One action by name: a pattern would be asked for as it stands, and never be denied as what it stands for.
Result<void> check_form(const Question& question) {
    const std::size_t colon = question.action.find(':');
    const bool is_action = colon != std::string_view::npos && colon > 0 &&
                           colon + 1 < question.action.size() &&
                           question.action.find_first_of("*? ") == std::string_view::npos;
    if (!is_action) {
        return invalid("\"" + std::string(question.action) + "\" is no action; it takes service:Action.");
    }
    if (!question.principal.empty() && !parse_arn(question.principal)) {
        return invalid("\"" + std::string(question.principal) + "\" is no principal; it takes an ARN.");
    }
    const auto arn = parse_arn(question.resource);
    const bool is_resource =
        question.resource == "*" ||
        (arn && (arn->account.empty() || arn->account == "aws" || is_account_id(arn->account)));
    if (!is_resource) {
        return invalid("\"" + std::string(question.resource) +
                       "\" is no resource; it takes an ARN, or * for an action without resource.");
    }
    if (question.resource_account.empty() || is_account_id(question.resource_account)) return {};
    return invalid("\"" + std::string(question.resource_account) + "\" is no account of 12 digits.");
}

}  // namespace

Inquiry::Inquiry(api::Surroundings& at, authz::Authenticator& authenticator, const authz::Caller& asker,
                 ServiceListPtr services, const HttpRequest& http)
    : at_(at),
      authenticator_(authenticator),
      asker_(asker),
      services_(std::move(services)),
      now_(at.environment.clock.now()),
      http_(http) {}

Inquiry::~Inquiry() {
    if (!parties_.empty()) spare_context() = std::move(parties_.begin()->second.context);
}

Reply Inquiry::answer(const Question& question) {
    if (auto valid = check_form(question); !valid) return refused(std::move(valid.error()));
    Party& party = party_of(question);
    if (party.refusal) return refused(*party.refusal);
    if (question.explain) {
        if (auto may = check_explanation(party); !may) return refused(std::move(may.error()));
    }
    return decide(party, question);
}

Inquiry::Party& Inquiry::party_of(const Question& question) {
    key_.assign(question.principal);
    if (!question.session_token.empty()) {
        key_.append(1, '\n').append(question.access_key_id).append(1, '\n').append(question.session_token);
    }
    if (last_ != nullptr && key_ == last_key_) return *last_;
    if (parties_.size() >= parties_max) parties_.clear();
    auto found = parties_.find(key_);
    if (found == parties_.end()) found = parties_.emplace(key_, find(question)).first;
    last_ = &found->second;
    last_key_ = key_;
    return *last_;
}

Inquiry::Party Inquiry::asker_itself() const {
    Party party;
    party.caller = asker_;
    fill(party);
    return party;
}

/// The keys of whoever is asked about, in memory that another question has used before.
void Inquiry::fill(Party& party) const {
    party.context = std::move(spare_context());
    party.context.clear();
    authz::set_caller_keys(party.context, party.caller, now_);
}

Result<std::optional<authz::Caller>> Inquiry::look_up(const Question& question) {
    if (question.session_token.empty()) {
        return authz::caller_named(at_.subjects, at_.config.partition, question.principal);
    }
    auto caller = authenticator_.recognise(question.access_key_id, question.session_token);
    if (caller) return std::optional<authz::Caller>(std::move(*caller));
    if (caller.error().http_status >= 500) return std::unexpected(std::move(caller.error()));
    return fail("NoSuchEntity", 404, "There is no such session. " + caller.error().message);
}

/// Permission comes before the look whether somebody is there (spec B7).
Inquiry::Party Inquiry::find(const Question& question) {
    const bool by_arn = question.session_token.empty();
    const bool itself =
        by_arn && (question.principal.empty() ||
                   (asker_.session == nullptr && question.principal == asker_.principal->arn));
    if (itself) return asker_itself();
    Party party;
    auto caller = look_up(question);
    if (!caller) {
        party.refusal = std::move(caller.error());
        return party;
    }
    std::optional<authz::Caller>& known = *caller;
    const authz::Caller* found = known ? &*known : nullptr;
    party.arn = found == nullptr ? std::string(question.principal) : permission_arn(*found);
    if (auto may = check_permission("writ:Authorize", found, party.arn); !may) {
        party.refusal = std::move(may.error());
    } else if (!known) {
        party.refusal = no_such_principal(question);
    } else {
        party.caller = std::move(*known);
        fill(party);
    }
    return party;
}

const engine::Context& Inquiry::asker_context() {
    if (!asker_context_) {
        authz::set_caller_keys(asker_context_.emplace(), asker_, now_);
        authz::set_connection_keys(*asker_context_, http_, at_.config.region);
    }
    return *asker_context_;
}

Result<void> Inquiry::check_permission(std::string_view action, const authz::Caller* about,
                                       std::string_view arn) {
    const auto parsed = parse_arn(arn);
    const bool tells_account = parsed && !parsed->account.empty();
    const std::string account(tells_account ? parsed->account : std::string_view(asker_.principal->account));
    const auto owner = at_.subjects.organization(account);
    if (!owner) return std::unexpected(owner.error());
    const authz::Demand demand{.action = action,
                               .resource = arn,
                               .resource_account = account,
                               .owner = owner->get(),
                               .shown = std::nullopt};
    // Filling a context costs more than the decision, and most policies about asking have no condition.
    static const engine::Context empty;
    if (!authz::Authorizer::asks_context(asker_, demand, empty) &&
        at_.authorizer.authorize(asker_, demand, empty).allowed()) {
        return {};
    }
    engine::Context context = asker_context();
    engine::TagView tags;
    if (about != nullptr && about->subject != nullptr) tags = about->subject->tags;
    engine::set_resource_keys(context, "writ", account, tags);
    authz::set_resource_organization_keys(context, **owner);
    const authz::Ruling ruling = at_.authorizer.authorize(asker_, demand, context);
    if (ruling.allowed()) return {};
    Error error{"AccessDenied", 403, ruling.message};
    error.defect = ruling.defect;
    return std::unexpected(std::move(error));
}

Result<void> Inquiry::check_explanation(Party& party) {
    const std::string arn = party.arn.empty() ? permission_arn(party.caller) : party.arn;
    if (party.may_be_explained) return {};
    auto may = check_permission("writ:Explain", &party.caller, arn);
    party.may_be_explained = may.has_value();
    return may;
}

/// The account that owns the resource, as its organization sees it.
Result<void> Inquiry::set_owner(Party& party, std::string_view account) const {
    if (party.owner != nullptr && party.owner->account == account) return {};
    const bool own = account == party.caller.principal->account;
    auto owner =
        own ? Result<authz::OrganizationPtr>(party.caller.organization) : at_.subjects.organization(account);
    if (!owner) return std::unexpected(owner.error());
    if (*owner == nullptr)
        return fail("InternalFailure", 500, "The organization of the caller is not known.");
    for (const std::string_view key : {"aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"}) {
        party.context.remove(key);
    }
    party.owner = std::move(*owner);
    engine::set_resource_keys(party.context, {}, account, {});
    authz::set_resource_organization_keys(party.context, *party.owner);
    return {};
}

/// Whose resource it is: as the question says, as the ARN says, as is known of a bucket.
Result<std::string> Inquiry::owner_of(const Party& party, const Question& question) const {
    if (!question.resource_account.empty()) return std::string(question.resource_account);
    const auto arn = parse_arn(question.resource);
    if (arn && !arn->account.empty() && arn->account != "aws") return std::string(arn->account);
    if (arn && arn->service == "s3") {
        auto known = at_.resources.bucket_owner(arn->resource.substr(0, arn->resource.find('/')));
        if (!known) return std::unexpected(std::move(known.error()));
        if (auto& account = *known; account.has_value()) return std::move(*account);
    }
    return party.caller.principal->account;
}

Reply Inquiry::decide(Party& party, const Question& question) {
    const auto arn = parse_arn(question.resource);
    const auto account = owner_of(party, question);
    if (!account) return refused(account.error());
    if (auto set = set_owner(party, *account); !set) return refused(std::move(set.error()));

    // A user or role of this Writ, whose tags and trust are known.
    authz::SubjectPtr subject;
    if (arn && arn->service == "iam") {
        auto found = internal::subject_of(at_.subjects, *arn, question.resource);
        if (!found) return refused(std::move(found.error()));
        subject = std::move(*found);
    }
    // Anything else, of which it may keep policy and tags.
    authz::ResourceInForce known{no_resource(), no_resource()};
    if (subject == nullptr && arn) {
        auto found = at_.resources.in_force(*account, question.resource);
        if (!found) return refused(std::move(found.error()));
        known = std::move(*found);
    }
    const authz::Tags* tags = subject == nullptr ? &known.tag_holder->tags : &subject->tags;
    if (subject == nullptr && (tags->empty() || tells_resource_tags(question))) tags = nullptr;
    const internal::QuestionContext context(party.context, tags, *services_, question);
    if (const auto& error = context.error()) return refused(*error);
    const authz::Demand demand{.action = question.action,
                               .resource = question.resource,
                               .resource_account = *account,
                               .owner = party.owner.get(),
                               .trust = trust_for(question.action, subject.get()),
                               .resource_policy = known.policy_holder->policy_view(),
                               .resource_defect = known.policy_holder->defect,
                               .shown = std::nullopt};
    authz::Ruling ruling = at_.authorizer.authorize(party.caller, demand, context.get());
    Reply reply{.decision = ruling.decision, .message = std::move(ruling.message)};
    if (!ruling.defect.empty()) {
        reply.error = Error{"InternalFailure", 500, reply.message};
        reply.error->defect = std::move(ruling.defect);
        return reply;
    }
    // An explanation shows policies: those of another account are not for whoever asks.
    const bool is_anothers_policy =
        demand.resource_policy != nullptr && *account != asker_.principal->account;
    if (question.explain && !is_anothers_policy) reply.explanation = explain(party, demand, context.get());
    return reply;
}

std::string Inquiry::explain(const Party& party, const authz::Demand& demand,
                             const engine::Context& context) const {
    const auto policies = at_.authorizer.policies_in_force(party.caller, demand);
    if (!policies) return {};
    const cases::Case question = api::question_of(party.caller, demand, context, *policies, now_);
    return cases::to_json(question, cases::run(question, now_), cases::Detail::trace);
}

}  // namespace writ::questions
