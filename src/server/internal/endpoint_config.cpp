#include "server/internal/endpoint_config.h"

#include "server/internal/opened_data.h"

namespace writ::server::internal {

api::EndpointConfig endpoint_config(const Configuration& configuration) {
    return {.account_id = configuration.account_id,
            .region = configuration.region,
            .partition = partition_of(configuration),
            .public_url = configuration.public_url,
            .quotas = configuration.quotas,
            .denials_kept = configuration.denials_kept,
            .audit = configuration.audit};
}

}  // namespace writ::server::internal
