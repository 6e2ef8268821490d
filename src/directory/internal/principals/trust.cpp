#include "directory/internal/principals/trust.h"

#include <functional>
#include <optional>
#include <utility>

#include "base/arn.h"
#include "base/text.h"
#include "crypto/access_key.h"
#include "directory/accounts/accounts.h"
#include "directory/targets.h"
#include "policy/parse.h"
#include "store/records.h"

namespace writ::directory {
namespace {

/// What takes the place of a principal; nothing: it stays as it is written.
using Replacement = Result<std::optional<std::string>>;

std::unexpected<Error> invalid_principal(std::string_view principal) {
    return fail("MalformedPolicyDocument", 400,
                "Invalid principal in policy: \"AWS\":\"" + std::string(principal) + "\"");
}

/// Paths may hold every printable character (spec B1), so quotes and backslashes too.
std::string json_string(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted += '"';
}

/// The text of the document with each AWS principal replaced as `replace` says.
Result<std::string> rewrite(const policy::Document& document,
                            const std::function<Replacement(std::string_view)>& replace) {
    std::string text;
    std::size_t copied = 0;
    for (const policy::Statement& statement : document.statements()) {
        if (!statement.principal) continue;
        for (const policy::PrincipalEntry& entry : statement.principal->entries) {
            if (entry.type != policy::PrincipalType::aws) continue;
            auto replacement = replace(entry.value.text);
            if (!replacement) return std::unexpected(std::move(replacement.error()));
            if (!*replacement) continue;
            const policy::Span& span = entry.value.span;
            text += document.text().substr(copied, span.begin.byte - copied);
            text += json_string(**replacement);
            copied = span.end.byte;
        }
    }
    text += document.text().substr(copied);
    return text;
}

/// A user or role, told by its ARN.
struct Named {
    std::string_view account;
    std::string_view type;  ///< "user" or "role".
    std::string_view name;  ///< Behind the last slash of the resource.
};

std::optional<Named> named_by(std::string_view principal) noexcept {
    const auto arn = parse_arn(principal);
    if (!arn || arn->service != "iam") return std::nullopt;
    const std::string_view resource = arn->resource;
    for (const std::string_view type : {"user", "role"}) {
        if (!resource.starts_with(type) || !resource.substr(type.size()).starts_with('/')) continue;
        return Named{arn->account, type, resource.substr(resource.rfind('/') + 1)};
    }
    return std::nullopt;
}

struct Entity {
    std::string id;
    std::string arn;
};
using MaybeEntity = Result<std::optional<Entity>>;

template <class Record>
MaybeEntity look_up(store::Reader& records, const Environment& environment, const store::Index& index,
                    std::string_view account, std::string_view key) {
    auto found = records.find<Record>(index, {account, key});
    if (!found) return std::unexpected(to_error(found.error()));
    if (!*found) return std::nullopt;
    const Record& record = **found;
    if constexpr (std::is_same_v<Record, store::User>) {
        return Entity{record.user_id,
                      entity_arn(environment.partition, account, "user", record.path, record.name)};
    } else {
        return Entity{record.role_id,
                      entity_arn(environment.partition, account, "role", record.path, record.name)};
    }
}

MaybeEntity by_name(store::Reader& records, const Environment& environment, const Named& named) {
    const std::string folded = ascii_lower(named.name);
    return named.type == "user"
               ? look_up<store::User>(records, environment, store::User::by_name, named.account, folded)
               : look_up<store::Role>(records, environment, store::Role::by_name, named.account, folded);
}

MaybeEntity by_id(store::Reader& records, const Environment& environment, std::string_view account,
                  std::string_view id) {
    return crypto::kind_of_id(id) == crypto::IdKind::user
               ? look_up<store::User>(records, environment, store::User::by_id, account, id)
               : look_up<store::Role>(records, environment, store::Role::by_id, account, id);
}

bool is_principal_id(std::string_view text) noexcept {
    const auto kind = crypto::kind_of_id(text);
    return kind == crypto::IdKind::user || kind == crypto::IdKind::role;
}

/// The account of a unique id of a user or role; nothing for any other text.
std::optional<std::string> account_of_principal_id(std::string_view text) {
    return is_principal_id(text) ? crypto::account_of_id(text) : std::nullopt;
}

/// The principal as it is stored. ARNs of principals compare with case and path (spec 2.4).
Replacement id_of(store::Reader& records, const Environment& environment, std::string_view principal,
                  DeadIds dead_ids) {
    const auto id_account = account_of_principal_id(principal);
    const auto named = named_by(principal);
    if (!id_account && !named) return std::nullopt;

    const std::string_view account = named ? named->account : std::string_view(*id_account);
    auto local = account_exists(records, account);
    if (!local) return std::unexpected(std::move(local.error()));
    if (!*local) return std::nullopt;

    auto entity =
        named ? by_name(records, environment, *named) : by_id(records, environment, account, principal);
    if (!entity) return std::unexpected(std::move(entity.error()));
    if (!named && !*entity && dead_ids == DeadIds::kept) return std::nullopt;
    if (!*entity || (named && (*entity)->arn != principal)) return invalid_principal(principal);
    return (*entity)->id;
}

/// The principal as it is shown.
Replacement arn_of(store::Reader& records, const Environment& environment, std::string_view principal,
                   std::string_view home_account) {
    if (!is_principal_id(principal)) return std::nullopt;
    const auto account = crypto::account_of_id(principal);  // Nothing: of the form before 2019 (spec S16).
    auto entity = by_id(records, environment, account ? std::string_view(*account) : home_account, principal);
    if (!entity) return std::unexpected(std::move(entity.error()));
    if (!*entity) return std::nullopt;
    return (*entity)->arn;
}

}  // namespace

Result<std::string> with_unique_ids(store::Reader& records, const Environment& environment,
                                    const policy::Document& document, DeadIds dead_ids) {
    return rewrite(document, [&](std::string_view principal) {
        return id_of(records, environment, principal, dead_ids);
    });
}

Result<std::string> with_arns(store::Reader& records, const Environment& environment, std::string_view stored,
                              std::string_view home_account) {
    auto document = policy::parse(stored, {.type = policy::PolicyType::trust});
    if (!document) return std::string(stored);  // It was valid when it was put; shown as it is.
    return rewrite(**document, [&](std::string_view principal) {
        return arn_of(records, environment, principal, home_account);
    });
}

}  // namespace writ::directory
