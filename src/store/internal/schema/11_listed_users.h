#pragma once

namespace writ::store::sql {

// Every column of a user beside its name, the id being part of the primary key: a page of users is read in
// one piece and not gathered from all over the table, which is clustered by ids that have no order.
inline constexpr const char* listed_users = R"sql(
create index users_listed on users (account_id, name_folded, name, path, created_at);
)sql";

}  // namespace writ::store::sql
