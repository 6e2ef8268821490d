#include "gateway/internal/requests/request_path.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "gateway/internal/errors.h"

namespace writ::gateway::internal {
namespace {

bool is_plain(char c) noexcept {
    return c > ' ' && c <= '~' && c != '\\' && c != '#';
}

bool has_dot_part(std::string_view decoded) noexcept {
    while (true) {
        const std::size_t end = std::min(decoded.find('/'), decoded.size());
        const std::string_view part = decoded.substr(0, end);
        if (part == "." || part == "..") return true;
        if (end == decoded.size()) return false;
        decoded.remove_prefix(end + 1);
    }
}

Result<std::string> decode(std::string_view part) {
    auto decoded = percent_decode(part);
    if (!decoded) return malformed("A '%' in the path is not followed by two hexadecimal digits.");
    if (!count_scalars(*decoded)) return malformed("The path is not UTF-8.");
    if (decoded->find('\0') != std::string::npos) return malformed("The path holds a NUL.");
    if (has_dot_part(*decoded)) return malformed("The path holds '.' or '..' between slashes.");
    return std::move(*decoded);
}

}  // namespace

Result<RequestPath> read_path(std::string_view target) {
    if (!target.starts_with('/')) return malformed("The request target is not a path.");
    if (!std::ranges::all_of(target, is_plain))
        return malformed("The request target holds a character that must be percent-encoded.");
    std::string_view rest = target.substr(1, target.find('?') - 1);
    RequestPath path;
    while (true) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        auto part = decode(rest.substr(0, end));
        if (!part) return std::unexpected(part.error());
        path.has_encoded_slash = path.has_encoded_slash || part->find('/') != std::string::npos;
        path.parts.push_back(std::move(*part));
        if (end == rest.size()) return path;
        rest.remove_prefix(end + 1);
    }
}

RequestPath decoded_before_cut(const RequestPath& path) {
    RequestPath cut;
    for (const std::string_view part : path.parts) {
        std::string_view rest = part;
        while (true) {
            const std::size_t end = std::min(rest.find('/'), rest.size());
            cut.parts.emplace_back(rest.substr(0, end));
            if (end == rest.size()) break;
            rest.remove_prefix(end + 1);
        }
    }
    return cut;
}

}  // namespace writ::gateway::internal
