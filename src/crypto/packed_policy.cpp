#include "crypto/packed_policy.h"

#include "crypto/internal/deflate.h"

namespace writ::crypto {

int packed_policy_size(std::span<const std::string> documents, std::span<const std::string> policy_arns,
                       std::span<const std::pair<std::string, std::string>> tags) {
    constexpr std::size_t bytes_max = 2048;  // Spec S2.
    if (documents.empty() && policy_arns.empty() && tags.empty()) return 0;
    std::string text;
    for (const std::string& document : documents) text.append(document).append(1, '\0');
    for (const std::string& arn : policy_arns) text.append(arn).append(1, '\0');
    for (const auto& [key, value] : tags) text.append(key).append(1, '\0').append(value).append(1, '\0');
    const std::size_t bytes = internal::deflate_text(text).size();
    return static_cast<int>((100 * bytes + bytes_max - 1) / bytes_max);
}

}  // namespace writ::crypto
