#include "directory/resources/guarded_resources.h"

#include <algorithm>
#include <set>

#include "base/arn.h"
#include "base/text.h"
#include "directory/internal/documents.h"
#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/resources/resource_places.h"
#include "store/records.h"

namespace writ::directory {
namespace {

using store::ResourceTag;

// Together they stay below what PostgreSQL takes as a key.
constexpr std::size_t arn_bytes_max = 2'048;
constexpr std::size_t tag_key_bytes_max = 512;
constexpr std::size_t tag_value_bytes_max = 1'024;
constexpr std::size_t tags_max = 1'000;
constexpr std::size_t rows_at_once = 1'000;

/// What every store keeps: a name that it refuses would be tried again for ever.
bool may_be_kept(std::string_view text) {
    return count_scalars(text) && text.find('\0') == std::string_view::npos;
}

std::unexpected<Error> wrong_arn(std::string_view arn, std::string_view why) {
    std::string message = '"' + std::string(arn.substr(0, 256)) + "\" ";
    return fail("ValidationError", 400, message.append(why));
}

Result<std::vector<ResourceTag>> read_tag_rows(const AccountView& account, std::string_view arn) {
    return result_of(
        account.records.list<ResourceTag>(ResourceTag::by_key, {.equal = {account.account_id, arn}}));
}

Result<void> check_tag_pairs(const TagPairs& tags) {
    std::set<std::string_view> keys;
    for (const auto& [key, value] : tags) {
        if (key.empty() || key.size() > tag_key_bytes_max) {
            return fail("InvalidInput", 400, "A tag key has 1 to 512 bytes.");
        }
        if (!may_be_kept(key) || !may_be_kept(value)) {
            return fail("InvalidInput", 400, "A tag is UTF-8 without a NUL.");
        }
        if (value.size() > tag_value_bytes_max) {
            return fail("InvalidInput", 400, "A tag value has at most 1,024 bytes.");
        }
        if (!keys.insert(key).second) {
            return fail("InvalidInput", 400, "The tag key '" + key + "' stands twice.");
        }
    }
    return {};
}

template <class Record>
Result<void> erase_all(AccountEdit& account, const std::vector<Record>& rows) {
    for (const Record& row : rows) {
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

/// The rows of all ARNs that begin so.
template <class Record>
Result<void> erase_below(AccountEdit& account, const store::Index& index, const std::string& beginning) {
    for (;;) {
        auto rows = result_of(account.records.list<Record>(index, {.equal = {account.account_id},
                                                                   .after = {beginning},
                                                                   .inclusive = true,
                                                                   .rows_max = rows_at_once}));
        if (!rows) return std::unexpected(std::move(rows.error()));
        const auto end = std::ranges::find_if_not(
            *rows, [&](const Record& row) { return row.resource_arn.starts_with(beginning); });
        const bool is_last = end != rows->end() || rows->size() < rows_at_once;
        rows->erase(end, rows->end());
        if (auto erased = erase_all(account, *rows); !erased || is_last) return erased;
    }
}

/// By an index that lies over all accounts.
Result<std::vector<store::ResourceFact>> read_bucket_owners(store::Reader& records, std::string_view bucket) {
    return result_of(records.list<store::ResourceFact>(
        store::ResourceFact::by_kind, {.equal = {FactKind::bucket_owner, bucket}, .rows_max = 2}));
}

Result<void> check_bucket_owner(AccountEdit& account, std::string_view bucket, std::string_view owner) {
    if (owner != account.account_id) {
        return fail("InvalidInput", 400, "A bucket belongs to the account that the fact is kept for.");
    }
    const auto rows = read_bucket_owners(account.records, bucket);
    if (!rows) return std::unexpected(rows.error());
    const bool is_taken = std::ranges::any_of(
        *rows, [&](const store::ResourceFact& row) { return row.account_id != account.account_id; });
    if (!is_taken) return {};
    return fail("InvalidInput", 400, "The bucket " + std::string(bucket) + " belongs to another account.");
}

/// A few at each call: who adds facts that expire keeps their number in bounds.
Result<void> clear_expired(AccountEdit& account) {
    constexpr std::size_t cleared_at_once = 8;
    // Rows without expiry compare to nothing, so that they are in no range.
    const auto rows = result_of(account.records.list<store::ResourceFact>(
        store::ResourceFact::by_expiry,
        {.equal = {account.account_id}, .after = {Instant{}}, .rows_max = cleared_at_once}));
    if (!rows) return std::unexpected(rows.error());
    for (const store::ResourceFact& row : *rows) {
        if (!row.expires_at || *row.expires_at > account.environment.clock.now()) break;
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

Result<std::optional<store::ResourceFact>> find_fact(store::Reader& records, std::string_view account_id,
                                                     FactKind kind, std::string_view name) {
    return result_of(
        records.find<store::ResourceFact>(store::ResourceFact::by_name, {account_id, kind, name}));
}

Result<void> store_policy(AccountEdit& account, std::string_view arn, std::string_view document) {
    const auto present = find_resource_policy(account, arn);
    if (!present) return std::unexpected(present.error());
    if (*present && (*present)->document == document) return {};
    const ResourcePolicy row{.account_id = account.account_id,
                             .resource_arn = std::string(arn),
                             .document = std::string(document),
                             .set_at = account.environment.clock.now()};
    return result_of(*present ? account.writes.update(row) : account.writes.insert(row));
}

}  // namespace

Result<void> check_resource_arn(const AccountView& account, std::string_view arn) {
    if (arn.size() > arn_bytes_max) return wrong_arn(arn, "is longer than 2,048 bytes.");
    const auto parsed = parse_arn(arn);
    if (!parsed || parsed->service.empty() || parsed->resource.empty() || !may_be_kept(arn))
        return wrong_arn(arn, "is no ARN.");
    if (parsed->partition != account.environment.partition) {
        return wrong_arn(arn, "lies in another partition than " + account.environment.partition + ".");
    }
    if (!parsed->account.empty() && parsed->account != account.account_id) {
        return wrong_arn(arn, "belongs to another account than " + account.account_id + ".");
    }
    return {};
}

Result<void> check_policy_arn(const AccountView& account, std::string_view arn) {
    if (auto valid = check_resource_arn(account, arn); !valid) return valid;
    if (arn.find_first_of("*?") != std::string_view::npos) {
        return wrong_arn(arn, "names more than one resource; a policy belongs to one.");
    }
    std::string made;
    const std::string_view place = policy_place(arn, made);
    if (place == arn) return {};
    return wrong_arn(arn, "has no policy of its own; that of " + std::string(place) + " decides about it.");
}

Result<void> put_resource_policy(AccountEdit& account, std::string_view arn, std::string_view document) {
    if (auto valid = check_policy_arn(account, arn); !valid) return valid;
    if (auto checked = check_resource_document(account.environment, document); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return store_policy(account, arn, document);
}

Result<void> distrust_resource_policy(AccountEdit& account, std::string_view arn) {
    if (auto valid = check_resource_arn(account, arn); !valid) return valid;
    return store_policy(account, arn, {});  // No document: it cannot be compiled.
}

Result<void> delete_resource_policy(AccountEdit& account, std::string_view arn) {
    const auto present = find_resource_policy(account, arn);
    if (!present) return std::unexpected(present.error());
    return *present ? result_of(account.writes.erase(**present)) : Result<void>{};
}

Result<std::optional<ResourcePolicy>> find_resource_policy(const AccountView& account, std::string_view arn) {
    return result_of(account.records.find<ResourcePolicy>(ResourcePolicy::by_arn, {account.account_id, arn}));
}

Result<Page<ResourcePolicy>> list_resource_policies(const AccountView& account, const PageRequest& page) {
    auto rows = result_of(
        account.records.list<ResourcePolicy>(ResourcePolicy::by_arn, {.equal = {account.account_id}}));
    if (!rows) return std::unexpected(std::move(rows.error()));
    return page_of(account, {.operation = "ListResourcePolicies"}, page, std::move(*rows),
                   [](const ResourcePolicy& row) { return row.resource_arn; });
}

Result<void> set_resource_tags(AccountEdit& account, std::string_view arn, const TagPairs& tags,
                               bool replace_all) {
    if (auto valid = check_resource_arn(account, arn); !valid) return valid;
    if (auto valid = check_tag_pairs(tags); !valid) return valid;
    const auto present = read_tag_rows(account, arn);
    if (!present) return std::unexpected(present.error());
    std::size_t kept = 0;
    for (const ResourceTag& row : *present) {
        const bool is_named =
            std::ranges::any_of(tags, [&](const auto& tag) { return tag.first == row.tag_key; });
        if (is_named) continue;
        if (!replace_all) {
            ++kept;
        } else if (auto erased = result_of(account.writes.erase(row)); !erased) {
            return erased;
        }
    }
    if (kept + tags.size() > tags_max) {
        return fail("LimitExceeded", 409, "A resource has at most 1,000 tags.");
    }
    for (const auto& [key, value] : tags) {
        const auto at = std::ranges::find(*present, key, &ResourceTag::tag_key);
        if (at != present->end() && at->tag_value == value) continue;
        const ResourceTag row{account.account_id, std::string(arn), key, value};
        auto written =
            result_of(at == present->end() ? account.writes.insert(row) : account.writes.update(row));
        if (!written) return written;
    }
    return {};
}

Result<void> remove_resource_tags(AccountEdit& account, std::string_view arn,
                                  const std::vector<std::string>& keys) {
    const auto present = read_tag_rows(account, arn);
    if (!present) return std::unexpected(present.error());
    for (const ResourceTag& row : *present) {
        if (std::ranges::find(keys, row.tag_key) == keys.end()) continue;
        if (auto erased = result_of(account.writes.erase(row)); !erased) return erased;
    }
    return {};
}

Result<TagPairs> resource_tags(const AccountView& account, std::string_view arn) {
    auto rows = read_tag_rows(account, arn);
    if (!rows) return std::unexpected(std::move(rows.error()));
    TagPairs tags;
    for (ResourceTag& row : *rows) tags.emplace_back(std::move(row.tag_key), std::move(row.tag_value));
    return tags;
}

Result<void> forget_resource(AccountEdit& account, std::string_view arn) {
    if (auto done = delete_resource_policy(account, arn); !done) return done;
    auto tags = read_tag_rows(account, arn);
    if (!tags) return std::unexpected(std::move(tags.error()));
    if (auto done = erase_all(account, *tags); !done) return done;
    const char separator = part_separator(arn);
    if (separator == '\0') return {};
    const std::string parts = std::string(arn) + separator;
    if (auto done = erase_below<ResourcePolicy>(account, ResourcePolicy::by_arn, parts); !done) return done;
    return erase_below<ResourceTag>(account, ResourceTag::by_key, parts);
}

Result<void> learn_fact(AccountEdit& account, FactKind kind, std::string_view name, std::string_view value,
                        std::optional<Instant> expires_at) {
    constexpr std::size_t name_bytes_max = 1'024;
    if (name.empty() || name.size() > name_bytes_max) {
        return fail("InvalidInput", 400, "The name of a fact has 1 to 1,024 bytes.");
    }
    if (!may_be_kept(name) || !may_be_kept(value)) {
        return fail("InvalidInput", 400, "A fact is UTF-8 without a NUL.");
    }
    if (kind == FactKind::bucket_owner) {
        if (auto free = check_bucket_owner(account, name, value); !free) return free;
    }
    const auto present = find_fact(account.records, account.account_id, kind, name);
    if (!present) return std::unexpected(present.error());
    const auto& known = *present;
    if (known && known->value == value && known->expires_at == expires_at) return {};
    const store::ResourceFact row{.account_id = account.account_id,
                                  .kind = kind,
                                  .name = std::string(name),
                                  .value = std::string(value),
                                  .expires_at = expires_at};
    auto written = result_of(known ? account.writes.update(row) : account.writes.insert(row));
    if (!written || !expires_at) return written;
    return clear_expired(account);
}

Result<void> forget_fact(AccountEdit& account, FactKind kind, std::string_view name) {
    const auto present = find_fact(account.records, account.account_id, kind, name);
    if (!present) return std::unexpected(present.error());
    return *present ? result_of(account.writes.erase(**present)) : Result<void>{};
}

Result<std::optional<store::ResourceFact>> read_fact(store::Reader& records, const Environment& environment,
                                                     std::string_view account_id, FactKind kind,
                                                     std::string_view name) {
    auto found = find_fact(records, account_id, kind, name);
    if (!found || !*found) return found;
    const auto& expires_at = (*found)->expires_at;
    if (expires_at && *expires_at <= environment.clock.now()) return std::nullopt;
    return found;
}

Result<std::optional<std::string>> read_bucket_owner(store::Reader& records, std::string_view bucket) {
    auto rows = read_bucket_owners(records, bucket);
    if (!rows) return std::unexpected(std::move(rows.error()));
    if (rows->empty()) return std::nullopt;
    return std::move(rows->front().account_id);
}

}  // namespace writ::directory
