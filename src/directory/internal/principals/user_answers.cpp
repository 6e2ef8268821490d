#include "directory/internal/principals/user_answers.h"

#include "directory/internal/arns.h"
#include "directory/internal/entities.h"
#include "directory/internal/tagging.h"

namespace writ::directory {

User listed_user(const AccountView& account, const store::User& record) {
    return {.user_id = record.user_id,
            .name = record.name,
            .path = record.path,
            .arn = arn_of(account, record),
            .created_at = record.created_at,
            .boundary_arn = {},
            .tags = {}};
}

Result<User> whole_user(const AccountView& account, const store::User& record) {
    auto tags = read_tags(account, record.user_id);
    if (!tags) return std::unexpected(std::move(tags.error()));
    auto boundary = boundary_of(account, record.user_id);
    if (!boundary) return std::unexpected(std::move(boundary.error()));
    User user = listed_user(account, record);
    user.tags = std::move(*tags);
    user.boundary_arn = std::move(*boundary);
    return user;
}

}  // namespace writ::directory
