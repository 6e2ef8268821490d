#include "strict_http.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace writ::raw_http {
namespace {

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    });
}

bool is_value(std::string_view text) {
    if (text.starts_with(' ') || text.ends_with(' ')) return false;
    return std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < ' ' && byte != '\t') || byte == 0x7f;
    });
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

template <class Number>
std::optional<Number> read_number(std::string_view digits, int base) {
    Number number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return {};
    return number;
}

/// Lines between carriage return and line feed, neither of which stands anywhere else.
Taken take_head(std::string_view stream, Message& message, std::size_t& used, std::string& why) {
    const std::size_t end = stream.find("\r\n\r\n");
    if (end == std::string_view::npos) return Taken::incomplete;
    used = end + 4;
    bool is_first = true;
    for (std::string_view rest = stream.substr(0, end + 2); !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find("\r\n"));
        rest.remove_prefix(line.size() + 2);
        if (line.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos) {
            why = "a line end inside of a line";
            return Taken::wrong;
        }
        if (std::exchange(is_first, false)) {
            message.first_line = line;
            continue;
        }
        const std::size_t colon = line.find(": ");
        std::string name = lower(line.substr(0, colon));
        if (colon == std::string_view::npos || !is_token(name) || !is_value(line.substr(colon + 2))) {
            why = "no header: " + std::string(line);
            return Taken::wrong;
        }
        if (message.header(name) != nullptr) {
            why = "twice: " + name;
            return Taken::wrong;
        }
        message.headers.emplace_back(std::move(name), line.substr(colon + 2));
    }
    return Taken::whole;
}

Taken take_sized_body(std::string& stream, Message& message, std::size_t used, std::string& why) {
    const std::string* text = message.header("content-length");
    const auto length =
        text == nullptr ? std::optional<std::uint64_t>(0) : read_number<std::uint64_t>(*text, 10);
    if (!length) {
        why = "the length is no number";
        return Taken::wrong;
    }
    message.body = stream.substr(used, *length);
    if (message.body.size() < *length) return Taken::incomplete;
    stream.erase(0, used + *length);
    return Taken::whole;
}

Taken take_chunks(std::string& stream, Message& message, std::size_t used, std::string& why) {
    for (std::string_view rest = std::string_view(stream).substr(used);;) {
        const std::size_t end = rest.find("\r\n");
        if (end == std::string_view::npos) return Taken::incomplete;
        const auto size = read_number<std::uint64_t>(rest.substr(0, end), 16);
        if (!size) {
            why = "a chunk has no size";
            return Taken::wrong;
        }
        rest.remove_prefix(end + 2);
        if (rest.size() < *size + 2) return Taken::incomplete;
        message.body += rest.substr(0, *size);
        if (rest.substr(*size, 2) != "\r\n") {
            why = "a chunk does not end where it should";
            return Taken::wrong;
        }
        rest.remove_prefix(*size + 2);
        if (*size == 0) {
            stream.erase(0, stream.size() - rest.size());
            return Taken::whole;
        }
    }
}

bool is_request_line(std::string_view line) {
    const std::size_t method = line.find(' ');
    if (method == 0 || method == std::string_view::npos || !line.ends_with(" HTTP/1.1")) return false;
    const std::string_view target = line.substr(method + 1, line.size() - 9 - method - 1);
    return std::ranges::all_of(line.substr(0, method), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           target.starts_with('/') &&
           std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '\\'; });
}

}  // namespace

const std::string* Message::header(std::string_view name) const {
    const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
    return found == headers.end() ? nullptr : &found->second;
}

Taken take_request(std::string& stream, Message& request, std::string& why) {
    request = {};
    std::size_t used = 0;
    if (const Taken head = take_head(stream, request, used, why); head != Taken::whole) return head;
    if (!is_request_line(request.first_line)) {
        why = "no request line: " + request.first_line;
        return Taken::wrong;
    }
    if (request.header("host") == nullptr || request.header("transfer-encoding") != nullptr) {
        why = "no host, or a transfer encoding";
        return Taken::wrong;
    }
    return take_sized_body(stream, request, used, why);
}

Taken take_answer(std::string& stream, bool is_of_head, Message& answer, std::string& why) {
    answer = {};
    std::size_t used = 0;
    if (const Taken head = take_head(stream, answer, used, why); head != Taken::whole) return head;
    if (!answer.first_line.starts_with("HTTP/1.1 ")) {
        why = "no status line: " + answer.first_line;
        return Taken::wrong;
    }
    const bool is_on_the_way = answer.first_line.starts_with("HTTP/1.1 1");
    if (is_of_head || is_on_the_way) {
        stream.erase(0, used);
        return Taken::whole;
    }
    if (const std::string* encoding = answer.header("transfer-encoding")) {
        if (*encoding == "chunked" && answer.header("content-length") == nullptr) {
            return take_chunks(stream, answer, used, why);
        }
        why = "two lengths";
        return Taken::wrong;
    }
    return take_sized_body(stream, answer, used, why);
}

}  // namespace writ::raw_http
