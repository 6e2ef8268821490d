#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/call.h"
#include "authz/authenticate.h"
#include "authz/caller.h"
#include "base/http.h"
#include "engine/context.h"
#include "questions/question.h"
#include "questions/services.h"

namespace writ::questions {

/// The questions of one call. Everybody may ask about himself; about somebody else who is allowed
/// writ:Authorize on that user, role or root user, and for an explanation, about himself too, writ:Explain.
///
/// Whatever goes wrong is a denial. Who is asked about several times is looked up once. For one thread.
class Inquiry {
  public:
    /// All must outlive it. `http` is the call, for the condition keys of its connection.
    /// `services` are those that the account of the asker has described; null where no question follows.
    Inquiry(api::Surroundings& at, authz::Authenticator& authenticator, const authz::Caller& asker,
            ServiceListPtr services, const HttpRequest& http);
    Inquiry(const Inquiry&) = delete;
    Inquiry& operator=(const Inquiry&) = delete;
    ~Inquiry();

    /// Never throws but for lack of memory. Cost beside the decision: some look-ups, and a copy of what the
    /// question says.
    [[nodiscard]] Reply answer(const Question& question);

    /// Whether whoever asks may do something itself. AccessDenied 403 with the sentence of spec 6.1.
    [[nodiscard]] Result<void> check_asker_may(std::string_view action, std::string_view resource) {
        return check_permission(action, nullptr, resource);
    }

    [[nodiscard]] const authz::Caller& asker() const noexcept { return asker_; }
    [[nodiscard]] api::Surroundings& at() const noexcept { return at_; }
    [[nodiscard]] const ServiceList& services() const noexcept { return *services_; }

  private:
    /// Somebody who is asked about.
    struct Party {
        authz::Caller caller;  ///< Valid when there is no `refusal`.
        std::optional<Error> refusal;
        std::string arn;  ///< That permission to ask is needed on; empty: it is the asker itself.
        /// What holds for each question about it. Of the resource it has the keys of `owner`.
        engine::Context context;
        authz::OrganizationPtr owner;
        bool may_be_explained = false;
    };

    [[nodiscard]] Party& party_of(const Question& question);
    [[nodiscard]] Party find(const Question& question);
    void fill(Party& party) const;
    [[nodiscard]] Party asker_itself() const;
    [[nodiscard]] Result<std::optional<authz::Caller>> look_up(const Question& question);
    [[nodiscard]] Result<void> check_permission(std::string_view action, const authz::Caller* about,
                                                std::string_view arn);
    /// Of the call itself.
    [[nodiscard]] const engine::Context& asker_context();
    [[nodiscard]] Result<void> check_explanation(Party& party);
    [[nodiscard]] Result<void> set_owner(Party& party, std::string_view account) const;
    [[nodiscard]] Result<std::string> owner_of(const Party& party, const Question& question) const;
    [[nodiscard]] Reply decide(Party& party, const Question& question);
    [[nodiscard]] std::string explain(const Party& party, const authz::Demand& demand,
                                      const engine::Context& context) const;

    api::Surroundings& at_;
    authz::Authenticator& authenticator_;
    const authz::Caller& asker_;
    const ServiceListPtr services_;
    const Instant now_;
    const HttpRequest& http_;
    std::optional<engine::Context> asker_context_;  ///< Once a policy asks for it.
    std::unordered_map<std::string, Party> parties_;
    std::string key_;        ///< Scratch.
    Party* last_ = nullptr;  ///< That of the question before, whose key is `last_key_`.
    std::string last_key_;
};

}  // namespace writ::questions
