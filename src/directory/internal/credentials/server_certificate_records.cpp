#include "directory/internal/credentials/server_certificate_records.h"

#include "directory/internal/failures.h"
#include "directory/internal/names.h"

namespace writ::directory {

Result<std::optional<store::ServerCertificate>> find_server_certificate(const AccountView& account,
                                                                        std::string_view name) {
    const std::string folded = fold(name);
    return result_of(account.records.find<store::ServerCertificate>(store::ServerCertificate::by_name,
                                                                    {account.account_id, folded}));
}

Result<store::ServerCertificate> server_certificate_by_name(const AccountView& account,
                                                            std::string_view name) {
    auto found = find_server_certificate(account, name);
    if (!found) return std::unexpected(std::move(found.error()));
    if (auto& record = *found; record.has_value()) return std::move(*record);
    return fail("NoSuchEntity", 404,
                "The Server Certificate with name " + std::string(name) + " cannot be found.");
}

}  // namespace writ::directory
