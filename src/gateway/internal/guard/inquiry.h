#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/denials.h"
#include "gateway/guard.h"
#include "gateway/mapping.h"
#include "gateway/observed/observation.h"
#include "gateway/observed/stored_facts.h"
#include "gateway/payload.h"
#include "gateway/request_context.h"
#include "gateway/strict_request.h"
#include "gateway/upstream_request.h"

namespace writ::gateway::internal {

/// What every inquiry shares.
struct GuardParts {
    const GuardConfig& config;
    const GuardServices& services;
    const Hosts& hosts;
    authz::Authenticator& authenticator;
    authz::Authorizer& authorizer;
};

/// An upload by a form: what was read of it, and what of the rest its policy allows.
struct FormInquiry {
    FormReader reader;
    std::string file_begin{};  ///< As much as has come of the file.
    FormFields fields{};       ///< Expanded.
    FileRange range{};
    FormAnswer answer{};
};

/// One request on its way through the guard: each step may end it with an answer.
class Inquiry {
  public:
    Inquiry(const GuardParts& parts, HttpRequest& request, bool is_body_there)
        : parts_(parts), request_(request), is_body_there_(is_body_there) {}

    [[nodiscard]] Judgement judge();
    /// Goes on behind the head when judge() wanted the body, which is in the request now.
    [[nodiscard]] Judgement judge_with_body();

  private:
    /// Why a request may not pass, and whether an observing upstream lets it pass all the same.
    struct Refusal {
        Error error;
        bool is_final = false;  ///< Nobody could say what would pass.
    };
    using Step = std::expected<void, Refusal>;

    [[nodiscard]] Step read_head();
    [[nodiscard]] Step read_signature();
    [[nodiscard]] Step recognize_head();
    [[nodiscard]] Judgement want_form();
    [[nodiscard]] Step read_form();
    [[nodiscard]] Step read_form_signature();
    [[nodiscard]] Step become_put();
    [[nodiscard]] Step choose_upstream();
    [[nodiscard]] Step verify_caller();
    [[nodiscard]] Step verify_signed_caller();
    [[nodiscard]] Step verify_form_caller();
    [[nodiscard]] Step check_form();
    [[nodiscard]] Step take_caller(std::expected<authz::Verified, authz::Unrecognised> verified);
    [[nodiscard]] Step read_body();
    [[nodiscard]] Step map_demands();
    [[nodiscard]] Step find_owners();
    [[nodiscard]] Step check_owners();
    [[nodiscard]] Step check_expected_owners() const;
    [[nodiscard]] Step ask_all();
    [[nodiscard]] Step ask(const MappedDemand& mapped, engine::Context& context);
    [[nodiscard]] Step observe(Parameters parameters);

    [[nodiscard]] Judgement decide();
    [[nodiscard]] Judgement want_body() const;
    [[nodiscard]] bool needs_body_now() const;
    [[nodiscard]] std::string_view label(std::string_view name) const;
    [[nodiscard]] const std::string& owner() const;
    [[nodiscard]] Result<std::string> owner_of(const MappedDemand& mapped) const;
    [[nodiscard]] std::optional<StoredFacts> facts_about(const MappingPlace& place) const;
    [[nodiscard]] Result<authz::ResourceInForce> known_of(const MappedDemand& mapped) const;
    [[nodiscard]] std::string sentence_about(const authz::Demand& demand, const authz::Ruling& ruling,
                                             const engine::Context& context) const;
    [[nodiscard]] std::string untold_key(const MappedDemand& mapped, const authz::Demand& demand,
                                         const engine::Context& context) const;
    [[nodiscard]] Step deny(std::string_view sentence) const;
    [[nodiscard]] HttpResponse answer(const Error& error);
    void note(const Error& error);
    void note_use();
    [[nodiscard]] Judgement finish(const Step& allowed);
    [[nodiscard]] Passage pass();
    void pass_form(Passage& passage);
    [[nodiscard]] std::optional<std::uint64_t> file_bytes_told() const;
    [[nodiscard]] crypto::AwsChunkedForm chunks() const;

    // One of these is allocated with every request: what has its place together keeps it below the kilobyte
    // up to which that is cheap.
    const GuardParts parts_;
    HttpRequest& request_;
    bool is_body_there_;
    bool is_s3_ = false;
    Signing signing_ = Signing::none;

    GuardRecord record_;
    ErrorDialect dialect_;
    BodyFraming framing_;
    std::unique_ptr<crypto::Authorization> authorization_;  ///< Null: unsigned.
    std::string signing_name_, region_;
    HttpRequest rebuilt_;
    std::unique_ptr<RecognizedRequest> recognized_;  ///< Null: not recognised.
    std::unique_ptr<Error> not_recognized_;          ///< Why it was not.
    const Upstream* upstream_ = nullptr;
    Payload payload_;                        ///< Of S3.
    std::unique_ptr<FormInquiry> form_;      ///< Null: no upload by a form, or not yet read.
    std::unique_ptr<authz::Caller> caller_;  ///< Null: not known (yet).
    std::shared_ptr<const crypto::SigningKey> signing_key_;
    std::vector<MappedDemand> demands_;
    std::optional<Parameters> parameters_;  ///< Of an operation that changes what is known of resources.
    std::unique_ptr<Observation> observation_;
};

}  // namespace writ::gateway::internal
