#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "authz/authenticate.h"
#include "authz/authorize.h"
#include "authz/resources.h"
#include "base/http.h"
#include "base/time.h"
#include "gateway/body_passage.h"
#include "gateway/form_upload.h"
#include "gateway/mapping.h"
#include "gateway/observed/observation.h"
#include "gateway/recognize.h"
#include "gateway/upstreams.h"

/// The decision about each request, without sockets: who asks, for what, and whether it may pass.
namespace writ::gateway {

class ChangeLog;

struct GuardConfig {
    std::string account_id;  ///< Owner of what lies on upstreams that name no other.
    std::string region;      ///< Of unsigned requests.
    std::string partition = "aws";
    std::vector<std::string> s3_hosts;  ///< Names before which a bucket may stand; lower case, without port.
    std::span<const Upstream> upstreams;                  ///< Must outlive the guard.
    std::size_t body_bytes_max = std::size_t{16} << 20U;  ///< Of bodies that are read before the decision.
};

/// What a guard lives on; all must outlive it and be safe for concurrent use.
struct GuardServices {
    authz::Subjects& subjects;
    const crypto::SessionTokens& tokens;
    const Clock& clock;
    /// What the sentence of a denial ends in that tells where it is explained; `encoded` asks for EC2's form.
    std::function<std::string(const authz::Caller&, const authz::Demand&, const engine::Context&,
                              bool encoded)>
        where_explained;
    authz::Resources* resources = nullptr;  ///< Null: nothing is known of what is guarded.
    ChangeLog* changes = nullptr;           ///< Null: nothing is learnt from what passes.
};

/// What the log may say about one request. Holds nothing secret.
struct GuardRecord {
    std::string_view service;    ///< Signing name; empty while unknown. Lives as long as the program.
    std::string_view operation;  ///< "PutObject"; the same.
    std::string action;          ///< The last one that was asked for: of a denial, the one that was denied.
    std::string resource;
    std::string account, caller_arn, access_key_id;
    std::string_view decision;  ///< "allowed", "explicitDeny", "implicitDeny"; empty: nothing was decided.
    std::string_view decided_by;
    std::string error_code;  ///< Empty: it may pass.
    std::string error_message;
    bool is_observed = false;  ///< It passed although `error_code` says why it should not have.
    std::string upstream;      ///< "127.0.0.1:9000"; empty: none.
    /// What it changed in the policies, tags and facts of its resources is not known here; `defect` says why.
    bool is_change_missed = false;
    std::string defect;  ///< Why something failed inside; mostly empty.

    /// For the records of who uses what.
    std::shared_ptr<const authz::Caller> caller{};  ///< Null: not known.
    std::string region{};                           ///< That the request was signed for.
    std::string_view api_version{};                 ///< Of the service; lives as long as the program.
    /// What the request needs, each with the owner of its resource; empty: that is not known.
    std::vector<MappedDemand> demands{};
    bool is_use_recorded = false;  ///< The upstream wants to know what is used.
};

/// The request is allowed and may go to the upstream.
struct Passage {
    const Upstream* upstream = nullptr;
    HttpRequest request;                ///< As it goes on, with its body unless that is still to come.
    std::optional<BodyPassage> body{};  ///< What is still to come.
    /// What the answer will have changed; null: nothing.
    std::unique_ptr<Observation> observation{};
    std::optional<FormAnswer> form{};  ///< What the client is told when that succeeds, instead of the answer.
};

struct Judgement;

/// The decision needs the body: the whole of it, as it came but for the transfer encoding; where there is a
/// form, as much as that needs to be at its file, or what there is if it never comes there.
struct BodyWanted {
    std::size_t bytes_max = 0;
    std::unique_ptr<FormReader> form{};
    /// Goes on once the body is in the request, which must be the same object with the same head; what was
    /// found out about the head is not found out again. Asking anew does as well. Null: only that.
    std::function<Judgement()> go_on{};
};

struct Judgement {
    std::variant<HttpResponse, BodyWanted, Passage> outcome;  ///< An answer: it may not pass.
    GuardRecord record;
};

/// Safe for concurrent use. Cost: a verified signature, the recognition, and a decision for each demand.
class Guard {
  public:
    Guard(GuardConfig config, GuardServices services);
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard();

    /// Whatever goes wrong is an answer. With `is_body_there` as much of the body is there as was wanted, and
    /// it is taken out of `request`. Throws only for lack of memory.
    [[nodiscard]] Judgement judge(HttpRequest& request, bool is_body_there);

    /// What a request is told that cannot be carried out for a reason outside of it: ServiceUnavailable 503
    /// and the like, in the shape of its service.
    [[nodiscard]] static HttpResponse refuse(const HttpRequest& request, const Error& error);

    [[nodiscard]] const GuardConfig& config() const noexcept { return config_; }

  private:
    const GuardConfig config_;
    GuardServices services_;
    Hosts hosts_;
    authz::Authenticator authenticator_;
    authz::Authorizer authorizer_;
};

}  // namespace writ::gateway
