#include "directory/internal/credentials/password_rules.h"

#include <algorithm>

#include "base/text.h"

namespace writ::directory {
namespace {

/// Spec B8.
constexpr std::string_view symbols = "!@#$%^&*()_+-=[]{}|'";
constexpr std::int64_t default_minimum_length = 8;
constexpr int default_kinds_min = 3;

/// Which kinds of characters a password has.
struct Kinds {
    explicit Kinds(std::string_view password)
        : uppercase(std::ranges::any_of(password, [](char c) { return c >= 'A' && c <= 'Z'; })),
          lowercase(std::ranges::any_of(password, [](char c) { return c >= 'a' && c <= 'z'; })),
          number(std::ranges::any_of(password, [](char c) { return c >= '0' && c <= '9'; })),
          symbol(password.find_first_of(symbols) != std::string_view::npos) {}

    [[nodiscard]] int count() const noexcept {
        return int{uppercase} + int{lowercase} + int{number} + int{symbol};
    }

    bool uppercase, lowercase, number, symbol;
};

std::int64_t length_of(std::string_view password) {
    return static_cast<std::int64_t>(count_scalars(password).value_or(password.size()));
}

bool conforms_by_default(std::string_view password, const AccountNames& names) {
    return length_of(password) >= default_minimum_length && Kinds(password).count() >= default_kinds_min &&
           std::ranges::find(names, password) == names.end();
}

bool conforms(const store::PasswordPolicy& policy, std::string_view password) {
    const Kinds has(password);
    return length_of(password) >= policy.minimum_length && (has.symbol || !policy.require_symbols) &&
           (has.number || !policy.require_numbers) && (has.uppercase || !policy.require_uppercase) &&
           (has.lowercase || !policy.require_lowercase);
}

}  // namespace

Result<void> check_password(const std::optional<store::PasswordPolicy>& policy, std::string_view password,
                            const AccountNames& names) {
    const bool fine = policy ? conforms(*policy, password) : conforms_by_default(password, names);
    if (fine) return {};
    return password_policy_violation();
}

std::unexpected<Error> password_policy_violation() {  // B9; more telling texts exist, ?25.
    return fail("PasswordPolicyViolation", 400, "Password does not conform to the account password policy.");
}

}  // namespace writ::directory
