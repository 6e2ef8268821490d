#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "api/audit/settings.h"
#include "base/http.h"
#include "base/random.h"
#include "base/time.h"
#include "directory/quotas.h"

namespace writ::store {
class Store;
}
namespace writ::crypto {
class SealingKeys;
}
namespace writ::authz {
struct Caller;
}

namespace writ::api {

struct Surroundings;

/// What the log line, the metrics and the audit trail may say about one request. Holds nothing secret.
/// Views live as long as the program.
struct RequestRecord {
    std::string_view service;   ///< "iam", "sts"; empty when the request never came that far.
    std::string_view action;    ///< "CreateUser"; empty when no known operation was addressed.
    std::string account;        ///< Of the caller; empty while unknown.
    std::string caller_arn;     ///< As GetCallerIdentity prints it; empty while unknown.
    std::string access_key_id;  ///< As the request named it; empty when unsigned.
    /// "allowed", "explicitDeny", "implicitDeny"; empty when nothing was decided.
    std::string_view decision;
    std::string_view decided_by;  ///< Layer that denied: "identity", "boundary" …; "implicit" on a defect.
    std::string error_code;       ///< "AccessDenied"; empty for a success.
    std::vector<std::string> resource_arns;  ///< What the request was about; empty while unknown.
    bool is_audited = false;                 ///< Its event was written with what it changed.
    /// For operators only, never sent to the caller: why something failed inside. Empty in normal life.
    std::string defect;
};

struct Answer {
    HttpResponse response;
    RequestRecord record;
};

/// Who this endpoint is.
struct EndpointConfig {
    std::string account_id = "123456789012";  ///< Account whose entities it serves.
    std::string region = "us-east-1";         ///< Signatures are scoped to it, or to IAM's region (spec Z13).
    std::string partition = "aws";            ///< Of every ARN; see base/partition.h.
    /// "https://iam.example.com", by which others reach it; empty: that of the request at hand.
    std::string public_url{};
    directory::Quotas quotas{};  ///< What the account may have.
    /// Denials are kept for a day, and their sentences end in the id under which `writ why` explains them.
    bool denials_kept = false;
    audit::Settings audit{};  ///< Which events of calls are kept, and how long.
};

/// What an endpoint lives on; all must outlive it and be safe for concurrent use.
struct EndpointServices {
    const Clock& clock;
    RandomSource& random;
    store::Store& store;
    const crypto::SealingKeys& keys;
};

/// The AWS APIs without sockets: one HTTP request in, one answer out. Every signed request is verified,
/// authorized and only then carried out; whatever goes wrong on the way is an answer too, never an exception.
/// Safe for concurrent use; calls run in the caller's thread and may wait for the store.
class Endpoint {
  public:
    Endpoint(EndpointConfig config, EndpointServices services);
    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;
    ~Endpoint();

    [[nodiscard]] Answer handle(const HttpRequest& request) noexcept;

    /// What a request is told that cannot be taken on at the moment: ServiceUnavailable 503, in the protocol
    /// of its head. Its body is not looked at.
    [[nodiscard]] static HttpResponse refuse_for_now(const HttpRequest& request);

    /// Writes what was put off the hot path (last use of access keys, events of calls that changed nothing).
    /// Call it now and then, at most once a second, from any thread; the destructor does it too.
    void flush() noexcept;

    /// Writes events of calls, and drops old ones, until it is asked to stop: sooner than flush() when much
    /// is waiting. For a thread of its own; not needed where there is little to do.
    void keep_audit_trail(const std::stop_token& stop) noexcept;
    [[nodiscard]] audit::State audit_state() const;

    /// What its calls share, for the other ways to ask this server. Lives as long as the endpoint.
    [[nodiscard]] Surroundings& surroundings() noexcept;
    /// Somebody was recognised on such a way: the date of last use of his access key or role follows.
    void note_use(const authz::Caller& caller, std::string_view service);

    /// Loads the tables that a first call would otherwise wait for. Call it once, from a thread of its own:
    /// it takes some tens of milliseconds. Requests may come meanwhile.
    static void warm_up() noexcept;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace writ::api
