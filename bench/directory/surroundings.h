#pragma once

#include <array>
#include <string>
#include <string_view>

#include "api/endpoint.h"
#include "base/http.h"
#include "base/random.h"
#include "base/time.h"
#include "crypto/sealing.h"
#include "directory/directory.h"
#include "store/store.h"

namespace writ::bench {

inline constexpr std::string_view account_id = "123456789012";

/// Whose requests are signed.
struct Signer {
    std::string access_key_id;
    std::string secret;
};
[[nodiscard]] Signer root_user();

/// What the directory and an endpoint need from outside: the same keys at every run, so that a database made
/// by one program can be read by the next.
class Surroundings {
  public:
    Surroundings();
    Surroundings(const Surroundings&) = delete;
    Surroundings& operator=(const Surroundings&) = delete;
    ~Surroundings() = default;

    [[nodiscard]] const directory::Environment& environment() const noexcept { return environment_; }
    [[nodiscard]] const Clock& clock() const noexcept { return clock_; }
    /// An endpoint of the account upon `store`, without events of calls.
    [[nodiscard]] api::EndpointServices on(store::Store& store) { return {clock_, random_, store, keys_}; }
    [[nodiscard]] static api::EndpointConfig config();

    /// Makes the account with its root user.
    void make_account(store::Store& store) const;
    /// A call of IAM: `form` is "Action=GetUser&UserName=ada", percent-encoded.
    [[nodiscard]] HttpRequest call(const Signer& signer, std::string_view form) const;

  private:
    SystemClock clock_;
    SystemRandom random_;
    std::array<crypto::RingKey, 1> ring_;
    crypto::SealingKeys keys_;
    directory::Environment environment_;
};

/// Ends the program: a wrong answer has no time.
[[noreturn]] void give_up(std::string_view why);

/// The body of the answer, which must be of that status.
std::string answer_of(api::Endpoint& endpoint, const HttpRequest& request, int status = 200);

}  // namespace writ::bench
