#include "directory/internal/entities.h"

#include "base/arn.h"
#include "directory/internal/failures.h"
#include "directory/internal/names.h"

namespace writ::directory {
namespace {

struct KindWords {
    std::string_view lower;
    std::string_view capital;
};
constexpr std::array<KindWords, 3> kind_words{{{"user", "User"}, {"group", "Group"}, {"role", "Role"}}};

const KindWords& words(OwnerKind kind) {
    return kind_words.at(static_cast<std::size_t>(kind));
}

template <class Record>
Result<std::optional<Record>> find_by_name(const AccountView& account, std::string_view name) {
    const std::string folded = fold(name);
    return result_of(account.records.find<Record>(Record::by_name, {account.account_id, folded}));
}

template <class Record>
Result<Record> present(Result<std::optional<Record>> found, Error absent) {
    if (!found) return std::unexpected(std::move(found.error()));
    if (!*found) return std::unexpected(std::move(absent));
    return std::move(**found);
}

template <class Record>
Result<std::optional<OwnerRecord>> as_owner(const Result<std::optional<Record>>& found) {
    if (!found) return std::unexpected(found.error());
    if (!*found) return std::nullopt;
    return owner_of(**found);
}

template <class Record>
OwnerRecord owner_record(store::EntityKind kind, const std::string& id, const Record& record) {
    return {
        .kind = kind, .id = id, .name = record.name, .name_folded = record.name_folded, .path = record.path};
}

/// "/path/name" of the ARN of a policy; nothing for other ARNs and other accounts.
std::optional<std::string_view> policy_path_and_name(const AccountView& account, const ArnView& arn) {
    constexpr std::string_view type = "policy";
    const bool ours = arn.partition == account.environment.partition && arn.service == "iam" &&
                      arn.region.empty() && arn.account == account.account_id;
    if (!ours || !arn.resource.starts_with("policy/")) return std::nullopt;
    return arn.resource.substr(type.size());
}

}  // namespace

Error no_such_entity(OwnerKind kind, std::string_view name) {
    std::string text = "The ";
    text.append(words(kind).lower).append(" with name ").append(name).append(" cannot be found.");
    return {"NoSuchEntity", 404, std::move(text)};
}

Error entity_already_exists(OwnerKind kind, std::string_view name) {
    std::string text(words(kind).capital);
    text.append(" with name ").append(name).append(" already exists.");
    return {"EntityAlreadyExists", 409, std::move(text)};
}

Error delete_conflict(std::string_view first) {
    std::string text = "Cannot delete entity, must ";
    text.append(first);
    return {"DeleteConflict", 409, std::move(text)};
}

Result<std::optional<store::User>> find_user_record(const AccountView& account, std::string_view name) {
    return find_by_name<store::User>(account, name);
}
Result<std::optional<store::Group>> find_group_record(const AccountView& account, std::string_view name) {
    return find_by_name<store::Group>(account, name);
}
Result<std::optional<store::Role>> find_role_record(const AccountView& account, std::string_view name) {
    return find_by_name<store::Role>(account, name);
}
Result<std::optional<store::InstanceProfile>> find_instance_profile_record(const AccountView& account,
                                                                           std::string_view name) {
    return find_by_name<store::InstanceProfile>(account, name);
}

Result<std::optional<store::Policy>> find_policy_record(const AccountView& account, std::string_view arn) {
    const auto parts = parse_arn(arn);
    if (!parts) return fail("ValidationError", 400, "Invalid ARN:  Could not be parsed!");
    const auto path_and_name = policy_path_and_name(account, *parts);
    if (!path_and_name) return std::nullopt;
    const std::size_t name_begin = path_and_name->rfind('/') + 1;
    auto found = find_by_name<store::Policy>(account, path_and_name->substr(name_begin));
    // In an ARN the name counts with its case too: another spelling would be another text to conditions on
    // iam:PolicyARN and iam:PermissionsBoundary, and so a way around denials.
    if (found && *found && (*found)->arn != arn) return std::nullopt;
    return found;
}

Result<store::User> user_by_name(const AccountView& account, std::string_view name) {
    return present(find_user_record(account, name), no_such_entity(OwnerKind::user, name));
}
Result<store::Group> group_by_name(const AccountView& account, std::string_view name) {
    return present(find_group_record(account, name), no_such_entity(OwnerKind::group, name));
}
Result<store::Role> role_by_name(const AccountView& account, std::string_view name) {
    return present(find_role_record(account, name), no_such_entity(OwnerKind::role, name));
}
Result<store::InstanceProfile> instance_profile_by_name(const AccountView& account, std::string_view name) {
    return present(find_instance_profile_record(account, name),
                   {"NoSuchEntity", 404, "Instance Profile " + std::string(name) + " cannot be found."});
}
Result<store::Policy> policy_by_arn(const AccountView& account, std::string_view arn) {
    return present(find_policy_record(account, arn),
                   {"NoSuchEntity", 404, "Policy " + std::string(arn) + " was not found."});
}

Result<std::optional<std::string>> boundary_of(const AccountView& account, std::string_view principal_id) {
    const store::Range range{.equal = {account.account_id, principal_id, store::PolicyUsage::boundary},
                             .rows_max = 1};
    const auto rows = account.records.list<store::Attachment>(store::Attachment::by_principal, range);
    if (!rows) return std::unexpected(to_error(rows.error()));
    if (rows->empty()) return std::nullopt;
    return rows->front().policy_arn;
}

OwnerRecord owner_of(const store::User& user) {
    return owner_record(store::EntityKind::user, user.user_id, user);
}
OwnerRecord owner_of(const store::Group& group) {
    return owner_record(store::EntityKind::group, group.group_id, group);
}
OwnerRecord owner_of(const store::Role& role) {
    return owner_record(store::EntityKind::role, role.role_id, role);
}

Result<std::optional<OwnerRecord>> find_owner(const AccountView& account, const PolicyOwner& owner) {
    switch (owner.kind) {
        case OwnerKind::user:
            return as_owner(find_user_record(account, owner.name));
        case OwnerKind::group:
            return as_owner(find_group_record(account, owner.name));
        case OwnerKind::role:
            return as_owner(find_role_record(account, owner.name));
    }
    return std::nullopt;
}

Result<OwnerRecord> owner(const AccountView& account, const PolicyOwner& owner) {
    return present(find_owner(account, owner), no_such_entity(owner.kind, owner.name));
}

}  // namespace writ::directory
