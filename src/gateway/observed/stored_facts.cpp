#include "gateway/observed/stored_facts.h"

#include "base/text.h"
#include "crypto/hash.h"
#include "gateway/internal/mapping/resource_template.h"
#include "gateway/observed/change_log.h"

namespace writ::gateway {

using directory::FactKind;

std::string iterator_fact_name(std::string_view iterator) {
    return hex_encode(crypto::sha256(iterator));
}

std::optional<std::string> StoredFacts::find(FactKind kind, std::string_view name) const {
    if (changes_ != nullptr && changes_->is_in_doubt(name)) return std::nullopt;
    auto fact = resources_.fact(place_.account, kind, name);
    return fact ? std::move(*fact) : std::nullopt;
}

std::optional<std::string> StoredFacts::partition_key(std::string_view table_arn,
                                                      std::string_view index) const {
    std::string name(table_arn);
    if (!index.empty()) name.append("/index/").append(index);
    return find(FactKind::partition_key, name);
}

std::optional<std::string> StoredFacts::key_of_alias(std::string_view alias_arn) const {
    return find(FactKind::alias_key, alias_arn);
}

std::optional<std::string> StoredFacts::secret_arn(std::string_view name) const {
    if (name.starts_with("arn:")) return find(FactKind::secret_arn, name);
    return find(FactKind::secret_arn,
                internal::arn_in(place_, "secretsmanager", "secret:" + std::string(name)));
}

std::optional<std::string> StoredFacts::stream_of_iterator(std::string_view iterator) const {
    return find(FactKind::iterator_stream, iterator_fact_name(iterator));
}

std::optional<std::string> StoredFacts::role_of_instance_profile(std::string_view arn) const {
    auto role = subjects_.role_of_instance_profile(arn);
    return role ? std::move(*role) : std::nullopt;
}

}  // namespace writ::gateway
