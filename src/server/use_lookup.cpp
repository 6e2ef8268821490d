#include "server/use_lookup.h"

#include <optional>
#include <utility>

#include "base/arn.h"
#include "directory/targets.h"
#include "server/internal/opened_data.h"

namespace writ::server {
namespace {

using directory::AccountView;
using directory::Target;

/// "assumed-role/NAME/SESSION" of sts: the name; empty: it is no session of a role.
std::string_view role_of_session(const ArnView& arn) {
    constexpr std::string_view prefix = "assumed-role/";
    if (arn.service != "sts" || !arn.resource.starts_with(prefix)) return {};
    const std::string_view rest = arn.resource.substr(prefix.size());
    return rest.substr(0, rest.find('/'));
}

std::unexpected<Error> unknown(std::string_view arn) {
    return fail("NoSuchEntity", 404,
                "There is no user or role " + std::string(arn) +
                    ". Name one by its ARN: arn:aws:iam::123456789012:role/NAME.");
}

Result<Target> find_principal(const AccountView& account, const ArnView& arn, std::string_view text) {
    if (const std::string_view role = role_of_session(arn); !role.empty()) {
        return directory::find_target(account, {directory::OwnerKind::role, role});
    }
    const bool is_one =
        arn.service == "iam" && (arn.resource.starts_with("user/") || arn.resource.starts_with("role/"));
    if (!is_one) return unknown(text);
    return directory::find_owner_target(account, text);
}

}  // namespace

Result<PrincipalUse> read_use(const Configuration& configuration, std::string_view principal_arn,
                              Instant since, const Clock& clock, RandomSource& random) {
    const auto arn = parse_arn(principal_arn);
    if (!arn) return unknown(principal_arn);
    const auto store = internal::open_present_store(configuration);
    if (!store) return std::unexpected(store.error());
    const auto keys = internal::open_present_keys(configuration, clock, random);
    if (!keys) return std::unexpected(keys.error());
    auto reader = (*store)->read();
    if (!reader) return internal::refuse_store(configuration, reader.error());
    const directory::Environment environment = internal::environment_of(configuration, clock, random, *keys);
    const AccountView account{**reader, std::string(arn->account), environment};
    auto target = find_principal(account, *arn, principal_arn);
    if (!target) return std::unexpected(std::move(target.error()));
    if (!target->exists) return unknown(principal_arn);
    auto record = directory::read_recorded_uses(account, target->id, since);
    if (!record) return std::unexpected(std::move(record.error()));
    return PrincipalUse{.arn = std::move(target->arn),
                        .account_id = account.account_id,
                        .id = target->id,
                        .is_role = target->id.starts_with("AROA"),
                        .record = std::move(*record)};
}

}  // namespace writ::server
