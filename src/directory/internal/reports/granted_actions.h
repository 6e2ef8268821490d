#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/directory.h"
#include "directory/principals/principals.h"
#include "policy/document.h"
#include "reference/authorization.h"

/// What policies could allow at all, whatever their resources and conditions (spec 8.15).
namespace writ::directory {

class GrantedActions {
  public:
    /// A text that is no policy document grants nothing.
    void add(std::string_view document);

    /// In the order of the reference, each once. Actions that some Allow matches and that no Deny takes away
    /// from every resource without condition.
    [[nodiscard]] std::vector<const reference::Action*> actions() const;

  private:
    void add(const policy::Statement& statement);

    std::vector<const reference::Action*> allowed_;
    std::vector<const reference::Action*> denied_;
};

/// "s3" of "s3:GetObject".
[[nodiscard]] std::string_view service_of(const reference::Action& action) noexcept;
/// The services of the actions by name, each once.
[[nodiscard]] std::vector<std::string_view> services_of(const std::vector<const reference::Action*>& actions);

/// The text of a managed policy that is in force, whosever it is; empty when it is gone.
[[nodiscard]] Result<std::string> document_of(const AccountView& account, const ManagedPolicyInForce& policy);

}  // namespace writ::directory
