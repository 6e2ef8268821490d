#pragma once

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "directory/accounts/account_details.h"
#include "server/configuration.h"
#include "server/server.h"

/// The account of a data directory as a whole, without serving it. Errors are a sentence or two for whoever
/// starts the program.
namespace writ::server {

/// Everything that permissions are made of, as one moment saw it. Also beside a running server.
[[nodiscard]] Result<directory::AccountDetails> read_account(const Configuration& configuration,
                                                             const Clock& clock, RandomSource& random);

/// Makes what is missing, as the first start of a server does, and rebuilds the account from `details`: all
/// of it or nothing. Not beside a running server.
[[nodiscard]] Result<void> import_account(const Configuration& configuration,
                                          const directory::AccountDetails& details,
                                          const Server::ShowRootKey& show_root_key, const Clock& clock,
                                          RandomSource& random);

}  // namespace writ::server
