#include "server/denial_lookup.h"

#include <utility>

#include "api/authorization_message.h"
#include "cases/read.h"
#include "directory/reports/denials.h"
#include "server/internal/opened_data.h"

namespace writ::server {

Result<std::optional<std::string>> find_denied_question(const Configuration& configuration,
                                                        std::string_view authorization_id,
                                                        const Clock& clock) {
    auto store = internal::open_present_store(configuration);
    if (!store) return std::unexpected(std::move(store.error()));
    auto reader = (*store)->read();
    if (!reader) return internal::refuse_store(configuration, reader.error());
    auto denial = directory::find_denial(**reader, clock, authorization_id);
    if (!denial) return std::unexpected(std::move(denial.error()));
    if (!*denial) return std::nullopt;
    return std::move((*denial)->question);
}

Result<std::string> encode_denied_question(const Configuration& configuration, std::string_view question,
                                           const Clock& clock, RandomSource& random) {
    auto keys = internal::open_present_keys(configuration, clock, random);
    if (!keys) return std::unexpected(std::move(keys.error()));
    const auto cases = cases::read_text(question, "denial", {});
    if (!cases || cases->empty()) return fail("InvalidInput", 400, "The denial cannot be read.");
    const cases::Case& denied = cases->front();
    return api::encode_authorization_message(*keys, denied.caller.principal.account,
                                             api::describe_denial(denied), clock.now(), random);
}

}  // namespace writ::server
