#include "authz/resources.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "authz/internal/compile.h"
#include "authz/internal/following_cache.h"
#include "authz/internal/known_names.h"
#include "base/arn.h"
#include "directory/resources/resource_places.h"
#include "store/records.h"

namespace writ::authz {
namespace {

using directory::FactKind;
using store::ResourceFact;
using Members = std::vector<engine::PolicySet::Member>;

/// A fact, or that there is none.
struct KeptFact {
    std::optional<std::string> value;
    std::optional<Instant> expires_at;
};

const ResourcePtr& nothing() {
    static const auto none = std::make_shared<const Resource>();
    return none;
}

std::string key_of(std::string_view account, std::string_view name) {
    std::string key;
    key.reserve(account.size() + 1 + name.size());
    return key.append(account).append(1, '\n').append(name);
}

bool is_kms_key(std::string_view arn) {
    const auto parsed = parse_arn(arn);
    return parsed && parsed->service == "kms" && parsed->resource.starts_with("key/");
}

void compile_policy(const directory::ResourcePolicy& row, Resource& resource) {
    auto document = compile_text(row.document, policy::PolicyType::resource);
    if (!document) {
        resource.defect = row.resource_arn + ": " + document.error().message;
        return;
    }
    Members members;
    members.push_back({std::move(*document), {row.resource_arn, {}, {}}});
    resource.policy.emplace(std::move(members));
}

/// Beyond the limit nothing.
template <class Record>
Result<bool> read_names(store::Reader& reader, const store::Index& index, std::string_view account,
                        std::size_t names_max, std::vector<std::string>& names) {
    const std::size_t rows_max = names_max + 1 - std::min(names.size(), names_max);
    std::size_t rows = 0;
    const auto done = reader.scan(store::table_of<Record>, index, {.equal = {account}, .rows_max = rows_max},
                                  [&](const store::Row& row) {
                                      ++rows;
                                      constexpr std::size_t arn_column = 1;
                                      if (names.empty() || names.back() != row.text(arn_column))
                                          names.emplace_back(row.text(arn_column));
                                  });
    if (!done) return std::unexpected(directory::to_error(done.error()));
    return rows < rows_max;
}

/// What the feed says of resources; everything may have changed when it says nothing.
std::optional<std::vector<store::Change>> changes_of_resources(const std::vector<store::Change>& changes) {
    std::vector<store::Change> mine;
    for (const store::Change& change : changes) {
        if (change.entity.kind == store::EntityKind::resource) mine.push_back(change);
    }
    if (mine.empty() && !changes.empty()) return std::nullopt;
    return mine;
}

}  // namespace

void set_resource_tag_keys(engine::Context& context, std::string_view arn, const Tags& tags) {
    if (tags.empty()) return;
    const auto parsed = parse_arn(arn);
    const std::string_view service = parsed ? parsed->service : std::string_view{};
    if (directory::is_s3_object(arn)) {
        for (const auto& [key, value] : tags) context.set("s3:ExistingObjectTag/" + key, value);
        return;
    }
    const std::string own_key = std::string(service) + (service == "s3" ? ":BucketTag/" : ":ResourceTag/");
    for (const auto& [key, value] : tags) {
        context.set("aws:ResourceTag/" + key, value);
        if (!service.empty()) context.set(own_key + key, value);
    }
}

struct Resources::Kept {
    explicit Kept(const Limits& limits)
        : resources(limits.resources_max),
          facts(limits.facts_max),
          bucket_owners(limits.facts_max),
          known(limits.known_arns_max) {}

    FollowingCache<Resource> resources;  ///< By account and ARN.
    FollowingCache<KeptFact> facts;      ///< By account and the name that the feed has for the fact.
    FollowingCache<std::optional<std::string>> bucket_owners;  ///< By bucket.
    KnownNames known;
};

Resources::Resources(store::Store& store, const directory::Environment& environment, const Limits& limits)
    : store_(store), environment_(environment), kept_(std::make_shared<Kept>(limits)) {
    store_.listen([kept = kept_](const std::vector<store::Change>& changes) {
        const auto mine = changes_of_resources(changes);
        if (!mine) return;
        kept->resources.follow(*mine);
        kept->facts.follow(*mine);
        kept->bucket_owners.follow(*mine);
        const auto is_fact = [](const store::Change& change) {
            return change.entity.id.starts_with("fact:");
        };
        if (mine->empty() || !std::ranges::all_of(*mine, is_fact)) kept->known.follow(*mine);
    });
}

Resources::~Resources() = default;

Result<bool> Resources::may_be_known(std::string_view account, std::string_view arn) {
    KnownNames& known = kept_->known;
    const auto answer = known.ask(account, arn);
    if (answer != KnownNames::Answer::not_read) return answer == KnownNames::Answer::perhaps;
    const auto started = known.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    std::vector<std::string> names;
    const auto policies = read_names<store::ResourcePolicy>(**reader, store::ResourcePolicy::by_arn, account,
                                                            known.names_max(), names);
    if (!policies) return std::unexpected(policies.error());
    const auto tags = read_names<store::ResourceTag>(**reader, store::ResourceTag::by_key, account,
                                                     known.names_max(), names);
    if (!tags) return std::unexpected(tags.error());
    const bool is_all = *policies && *tags;
    const bool is_there = !is_all || std::ranges::find(names, arn) != names.end();
    known.put(account, is_all ? std::optional(std::move(names)) : std::nullopt, started);
    return is_there;
}

Result<ResourcePtr> Resources::find(std::string_view account, std::string_view arn) {
    const auto is_known = may_be_known(account, arn);
    if (!is_known) return std::unexpected(is_known.error());
    if (!*is_known) return nothing();
    std::string key = key_of(account, arn);
    if (auto kept = kept_->resources.find(key)) return kept;
    const auto started = kept_->resources.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    const directory::AccountView view{**reader, std::string(account), environment_};
    auto resource = std::make_shared<Resource>();
    const auto row = directory::find_resource_policy(view, arn);
    if (!row) return std::unexpected(row.error());
    if (*row) compile_policy(**row, *resource);
    auto tags = directory::resource_tags(view, arn);
    if (!tags) return std::unexpected(std::move(tags.error()));
    resource->tags = std::move(*tags);
    kept_->resources.put(std::move(key), resource, {std::string(arn)}, started);
    return resource;
}

Result<ResourcePtr> Resources::policy_of_version(std::string_view account, std::string_view arn,
                                                 std::string_view function) {
    const auto started = kept_->resources.epoch();
    auto own = find(account, arn);
    if (!own) return own;
    auto whole = find(account, function);
    if (!whole) return whole;
    if (!(*own)->defect.empty() || (*whole)->policy_view() == nullptr) {
        return (*whole)->defect.empty() || !(*own)->defect.empty() ? own : whole;
    }
    if ((*own)->policy_view() == nullptr || !(*whole)->defect.empty()) return whole;

    std::string key = key_of(account, arn) + "\nwith that of its function";
    if (auto kept = kept_->resources.find(key)) return kept;
    Members members;
    for (const engine::PolicySet* set : {(*own)->policy_view(), (*whole)->policy_view()}) {
        members.insert(members.end(), set->members().begin(), set->members().end());
    }
    auto both = std::make_shared<Resource>();
    both->policy.emplace(std::move(members));
    kept_->resources.put(std::move(key), both, {std::string(arn), std::string(function)}, started);
    return both;
}

/// What AWS gives a key that is made without a policy: the account leaves it to its identity policies (E2).
Result<ResourcePtr> Resources::first_key_policy(std::string_view account) {
    std::string key = key_of(account, "the first policy of a key");
    if (auto kept = kept_->resources.find(key)) return kept;
    const auto started = kept_->resources.epoch();
    std::string text = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:)";
    text += environment_.partition + ":iam::" + std::string(account);
    text += R"(:root"},"Action":"kms:*","Resource":"*"}})";
    auto resource = std::make_shared<Resource>();
    compile_policy({.account_id = {}, .resource_arn = "default key policy", .document = std::move(text)},
                   *resource);
    kept_->resources.put(std::move(key), resource, {}, started);
    return resource;
}

Result<ResourceInForce> Resources::in_force(std::string_view account, std::string_view arn) {
    const std::string_view function = directory::function_of_version(arn);
    std::string made;
    const std::string_view place = directory::policy_place(arn, made);
    auto policy_holder = function.empty() ? find(account, place) : policy_of_version(account, arn, function);
    if (!policy_holder) return std::unexpected(std::move(policy_holder.error()));
    const std::string_view tagged = directory::tag_place(arn);
    auto tag_holder = tagged == place && function.empty() ? policy_holder : find(account, tagged);
    if (!tag_holder) return std::unexpected(std::move(tag_holder.error()));
    const bool has_policy = (*policy_holder)->policy_view() != nullptr || !(*policy_holder)->defect.empty();
    if (!has_policy && is_kms_key(arn)) {
        policy_holder = first_key_policy(account);
        if (!policy_holder) return std::unexpected(std::move(policy_holder.error()));
    }
    return ResourceInForce{std::move(*policy_holder), std::move(*tag_holder)};
}

Result<std::optional<std::string>> Resources::fact(std::string_view account, FactKind kind,
                                                   std::string_view name) {
    const auto value_of = [&](const KeptFact& fact) -> std::optional<std::string> {
        if (fact.expires_at && *fact.expires_at <= environment_.clock.now()) return std::nullopt;
        return fact.value;
    };
    std::string id = ResourceFact::entity_id(kind, name);
    std::string key = key_of(account, id);
    if (const auto kept = kept_->facts.find(key)) return value_of(*kept);
    const auto started = kept_->facts.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto row = directory::read_fact(**reader, environment_, account, kind, name);
    if (!row) return std::unexpected(std::move(row.error()));
    KeptFact fact;
    if (*row) fact = {std::move((*row)->value), (*row)->expires_at};
    auto value = value_of(fact);
    kept_->facts.put(std::move(key), std::make_shared<const KeptFact>(std::move(fact)), {std::move(id)},
                     started);
    return value;
}

Result<std::optional<std::string>> Resources::bucket_owner(std::string_view bucket) {
    if (const auto kept = kept_->bucket_owners.find(bucket)) return *kept;
    const auto started = kept_->bucket_owners.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto owner = directory::read_bucket_owner(**reader, bucket);
    if (!owner) return owner;
    kept_->bucket_owners.put(std::string(bucket), std::make_shared<const std::optional<std::string>>(*owner),
                             {ResourceFact::entity_id(FactKind::bucket_owner, bucket)}, started);
    return owner;
}

}  // namespace writ::authz
