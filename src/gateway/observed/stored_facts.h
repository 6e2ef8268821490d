#pragma once

#include <string>
#include <string_view>

#include "authz/resources.h"
#include "authz/subjects.h"
#include "gateway/mapping.h"

namespace writ::gateway {

class ChangeLog;

/// How the fact about a shard iterator is called: its hash, for iterators are long.
[[nodiscard]] std::string iterator_fact_name(std::string_view iterator);

/// What was learnt, for the mapping of one request; the roles of instance profiles come from Writ's own
/// directory. What cannot be read, or is in doubt, is not known. Views all that it is made of.
class StoredFacts final : public ResourceFacts {
  public:
    /// `changes` may be null: nothing is in doubt. The place is that of the request.
    StoredFacts(authz::Resources& resources, authz::Subjects& subjects, const ChangeLog* changes,
                const MappingPlace& place)
        : resources_(resources), subjects_(subjects), changes_(changes), place_(place) {}

    [[nodiscard]] std::optional<std::string> partition_key(std::string_view table_arn,
                                                           std::string_view index) const override;
    [[nodiscard]] std::optional<std::string> key_of_alias(std::string_view alias_arn) const override;
    /// By name, or by the ARN without its end.
    [[nodiscard]] std::optional<std::string> secret_arn(std::string_view name) const override;
    [[nodiscard]] std::optional<std::string> stream_of_iterator(std::string_view iterator) const override;
    [[nodiscard]] std::optional<std::string> role_of_instance_profile(std::string_view arn) const override;

  private:
    [[nodiscard]] std::optional<std::string> find(directory::FactKind kind, std::string_view name) const;

    authz::Resources& resources_;
    authz::Subjects& subjects_;
    const ChangeLog* changes_;
    MappingPlace place_;
};

}  // namespace writ::gateway
