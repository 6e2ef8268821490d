#include "authz/subjects.h"

#include <utility>

#include "authz/internal/compile.h"
#include "authz/internal/compile_organization.h"
#include "authz/internal/following_cache.h"
#include "base/arn.h"
#include "directory/principals/instance_profiles.h"
#include "directory/principals/principals.h"
#include "reference/managed_policies.h"

namespace writ::authz {
namespace {

/// A document that is not there although a principal refers to it.
std::unexpected<Error> missing_document(std::string_view arn) {
    return fail(std::string(corrupt_document), 500, "the document of " + std::string(arn) + " is missing");
}

/// ARNs of AWS's own policies and (id, version) of others name one document for ever.
std::string document_key(const directory::ManagedPolicyInForce& policy, policy::PolicyType type) {
    return std::to_string(static_cast<int>(type)) + '/' +
           (policy.policy_id.empty() ? policy.arn : policy.policy_id + '/' + std::to_string(policy.version));
}

std::string document_key(std::string_view organization_id,
                         const directory::organizations::PolicyInForce& policy, policy::PolicyType type) {
    std::string key = std::to_string(static_cast<int>(type)) + '/';
    if (policy.revision == 0) return key + policy.arn;
    return key.append(organization_id) + '/' + policy.policy_id + '/' + std::to_string(policy.revision);
}

}  // namespace

struct Subjects::Kept {
    explicit Kept(const Limits& limits)
        : subjects(limits.subjects_max),
          documents(limits.documents_max),
          access_keys(limits.access_keys_max),
          organizations(limits.organizations_max) {}

    FollowingCache<Subject> subjects;                       ///< By unique id.
    FollowingCache<engine::CompiledDocumentPtr> documents;  ///< By document_key.
    FollowingCache<AccessKey> access_keys;                  ///< By access key id.
    FollowingCache<Organization> organizations;             ///< By account.
};

/// Managed documents through the cache, read with one reader.
class Subjects::Documents final : public ManagedDocuments {
  public:
    Documents(const directory::Environment& environment, Kept& kept, store::Reader& reader)
        : environment_(environment), kept_(kept), reader_(reader) {}

    Result<engine::CompiledDocumentPtr> get(std::string_view account,
                                            const directory::ManagedPolicyInForce& policy,
                                            policy::PolicyType type) override {
        std::string key = document_key(policy, type);
        if (const auto kept = kept_.documents.find(key)) return *kept;
        const auto started = kept_.documents.epoch();
        auto text = read(account, policy);
        if (!text) return std::unexpected(text.error());
        auto compiled = compile_text(*text, type);
        if (!compiled) return std::unexpected(compiled.error());
        kept_.documents.put(std::move(key), std::make_shared<const engine::CompiledDocumentPtr>(*compiled),
                            {}, started);
        return *compiled;
    }

  private:
    Result<std::string> read(std::string_view account, const directory::ManagedPolicyInForce& policy) {
        auto text = directory::read_document(reader_, environment_, account, policy);
        if (!text) return std::unexpected(text.error());
        if (!*text) return missing_document(policy.arn);
        return std::move(**text);
    }

    const directory::Environment& environment_;
    Kept& kept_;
    store::Reader& reader_;
};

/// Policies of organizations through the same cache.
class Subjects::OrganizationPolicies final : public OrganizationDocuments {
  public:
    OrganizationPolicies(Kept& kept, store::Reader& reader) : kept_(kept), reader_(reader) {}

    Result<engine::CompiledDocumentPtr> get(std::string_view organization_id,
                                            const directory::organizations::PolicyInForce& policy,
                                            policy::PolicyType type) override {
        std::string key = document_key(organization_id, policy, type);
        if (const auto kept = kept_.documents.find(key)) return *kept;
        const auto started = kept_.documents.epoch();
        auto text = read(organization_id, policy);
        if (!text) return std::unexpected(text.error());
        auto compiled = compile_text(*text, type);
        if (!compiled) return std::unexpected(compiled.error());
        kept_.documents.put(std::move(key), std::make_shared<const engine::CompiledDocumentPtr>(*compiled),
                            {}, started);
        return *compiled;
    }

  private:
    Result<std::string> read(std::string_view organization_id,
                             const directory::organizations::PolicyInForce& policy) {
        if (policy.revision == 0) {
            const auto* aws = reference::find_managed_policy(policy.arn);
            if (aws == nullptr) return missing_document(policy.arn);
            return reference::managed_policy_document(*aws);
        }
        auto text = directory::organizations::read_policy_content(reader_, organization_id, policy.policy_id);
        if (!text) return std::unexpected(text.error());
        if (!*text) return missing_document(policy.arn);
        return std::move(**text);
    }

    Kept& kept_;
    store::Reader& reader_;
};

Subjects::Subjects(store::Store& store, const directory::Environment& environment, const Limits& limits)
    : store_(store), environment_(environment), kept_(std::make_shared<Kept>(limits)) {
    store_.listen([kept = kept_](const std::vector<store::Change>& changes) {
        kept->subjects.follow(changes);
        kept->access_keys.follow(changes);
        kept->organizations.follow(changes);
    });
}

Subjects::~Subjects() = default;

Result<SubjectPtr> Subjects::make(store::Reader& reader, directory::PrincipalRecord record,
                                  std::uint64_t started) {
    std::vector<std::string> ids = made_from(record);
    Documents documents(environment_, *kept_, reader);
    auto subject = compile_subject(std::move(record), documents);
    if (!subject) return subject;
    kept_->subjects.put((*subject)->id, *subject, std::move(ids), started);
    return subject;
}

Result<SubjectPtr> Subjects::get(ReadPrincipal* read, std::string_view account, std::string_view id) {
    if (auto kept = kept_->subjects.find(id)) return kept->account == account ? kept : nullptr;
    const auto started = kept_->subjects.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto record = read(**reader, environment_, account, id);
    if (!record) return std::unexpected(record.error());
    if (!*record) return nullptr;
    return make(**reader, std::move(**record), started);
}

Result<SubjectPtr> Subjects::user(std::string_view account, std::string_view user_id) {
    return get(directory::read_user, account, user_id);
}

Result<SubjectPtr> Subjects::role(std::string_view account, std::string_view role_id) {
    return get(directory::read_role, account, role_id);
}

/// A subject is kept under its name too. Its own id is among what it was made from, so it goes when it is
/// renamed or deleted; nobody else can have the name before.
Result<SubjectPtr> Subjects::get_named(ReadPrincipal* read, std::string_view kind, std::string_view account,
                                       std::string_view name) {
    std::string key(kind);
    key.append(account).append(1, '/').append(name);
    if (auto kept = kept_->subjects.find(key)) return kept;
    const auto started = kept_->subjects.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto record = read(**reader, environment_, account, name);
    if (!record) return std::unexpected(record.error());
    if (!*record) return nullptr;
    std::vector<std::string> ids = made_from(**record);
    auto subject = kept_->subjects.find((*record)->id);
    if (subject == nullptr) {
        auto made = make(**reader, std::move(**record), started);
        if (!made) return made;
        subject = std::move(*made);
    }
    kept_->subjects.put(std::move(key), subject, std::move(ids), started);
    return subject;
}

Result<SubjectPtr> Subjects::user_by_name(std::string_view account, std::string_view name) {
    return get_named(directory::read_user_by_name, "user/", account, name);
}

Result<SubjectPtr> Subjects::role_by_name(std::string_view account, std::string_view name) {
    return get_named(directory::read_role_by_name, "role/", account, name);
}

Result<SubjectPtr> Subjects::role_by_arn(std::string_view role_arn) {
    const auto started = kept_->subjects.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto record = directory::read_role_by_arn(**reader, environment_, role_arn);
    if (!record) return std::unexpected(record.error());
    if (!*record) return nullptr;
    if (auto kept = kept_->subjects.find((*record)->id)) return kept;
    return make(**reader, std::move(**record), started);
}

Result<std::optional<std::string>> Subjects::role_of_instance_profile(std::string_view profile_arn) {
    const auto arn = parse_arn(profile_arn);
    if (!arn || arn->service != "iam") return std::nullopt;
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    const directory::AccountView account{**reader, std::string(arn->account), environment_};
    const auto name = arn->resource.substr(arn->resource.rfind('/') + 1);
    const auto profile = directory::get_instance_profile(account, name);
    if (!profile) {
        if (profile.error().http_status < 500) return std::nullopt;
        return std::unexpected(profile.error());
    }
    if (profile->arn != profile_arn || !profile->role) return std::nullopt;
    return profile->role->arn;
}

Result<AccessKeyPtr> Subjects::access_key(std::string_view access_key_id) {
    if (auto kept = kept_->access_keys.find(access_key_id)) return kept;
    const auto started = kept_->access_keys.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto read = directory::read_credential(**reader, environment_, access_key_id);
    if (!read) return std::unexpected(read.error());
    if (!*read) return nullptr;
    directory::Credential& credential = **read;
    auto key = std::make_shared<const AccessKey>(AccessKey{credential.access_key_id, credential.account_id,
                                                           credential.root, credential.user_id,
                                                           credential.active, std::move(credential.secret)});
    kept_->access_keys.put(key->id, key, {key->id}, started);
    return key;
}

Result<OrganizationPtr> Subjects::organization(std::string_view account) {
    if (auto kept = kept_->organizations.find(account)) return kept;
    const auto started = kept_->organizations.epoch();
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto membership = directory::organizations::read_membership(**reader, environment_, account);
    if (!membership) return std::unexpected(membership.error());
    OrganizationPolicies documents(*kept_, **reader);
    auto organization = compile_organization(*membership, documents);
    if (!organization) return organization;
    std::vector<std::string> made_from{(*organization)->account};
    if (!(*organization)->id.empty()) made_from.push_back((*organization)->id);
    kept_->organizations.put((*organization)->account, *organization, std::move(made_from), started);
    return organization;
}

Result<engine::CompiledDocumentPtr> Subjects::managed_policy(std::string_view account, std::string_view arn,
                                                             policy::PolicyType type) {
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto policy = directory::read_managed_policy(**reader, environment_, account, arn);
    if (!policy) return std::unexpected(policy.error());
    if (!*policy) return nullptr;
    return Documents(environment_, *kept_, **reader).get(account, **policy, type);
}

}  // namespace writ::authz
