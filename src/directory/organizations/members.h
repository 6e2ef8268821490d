#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/pages.h"
#include "directory/tags.h"
#include "store/records/account_creation.h"
#include "store/records/organization.h"

/// The accounts of an organization.
namespace writ::directory::organizations {

struct Member {
    std::string id;
    std::string arn;
    std::string name;
    std::optional<std::string> email;  ///< The first account of a server has none.
    bool closed = false;
    std::string path;  ///< "o-…/r-…/ou-…/123456789012/", itself included (spec O8).
    store::JoinedMethod joined_method = store::JoinedMethod::created;
    Instant joined_at{};
};

/// AccountNotFoundException.
[[nodiscard]] Result<Member> get_member(const AccountView& account, std::string_view account_id);
[[nodiscard]] Result<Page<Member>> list_members(const AccountView& account, const PageRequest& page);
/// ParentNotFoundException.
[[nodiscard]] Result<Page<Member>> list_members_of(const AccountView& account, std::string_view parent_id,
                                                   const PageRequest& page);

struct Relative {
    std::string id;
    bool is_root = false;     ///< Of parents.
    bool is_account = false;  ///< Of children.
};
/// Accounts or units directly below. ParentNotFoundException.
[[nodiscard]] Result<Page<Relative>> list_children(const AccountView& account, std::string_view parent_id,
                                                   bool accounts, const PageRequest& page);
/// Always one. ChildNotFoundException.
[[nodiscard]] Result<Page<Relative>> list_parents(const AccountView& account, std::string_view child_id,
                                                  const PageRequest& page);

/// SourceParentNotFoundException also when the account is elsewhere (spec O3).
[[nodiscard]] Result<void> move_account(AccountEdit& account, std::string_view account_id,
                                        std::string_view source_id, std::string_view destination_id);

/// Nobody can use a closed account any more; it stays a member. At most 250 or a fifth of the members in 30
/// days, whichever is more, and never more than 1,000.
[[nodiscard]] Result<void> close_account(AccountEdit& account, std::string_view account_id);
/// The account goes on alone: no policy of the organization holds for it any more.
[[nodiscard]] Result<void> remove_account(AccountEdit& account, std::string_view account_id);
/// The account of the call removes itself.
[[nodiscard]] Result<void> leave_organization(AccountEdit& account);

struct NewAccount {
    std::string email;
    std::string name;
    std::string role_name = "OrganizationAccountAccessRole";
    std::vector<Tag> tags{};
};
/// Makes an account below the root: with a root user that has no credentials yet, and with a role that trusts
/// the management account and may do everything (spec O2). What is wrong with the request alone is told by
/// the state of the answer: EMAIL_ALREADY_EXISTS.
[[nodiscard]] Result<store::AccountCreation> create_account(AccountEdit& account, const NewAccount& wanted);
/// CreateAccountStatusNotFoundException.
[[nodiscard]] Result<store::AccountCreation> get_creation(const AccountView& account,
                                                          std::string_view request_id);
/// Those in one of the states; empty: all.
[[nodiscard]] Result<Page<store::AccountCreation>> list_creations(
    const AccountView& account, const std::vector<store::CreationState>& states, const PageRequest& page);

}  // namespace writ::directory::organizations
