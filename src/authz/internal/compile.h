#pragma once

#include <string_view>
#include <vector>

#include "authz/subject.h"
#include "base/result.h"
#include "directory/principals/principals.h"

/// From what the directory says about a principal to what the engine can decide with. Private to authz.
namespace writ::authz {

/// Compiled managed policies, made or kept.
class ManagedDocuments {
  public:
    virtual ~ManagedDocuments() = default;
    [[nodiscard]] virtual Result<engine::CompiledDocumentPtr> get(
        std::string_view account, const directory::ManagedPolicyInForce& policy, policy::PolicyType type) = 0;
};

/// A stored document that is none makes a subject with a `defect`. Errors: of the store only.
[[nodiscard]] Result<SubjectPtr> compile_subject(directory::PrincipalRecord record,
                                                 ManagedDocuments& documents);

/// The ids of the entities that the record was made from.
[[nodiscard]] std::vector<std::string> made_from(const directory::PrincipalRecord& record);

/// The code of the error for a stored text that is no policy document.
inline constexpr std::string_view corrupt_document = "CorruptDocument";

/// `corrupt_document` for a text that is no policy document.
[[nodiscard]] Result<engine::CompiledDocumentPtr> compile_text(std::string_view text,
                                                               policy::PolicyType type);

}  // namespace writ::authz
