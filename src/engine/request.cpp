#include "engine/request.h"

#include <algorithm>

#include "base/text.h"
#include "engine/internal/arn_pattern.h"
#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

// A resource of AWS itself, such as a managed policy, is nobody else's: the caller's own policies decide.
std::string_view owner_of(const SplitArn& arn, std::string_view principal_account) noexcept {
    const std::string_view account = arn.valid ? arn.part(4) : std::string_view{};
    return account.empty() || account == "aws" ? principal_account : account;
}

}  // namespace

Request::Request(const Principal& principal, const Fields& fields, const Context& context)
    : principal_(&principal),
      context_(&context),
      action_(fields.action),
      folded_action_(ascii_lower(fields.action)),
      resource_(fields.resource),
      service_size_(std::min(folded_action_.find(':'), folded_action_.size())),
      action_hash_(hash_text(folded_action_)),
      service_hash_(hash_text(folded_service())),
      resource_in_management_account_(fields.resource_in_management_account),
      via_vpc_endpoint_(fields.via_vpc_endpoint) {
    const SplitArn arn = split_arn(resource_);
    resource_is_arn_ = arn.valid;
    part_begin_ = arn.begin;
    resource_account_ =
        fields.resource_account.empty() ? owner_of(arn, principal.account) : fields.resource_account;
    if (arn.valid) index_key_ = make_index_key(arn.part(5), arn.part(4));
}

std::string_view Request::resource_part(std::size_t index) const noexcept {
    return SplitArn{resource_, part_begin_, true}.part(index);
}

}  // namespace writ::engine
