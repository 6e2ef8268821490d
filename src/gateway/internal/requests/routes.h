#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/internal/requests/request_path.h"
#include "gateway/recognize.h"
#include "reference/request_model.h"

namespace writ::gateway::internal {

/// One part of a URI template between slashes.
struct RoutePart {
    enum class Kind : std::uint8_t { literal, label, greedy };  ///< From the most specific.
    Kind kind = Kind::literal;
    std::string_view literal;
    const reference::RequestMember* member = nullptr;  ///< Of labels.
};

/// What must be in the query string: "list-type=2", or "acl" with any value.
struct FixedQuery {
    std::string_view name;
    std::string_view value;
    bool has_value = false;
};

/// How one operation of a REST service is addressed.
struct Route {
    const reference::RequestService* service = nullptr;
    const reference::RequestOperation* operation = nullptr;
    std::vector<RoutePart> parts;
    std::vector<FixedQuery> fixed;
    std::vector<const reference::RequestMember*> required;  ///< In the query string or in headers.
    bool has_greedy = false;
    /// How much the template says about a path: its parts, two bits each from the top, a literal the most. Of
    /// two templates that match a path the greater is the more specific one.
    std::uint64_t rank = 0;

    [[nodiscard]] bool matches(const RequestPath& path) const noexcept;
    /// REQUIRES: matches(path).
    [[nodiscard]] std::vector<Label> labels(const RequestPath& path) const;
};

/// The routes of one service, indexed by method and number of parts.
class Routes {
  public:
    explicit Routes(const reference::RequestService& service);

    /// The routes that match method and path, most specific templates only: all have the same.
    [[nodiscard]] std::vector<const Route*> find(std::string_view method, const RequestPath& path) const;
    /// A name in the query string chooses between operations of the service.
    [[nodiscard]] bool chooses(std::string_view query_name) const noexcept;

  private:
    /// Routes of one method and number of parts lie side by side.
    struct Group {
        std::string_view method;
        std::size_t parts = 0;  ///< One more than there are; 0: any number, with a greedy label.
        std::span<const Route> routes;
    };
    [[nodiscard]] std::span<const Route> group(std::string_view method, std::size_t parts) const noexcept;

    std::vector<Route> routes_;  ///< By method, then those with a greedy label, then by parts.
    std::vector<Group> groups_;
    std::vector<std::string_view> selectors_;  ///< Sorted names of fixed parts of queries.
};

/// Made by the first caller; lives as long as the program. Thread-safe.
[[nodiscard]] const Routes& routes_of(const reference::RequestService& service);

}  // namespace writ::gateway::internal
