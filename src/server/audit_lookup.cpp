#include "server/audit_lookup.h"

#include <utility>

#include "server/internal/opened_data.h"

namespace writ::server {

Result<void> read_audit_trail(const Configuration& configuration, const directory::AuditQuery& query,
                              const std::function<bool(const directory::AuditEvent&)>& found) {
    auto store = internal::open_present_store(configuration);
    if (!store) return std::unexpected(std::move(store.error()));
    auto reader = (*store)->read();
    if (!reader) return internal::refuse_store(configuration, reader.error());
    return directory::find_audit_events(**reader, query, found);
}

}  // namespace writ::server
