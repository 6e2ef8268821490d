#include "cli/running_server.h"

#include <cstdlib>
#include <string>
#include <utility>

#include "cli/exit_code.h"
#include "cli/input.h"

namespace writ::cli {
namespace {

std::string variable(const char* name, const char* otherwise = "") {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? otherwise : value;
}

}  // namespace

client::Client client_of_environment() {
    client::Key key{.access_key_id = variable("AWS_ACCESS_KEY_ID"),
                    .secret_access_key = variable("AWS_SECRET_ACCESS_KEY"),
                    .session_token = variable("AWS_SESSION_TOKEN"),
                    .region = variable("AWS_REGION")};
    if (key.region.empty()) key.region = variable("AWS_DEFAULT_REGION", "us-east-1");
    return {variable("AWS_ENDPOINT_URL", "http://127.0.0.1:7600"), std::move(key)};
}

int tell_failure(std::string_view command, const client::Failure& failure) {
    const bool is_refused = failure.status >= 400 && failure.status < 500;
    std::string why = failure.message;
    if (failure.status == 0) why = "the server is not reached: " + why;
    if (why.empty()) why = "HTTP " + std::to_string(failure.status);
    complain(std::string(command) + ": " + why);
    return is_refused ? exit_no : exit_failed;
}

}  // namespace writ::cli
