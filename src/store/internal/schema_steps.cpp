#include "store/internal/schema_steps.h"

#include <algorithm>
#include <array>

#include "store/internal/schema/01_core_entities.h"
#include "store/internal/schema/02_aliases_and_instance_profiles.h"
#include "store/internal/schema/03_passwords_and_mfa.h"
#include "store/internal/schema/04_certificates_and_providers.h"
#include "store/internal/schema/05_organizations.h"
#include "store/internal/schema/06_tasks_uses_and_denials.h"
#include "store/internal/schema/07_audit_trail.h"
#include "store/internal/schema/08_root_access.h"
#include "store/internal/schema/09_audit_batches.h"
#include "store/internal/schema/10_delegation_requests.h"
#include "store/internal/schema/11_listed_users.h"
#include "store/internal/schema/12_sts_preferences.h"
#include "store/internal/schema/13_outbound_federation.h"
#include "store/internal/schema/14_custom_services.h"
#include "store/internal/schema/15_guarded_resources.h"
#include "store/internal/schema/16_recorded_uses.h"

namespace writ::store::sql {
namespace {

// Forward only. A step that was released is never edited: what changes is a further step.
//
// Every key is led by the account (or the organization), so that the tables can be spread over machines by
// it. Tables with small rows are clustered by their primary key (without rowid); those that hold documents
// are not.
constexpr auto steps = std::to_array<const char*>(
    {core_entities, aliases_and_instance_profiles, passwords_and_mfa, certificates_and_providers,
     organizations, tasks_uses_and_denials, audit_trail, root_access, audit_batches, delegation_requests,
     listed_users, sts_preferences, outbound_federation, custom_services, guarded_resources, recorded_uses});

bool is_word(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// The words of SQLite that PostgreSQL has others for. Text is bytea there: PostgreSQL's own text knows no
/// NUL and compares by a collation.
struct Word {
    std::string_view sqlite, postgresql;
};
constexpr auto words = std::to_array<Word>({{"text", "bytea"}, {"blob", "bytea"}, {"integer", "bigint"}});

std::string_view in_postgresql(std::string_view word) noexcept {
    const auto* const known = std::ranges::find(words, word, &Word::sqlite);
    return known == words.end() ? word : known->postgresql;
}

/// What only SQLite wants to know of a table.
constexpr auto storage_options = std::to_array<std::string_view>({" strict, without rowid", " strict"});

}  // namespace

std::span<const char* const> schema_steps() noexcept {
    return steps;
}

Failure outdated() {
    return {FailureKind::corrupt, {}, "this version of the program has not made its tables yet"};
}

std::string postgresql_step(std::string_view step) {
    std::string text;
    while (!step.empty()) {
        const auto* const option = std::ranges::find_if(
            storage_options, [&](std::string_view each) { return step.starts_with(each); });
        if (option != storage_options.end()) {
            step.remove_prefix(option->size());
            continue;
        }
        const auto end = static_cast<std::size_t>(std::ranges::find_if_not(step, is_word) - step.begin());
        text += end == 0 ? step.substr(0, 1) : in_postgresql(step.substr(0, end));
        step.remove_prefix(std::max<std::size_t>(end, 1));
    }
    return text;
}

}  // namespace writ::store::sql
