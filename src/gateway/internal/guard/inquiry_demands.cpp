#include <algorithm>
#include <chrono>
#include <utility>

#include "base/arn.h"
#include "base/text.h"
#include "engine/request_keys.h"
#include "gateway/internal/guard/inquiry.h"
#include "gateway/internal/mapping/configured_operations.h"
#include "gateway/internal/requests/body_text.h"
#include "gateway/observed/change_log.h"

// The steps of an inquiry from the parameters to the decision.
namespace writ::gateway::internal {
namespace {

std::string_view service_of(std::string_view action) {
    return action.substr(0, action.find(':'));
}

/// The bucket that an ARN of S3 is about; empty: none.
std::string_view bucket_in(std::string_view resource) {
    const auto arn = parse_arn(resource);
    if (!arn || arn->service != "s3" || !arn->account.empty()) return {};
    return arn->resource.substr(0, arn->resource.find('/'));
}

/// Spec N3: S3 tells callers of another account and organization nothing.
bool is_foreign_to(const authz::Caller& caller, const authz::Organization* owner) {
    if (owner == nullptr || caller.organization == nullptr) return true;
    if (caller.principal->account == owner->account) return false;
    return caller.organization->id.empty() || caller.organization->id != owner->id;
}

constexpr std::string_view object_tag_keys = "s3:ExistingObjectTag/";

/// Of an object the tags of its newest version are known; who names a version may mean another one.
bool tags_are_of_another_version(const MappedDemand& mapped) {
    constexpr std::string_view of_version = "ObjectVersion";
    return mapped.action.starts_with("s3:") && mapped.action.find(of_version) != std::string::npos;
}

std::string bare_sentence(const authz::Caller& caller, std::string_view action, std::string_view resource) {
    const std::string& arn = caller.principal->arn;
    std::string text = "User: " + (arn.empty() ? std::string("anonymous") : arn);
    text.append(" is not authorized to perform: ").append(action);
    if (resource != "*") text.append(" on resource: ").append(resource);
    return text;
}

}  // namespace

Inquiry::Step Inquiry::deny(std::string_view sentence) const {
    return std::unexpected(Refusal{denial(dialect_, sentence)});
}

const std::string& Inquiry::owner() const {
    return upstream_->account.empty() ? parts_.config.account_id : upstream_->account;
}

Inquiry::Step Inquiry::map_demands() {
    if (not_recognized_) {
        const bool is_malformed =
            not_recognized_->code == "MalformedRequest" || not_recognized_->code == "AmbiguousRequest";
        if (is_malformed)
            return std::unexpected(Refusal{{"InvalidRequest", 400, not_recognized_->message}, true});
        return deny(not_recognized_->message);
    }
    // What is decided about goes on, not what it was packed in.
    if (!is_s3_ && recognized_->needs_body) {
        const auto unpacked = unpack_body(rebuilt_, parts_.config.body_bytes_max);
        if (!unpacked) return std::unexpected(Refusal{unpacked.error(), true});
    }
    auto whole = recognize_with_body(rebuilt_, std::move(*recognized_));
    if (!whole) {
        recognized_.reset();
        return deny(whole.error().message);
    }
    *recognized_ = std::move(*whole);
    if (recognized_->operation == nullptr) return deny("The request names no operation.");
    record_.operation = recognized_->operation->name;
    auto parameters = read_parameters(*recognized_, rebuilt_, {.bytes_max = parts_.config.body_bytes_max});
    if (!parameters) return std::unexpected(Refusal{parameters.error(), true});
    MappingPlace place{parts_.config.partition, region_, owner(), nullptr};
    const auto facts = facts_about(place);
    place.facts = facts ? &*facts : nullptr;
    auto demands = map_for(*upstream_, *recognized_->service, *recognized_->operation, *parameters, place);
    if (!demands) return deny(demands.error().message);
    demands_ = std::move(*demands);
    if (demands_.empty()) return deny("The gateway does not know what the request needs.");
    if (parts_.services.changes != nullptr && is_observed(*recognized_->service, *recognized_->operation))
        parameters_ = std::move(*parameters);
    return {};
}

/// Of a bucket: who made it, else whoever owns the place. A bucket that is only made now may belong to who
/// makes it; one that is there already is known, or else denied by the server behind.
Result<std::string> Inquiry::owner_of(const MappedDemand& mapped) const {
    const std::string_view bucket = bucket_in(mapped.resource);
    if (bucket.empty()) return mapped.resource_account.empty() ? owner() : mapped.resource_account;
    if (parts_.services.resources != nullptr) {
        auto known = parts_.services.resources->bucket_owner(bucket);
        if (!known) return std::unexpected(std::move(known.error()));
        if (auto& account = *known; account.has_value()) return std::move(*account);
    }
    const Upstream* upstream = find_upstream(parts_.config.upstreams, "s3", region_, bucket);
    const bool is_made = record_.operation == "CreateBucket" && upstream == upstream_;
    const std::string& maker = caller_->principal->account;
    if (is_made && upstream->creators_own_buckets && !maker.empty()) return maker;
    if (upstream == nullptr || upstream->account.empty()) return parts_.config.account_id;
    return upstream->account;
}

Inquiry::Step Inquiry::find_owners() {
    for (MappedDemand& mapped : demands_) {
        auto account = owner_of(mapped);
        if (!account) {
            record_.defect = account.error().defect;
            return deny("Access Denied");
        }
        mapped.resource_account = std::move(*account);
    }
    return {};
}

/// An upstream serves one account, so an ARN of another one would be decided by the wrong policies. What it
/// copies from is its own too, whatever bucket of that name another upstream has.
Inquiry::Step Inquiry::check_owners() {
    const std::string_view service = service_of(demands_.front().action);
    for (const MappedDemand& mapped : demands_) {
        const auto arn = parse_arn(mapped.resource);
        const std::string_view source = is_s3_ ? bucket_in(mapped.resource) : std::string_view{};
        if (!source.empty() &&
            find_upstream(parts_.config.upstreams, signing_name_, region_, source) != upstream_) {
            return deny("Access Denied: the bucket " + std::string(source) + " is not on the same upstream");
        }
        if (service_of(mapped.action) != service || !arn || arn->account.empty() || arn->account == "aws")
            continue;
        if (arn->account == owner()) continue;
        return deny("The account " + std::string(arn->account) + " of " + mapped.resource +
                    " is not the one whose resources the gateway guards here.");
    }
    return check_expected_owners();
}

/// What a client says of the owners of the buckets, which the service behind cannot know.
Inquiry::Step Inquiry::check_expected_owners() const {
    if (!is_s3_) return {};
    if (const auto* expected = find_header(rebuilt_.headers, "x-amz-expected-bucket-owner")) {
        const std::string_view bucket = label("Bucket");
        const auto at = std::ranges::find_if(demands_, [&](const MappedDemand& mapped) {
            return !bucket.empty() && bucket_in(mapped.resource) == bucket;
        });
        if (*expected != (at == demands_.end() ? owner() : at->resource_account))
            return deny("Access Denied");
    }
    if (const auto* expected = find_header(rebuilt_.headers, "x-amz-source-expected-bucket-owner")) {
        const bool is_known = std::ranges::any_of(demands_, [&](const MappedDemand& mapped) {
            return mapped.action.starts_with("s3:GetObject") && mapped.resource_account == *expected;
        });
        if (!is_known) return deny("Access Denied");
    }
    return {};
}

Inquiry::Step Inquiry::ask_all() {
    thread_local engine::Context common;  // Kept for its memory: some twenty keys with names and values.
    common.clear();
    const Instant now = parts_.services.clock.now();
    authz::set_caller_keys(common, *caller_, now);
    RequestFacts facts{rebuilt_, region_, signing_, std::nullopt, is_s3_};
    if (authorization_) {
        facts.signature_age =
            std::max(std::chrono::milliseconds(0),
                     std::chrono::floor<std::chrono::milliseconds>(now - authorization_->time));
    }
    set_request_keys(common, facts);
    for (const MappedDemand& mapped : demands_) {
        const bool is_last = &mapped == &demands_.back();  // Mostly the only one.
        if (is_last) return ask(mapped, common);
        engine::Context own = common;
        if (auto allowed = ask(mapped, own); !allowed) return allowed;
    }
    return {};
}

Result<authz::ResourceInForce> Inquiry::known_of(const MappedDemand& mapped) const {
    static const auto nothing = std::make_shared<const authz::Resource>();
    if (parts_.services.resources == nullptr || mapped.resource == "*") {
        return authz::ResourceInForce{nothing, nothing};
    }
    if (parts_.services.changes != nullptr && parts_.services.changes->is_in_doubt(mapped.resource)) {
        Error doubt{"AccessDenied", 403, "Access Denied"};
        doubt.defect = "a change of " + mapped.resource + " could not be written yet";
        return std::unexpected(std::move(doubt));
    }
    return parts_.services.resources->in_force(mapped.resource_account, mapped.resource);
}

/// `context` holds what all demands of the request have in common, and receives what is of this one.
Inquiry::Step Inquiry::ask(const MappedDemand& mapped, engine::Context& context) {
    const std::string& account = mapped.resource_account;
    const auto organization = account == caller_->principal->account
                                  ? Result<authz::OrganizationPtr>(caller_->organization)
                                  : parts_.services.subjects.organization(account);
    if (!organization) record_.defect = organization.error().defect;
    const authz::OrganizationPtr owner_organization = organization.value_or(authz::OrganizationPtr{});
    record_.action = mapped.action;
    record_.resource = mapped.resource;
    const auto known = known_of(mapped);
    if (!known) {
        record_.defect = known.error().defect;
        return deny("Access Denied");
    }

    set_mapped_keys(context, mapped);
    engine::set_resource_keys(context, service_of(mapped.action), account, {});
    if (!tags_are_of_another_version(mapped)) {
        authz::set_resource_tag_keys(context, mapped.resource, known->tag_holder->tags);
    }
    if (is_s3_) context.set("s3:ResourceAccount", account);
    if (owner_organization != nullptr) authz::set_resource_organization_keys(context, *owner_organization);

    const std::string quoted = is_s3_ ? "\"" + mapped.resource + "\"" : "";  // Spec 6.1.
    authz::Demand demand{.action = mapped.action,
                         .resource = mapped.resource,
                         .resource_account = account,
                         .owner = owner_organization.get(),
                         .trust = nullptr,
                         .resource_policy = known->policy_holder->policy_view(),
                         .resource_defect = known->policy_holder->defect,
                         .shown = std::nullopt};
    if (is_s3_ && mapped.resource != "*") demand.shown = quoted;
    const authz::Ruling ruling = parts_.authorizer.authorize(*caller_, demand, context);
    record_.decision = engine::name(ruling.decision.verdict);
    if (ruling.allowed()) {
        const std::string key = untold_key(mapped, demand, context);
        if (key.empty()) return {};
        return deny(bare_sentence(*caller_, mapped.action, mapped.resource) +
                    " because a policy asks for the condition key " + key +
                    ", which the request does not tell");
    }
    record_.decided_by = engine::name(ruling.decision.decided_by);
    if (!ruling.defect.empty()) record_.defect = ruling.defect;
    return deny(sentence_about(demand, ruling, context));
}

std::string Inquiry::untold_key(const MappedDemand& mapped, const authz::Demand& demand,
                                const engine::Context& context) const {
    const bool are_tags_untold = tags_are_of_another_version(mapped) && parts_.services.resources != nullptr;
    if (mapped.untold_keys.empty() && !are_tags_untold) return {};
    const auto explanation = parts_.authorizer.explain(*caller_, demand, context);
    if (!explanation) {
        return mapped.untold_keys.empty() ? std::string(object_tag_keys) : mapped.untold_keys.front();
    }
    for (const std::string& key : mapped.untold_keys) {
        const bool is_asked_for = std::ranges::any_of(
            explanation->missing_context,
            [&](const std::string& missing) { return equals_ignoring_case(missing, key); });
        if (is_asked_for) return key;
    }
    if (!are_tags_untold) return {};
    const auto tag = std::ranges::find_if(explanation->missing_context, [](const std::string& missing) {
        return equals_ignoring_case(std::string_view(missing).substr(0, object_tag_keys.size()),
                                    object_tag_keys);
    });
    return tag == explanation->missing_context.end() ? std::string{} : *tag;
}

std::string Inquiry::sentence_about(const authz::Demand& demand, const authz::Ruling& ruling,
                                    const engine::Context& context) const {
    const bool is_anonymous = caller_->is(engine::PrincipalKind::anonymous);
    if (is_s3_ && (is_anonymous || is_foreign_to(*caller_, demand.owner))) return "Access Denied";
    std::string sentence = ruling.message;
    // What is explained is kept for the account of the caller, who must not read another's policy.
    const bool is_anothers_policy =
        demand.resource_policy != nullptr && demand.resource_account != caller_->principal->account;
    if (parts_.services.where_explained && !is_anothers_policy) {
        const bool is_encoded = dialect_.shape == ErrorShape::ec2;
        sentence += parts_.services.where_explained(*caller_, demand, context, is_encoded);
    }
    return sentence;
}

}  // namespace writ::gateway::internal
