#pragma once

#include <algorithm>
#include <string_view>

namespace writ::crypto::internal {

/// The path of a request target, without the query; of an absolute URL too ("http://host/path").
[[nodiscard]] constexpr std::string_view path_of(std::string_view target) noexcept {
    const std::string_view path = target.substr(0, target.find('?'));
    if (path.starts_with('/')) return path;
    const std::size_t scheme = path.find("://");
    if (scheme == std::string_view::npos) return path;
    const std::size_t slash = path.find('/', scheme + 3);
    return slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
}

[[nodiscard]] constexpr std::string_view query_of(std::string_view target) noexcept {
    const std::size_t mark = target.find('?');
    return mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
}

/// Walks over `name=value&name=value`, undecoded; empty items are skipped, a missing '=' is an empty value.
class QueryItems {
  public:
    explicit constexpr QueryItems(std::string_view query) noexcept : rest_(query) { next(); }

    [[nodiscard]] constexpr bool at_end() const noexcept { return item_.empty(); }
    [[nodiscard]] constexpr std::string_view name() const noexcept {
        return item_.substr(0, item_.find('='));
    }
    [[nodiscard]] constexpr std::string_view value() const noexcept {
        return item_.substr(std::min(item_.size(), name().size() + 1));
    }
    constexpr void next() noexcept {
        item_ = {};
        while (!rest_.empty() && item_.empty()) {
            item_ = rest_.substr(0, rest_.find('&'));
            rest_.remove_prefix(std::min(rest_.size(), item_.size() + 1));
        }
    }

  private:
    std::string_view rest_, item_;
};

}  // namespace writ::crypto::internal
