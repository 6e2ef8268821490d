#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "authz/resources.h"
#include "base/http.h"
#include "base/result.h"
#include "gateway/mapping.h"
#include "gateway/observed/resource_change.h"

/// What passes tells what policies and tags resources have, and facts that requests leave out. An observation
/// is made of a request before it goes on, and says what has changed once the service has answered.
namespace writ::gateway {

struct ObservedRow;

/// A request as the rows of gateway/observed see it. Owns its text.
struct ObservedRequest {
    const reference::RequestService* service = nullptr;
    const reference::RequestOperation* operation = nullptr;
    Parameters parameters;
    std::string partition, region;
    std::string account;                ///< Owner of what the upstream serves.
    std::string caller_account;         ///< Empty: anonymous.
    bool creators_own_buckets = false;  ///< Upstream::creators_own_buckets.
    /// Resources of the demands, in their order; the first is what the operation is about.
    struct Resource {
        std::string arn, account;  ///< The account owns it.
    };
    std::vector<Resource> resources{};
    authz::Resources* known = nullptr;     ///< Null: nothing is known.
    const ResourceFacts* facts = nullptr;  ///< The same. Only until the request goes on.

    /// Owner of a resource of the request, or of one in it or beside it.
    [[nodiscard]] std::string owner_of(std::string_view arn) const;
    /// No pattern: ARNs with '*' name what is not there yet, but keys of objects may have one.
    [[nodiscard]] static bool is_one_resource(std::string_view arn);
    /// Whether tags of a resource are known; also true where that cannot be said.
    [[nodiscard]] bool has_tags(std::string_view arn) const;
    [[nodiscard]] MappingPlace place() const { return {partition, region, account, facts}; }
    [[nodiscard]] std::string_view resource() const {
        return resources.empty() ? std::string_view() : std::string_view(resources.front().arn);
    }
};

/// Immutable once made. For one thread at a time.
class Observation {
  public:
    [[nodiscard]] std::string_view operation() const noexcept;
    /// How much of the answer's body it has to see; 0: nothing.
    [[nodiscard]] std::size_t answer_bytes_max() const noexcept { return answer_bytes_max_; }
    /// What has changed when the service has answered with a status of 2xx. With answer_bytes_max() the body
    /// must be whole; a body that is neither JSON nor XML is an error for the log.
    [[nodiscard]] Result<ResourceChanges> changes(const HttpHeaders& headers, std::string_view body) const;

  private:
    friend Result<std::unique_ptr<Observation>> observe(ObservedRequest request);
    Observation() = default;

    ObservedRequest request_;
    ResourceChanges from_request_;
    std::vector<const ObservedRow*> answer_rows_;
    std::size_t answer_bytes_max_ = 0;
};

/// Whether requests of that operation change anything that is kept. Cost: some comparisons of short names.
[[nodiscard]] bool is_observed(const reference::RequestService& service,
                               const reference::RequestOperation& operation) noexcept;

/// Null: nothing will have changed. Errors are for the caller, in the words of the service: a policy that
/// cannot be read here must not reach the service (MalformedPolicy 400 and the like).
[[nodiscard]] Result<std::unique_ptr<Observation>> observe(ObservedRequest request);

}  // namespace writ::gateway
