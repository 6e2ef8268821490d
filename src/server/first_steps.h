#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/accounts/accounts.h"
#include "directory/credentials/mfa_devices.h"
#include "server/configuration.h"

namespace writ::server {

/// What AWS advises for a new account, on a data directory that no server has open: an administrator in place
/// of the root user, an MFA device for root, no access key for root. All of it can also be done through the
/// API. Errors are a sentence or two for whoever starts the program. For one thread.
class FirstSteps {
  public:
    /// Makes the data directory with keys and tables when they are missing, but no account. All references
    /// must outlive the object.
    [[nodiscard]] static Result<std::unique_ptr<FirstSteps>> open(const Configuration& configuration,
                                                                  const Clock& clock, RandomSource& random);
    virtual ~FirstSteps() = default;

    struct Standing {
        bool account_exists = false;
        bool root_has_key = false;
        bool root_has_mfa_device = false;
    };
    [[nodiscard]] virtual Result<Standing> standing() = 0;

    struct Plan {
        std::optional<std::string> administrator;  ///< Name of a user to make, with AdministratorAccess.
        bool delete_root_keys = false;
    };
    struct MadeKeys {
        std::optional<directory::KeyPair> administrator;
        std::optional<directory::KeyPair> root;  ///< Only of a new account, and when it is to stay.
    };
    /// Gets what is never told again, before it is kept. False: it could not be shown, so keep nothing.
    using ShowKeys = std::function<bool(const MadeKeys&)>;
    /// The account when it is missing, and the plan: all of it or nothing.
    [[nodiscard]] virtual Result<void> carry_out(const Plan& plan, const ShowKeys& show) = 0;

    /// A new MFA device, which is nobody's until it is enabled for root.
    [[nodiscard]] virtual Result<directory::CreatedMfaDevice> make_root_device() = 0;
    [[nodiscard]] virtual Result<void> enable_root_device(const std::string& serial_number,
                                                          const directory::CodePair& codes) = 0;
    [[nodiscard]] virtual Result<void> delete_device(const std::string& serial_number) = 0;
};

}  // namespace writ::server
