#include "cli/policy_types.h"

#include <algorithm>
#include <array>

namespace writ::cli {
namespace {

using policy::PolicyType;

// Spec 1.4; rows of one (type, managed) stand together, the widest first.
constexpr auto quotas = std::to_array<SizeQuota>({
    {PolicyType::identity, true, 6144, "a managed policy"},
    {PolicyType::identity, false, 10240, "all inline policies of a role together"},
    {PolicyType::identity, false, 6144, "a managed policy"},
    {PolicyType::identity, false, 5120, "all inline policies of a group together"},
    {PolicyType::identity, false, 2048, "all inline policies of a user together"},
    {PolicyType::boundary, true, 6144, "a managed policy"},
    {PolicyType::boundary, false, 6144, "a managed policy"},
    {PolicyType::session, true, 2048, "session policies"},
    {PolicyType::session, false, 2048, "session policies"},
    {PolicyType::trust, true, 4096, "a trust policy after a quota increase"},
    {PolicyType::trust, true, 2048, "a trust policy"},
    {PolicyType::trust, false, 4096, "a trust policy after a quota increase"},
    {PolicyType::trust, false, 2048, "a trust policy"},
    {PolicyType::scp, true, 10240, "a service control policy"},
    {PolicyType::scp, false, 10240, "a service control policy"},
    {PolicyType::rcp, true, 5120, "a resource control policy"},
    {PolicyType::rcp, false, 5120, "a resource control policy"},
    {PolicyType::endpoint, true, 20480, "a VPC endpoint policy"},
    {PolicyType::endpoint, false, 20480, "a VPC endpoint policy"},
});

struct Name {
    PolicyType type;
    std::string_view word, title;
};

constexpr auto names = std::to_array<Name>({
    {PolicyType::identity, "identity", "identity-based policy"},
    {PolicyType::resource, "resource", "resource-based policy"},
    {PolicyType::trust, "trust", "trust policy"},
    {PolicyType::boundary, "boundary", "permissions boundary"},
    {PolicyType::session, "session", "session policy"},
    {PolicyType::scp, "scp", "SCP"},
    {PolicyType::rcp, "rcp", "RCP"},
    {PolicyType::endpoint, "endpoint", "VPC endpoint policy"},
});

const Name& name_of(PolicyType type) noexcept {
    return *std::ranges::find(names, type, &Name::type);
}

}  // namespace

std::span<const SizeQuota> size_quotas(PolicyType type, bool managed) noexcept {
    const auto holds = [&](const SizeQuota& row) { return row.type == type && row.managed == managed; };
    const auto begin = std::ranges::find_if(quotas, holds);
    return {begin, std::find_if_not(begin, quotas.end(), holds)};
}

std::string_view word_of(PolicyType type) noexcept {
    return name_of(type).word;
}

std::optional<PolicyType> policy_type_of(std::string_view word) noexcept {
    const auto found = std::ranges::find(names, word, &Name::word);
    return found == names.end() ? std::nullopt : std::optional(found->type);
}

std::string policy_type_words() {
    std::string words;
    for (const Name& name : names) words.append(words.empty() ? "" : ", ").append(name.word);
    return words;
}

std::string_view title_of(PolicyType type) noexcept {
    return name_of(type).title;
}

}  // namespace writ::cli
