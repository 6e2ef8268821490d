#include "cli/root_key.h"

#include <cstdio>
#include <fmt/core.h>

namespace writ::cli {

bool print_root_key(const directory::KeyPair& key) {
    fmt::print(
        "writ: made the access key of the root user. Its secret is printed this once and never again:\n\n"
        "export AWS_ACCESS_KEY_ID={}\n"
        "export AWS_SECRET_ACCESS_KEY={}\n\n",
        key.access_key_id, key.secret.reveal());
    return std::fflush(stdout) == 0;
}

}  // namespace writ::cli
