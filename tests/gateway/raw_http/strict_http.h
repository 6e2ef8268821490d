#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// HTTP/1.1 as strictly as it can be read, and by other code than the gateway's: whatever two servers could
/// take in different ways is an error. For tests.
namespace writ::raw_http {

struct Message {
    std::string first_line;
    std::vector<std::pair<std::string, std::string>> headers;  ///< In wire order, names in lower case.
    std::string body;

    [[nodiscard]] const std::string* header(std::string_view name) const;
};

enum class Taken : std::uint8_t { whole, incomplete, wrong };

/// Takes the first request out of `stream`; with `wrong`, `why` says what two servers could read differently.
[[nodiscard]] Taken take_request(std::string& stream, Message& request, std::string& why);
/// The same of an answer; those of HEAD have no body.
[[nodiscard]] Taken take_answer(std::string& stream, bool is_of_head, Message& answer, std::string& why);

}  // namespace writ::raw_http
