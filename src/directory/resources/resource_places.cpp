#include "directory/resources/resource_places.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/arn.h"

namespace writ::directory {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// The resources of one type whose parts have ARNs of their own. `type` begins the sixth part of the ARN and
/// the name follows, in which `separator` does not occur.
struct Whole {
    std::string_view service;
    std::string_view type;  ///< Empty: the name alone.
    char separator;
    bool has_policy_of_parts;  ///< Its policy is that of its parts too.
    bool has_tags_of_parts;
};

constexpr auto wholes = std::to_array<Whole>({
    {"s3", "", '/', true, false},                    // Objects, of which each has its tags.
    {"dynamodb", "table/", '/', true, true},         // Indexes. Streams have their own policies: below.
    {"lambda", "function:", ':', false, true},       // Versions and aliases.
    {"logs", "log-group:", ':', true, true},         // Streams.
    {"sns", "", ':', true, true},                    // Subscriptions.
    {"kinesis", "stream/", '/', false, false},       // Consumers.
    {"states", "stateMachine:", ':', false, false},  // Versions and aliases.
});

struct Split {
    const Whole* whole = nullptr;  ///< Null: of no type that has parts.
    std::string_view arn;          ///< Of the whole.
    std::string_view part;         ///< Behind it, with the separator; empty: `arn` is the whole itself.
};

std::optional<ArnView> without_access_point(std::string_view arn) noexcept {
    auto parsed = parse_arn(arn);
    if (parsed && parsed->service == "s3" && !parsed->account.empty()) return std::nullopt;
    return parsed;
}

Split split(std::string_view arn) noexcept {
    const auto parsed = without_access_point(arn);
    if (!parsed) return {nullptr, arn, {}};
    for (const Whole& whole : wholes) {
        if (whole.service != parsed->service || !parsed->resource.starts_with(whole.type)) continue;
        const std::size_t begin = arn.size() - parsed->resource.size() + whole.type.size();
        const std::size_t end = arn.find(whole.separator, begin);
        if (end == npos) return {&whole, arn, {}};
        return {&whole, arn.substr(0, end), arn.substr(end)};
    }
    return {nullptr, arn, {}};
}

/// arn:…:accesspoint/NAME/object/KEY is an object seen through an access point, which has the policy.
std::string_view access_point_of(std::string_view arn) noexcept {
    const auto parsed = parse_arn(arn);
    constexpr std::string_view type = "accesspoint/";
    if (!parsed || parsed->service != "s3" || !parsed->resource.starts_with(type)) return {};
    const std::size_t begin = arn.size() - parsed->resource.size();
    return arn.substr(0, arn.find('/', begin + type.size()));
}

/// rule/BUS/NAME belongs to that event bus, rule/NAME to the default one.
std::string event_bus_of(std::string_view arn) {
    const auto parsed = parse_arn(arn);
    constexpr std::string_view type = "rule/";
    if (!parsed || parsed->service != "events" || !parsed->resource.starts_with(type)) return {};
    std::string_view bus = parsed->resource.substr(type.size());
    const std::size_t slash = bus.rfind('/');  // Names of partners' buses have slashes, names of rules none.
    bus = slash == npos ? std::string_view("default") : bus.substr(0, slash);
    return std::string(arn.substr(0, arn.size() - parsed->resource.size())).append("event-bus/").append(bus);
}

}  // namespace

std::string_view policy_place(std::string_view arn, std::string& made) {
    const Split found = split(arn);
    if (found.whole != nullptr) {
        const bool is_stream = found.part.starts_with("/stream/");  // Of DynamoDB.
        return found.whole->has_policy_of_parts && !(found.whole->service == "dynamodb" && is_stream)
                   ? found.arn
                   : arn;
    }
    if (const std::string_view access_point = access_point_of(arn); !access_point.empty())
        return access_point;
    made = event_bus_of(arn);
    return made.empty() ? arn : std::string_view(made);
}

std::string_view tag_place(std::string_view arn) noexcept {
    const Split found = split(arn);
    return found.whole != nullptr && found.whole->has_tags_of_parts ? found.arn : arn;
}

std::string_view function_of_version(std::string_view arn) noexcept {
    const Split found = split(arn);
    const bool is_version = found.whole != nullptr && found.whole->service == "lambda" && !found.part.empty();
    return is_version ? found.arn : std::string_view{};
}

bool is_s3_object(std::string_view arn) noexcept {
    const Split found = split(arn);
    return found.whole != nullptr && found.whole->service == "s3" && !found.part.empty();
}

char part_separator(std::string_view arn) noexcept {
    const Split found = split(arn);
    return found.whole != nullptr && found.part.empty() ? found.whole->separator : '\0';
}

}  // namespace writ::directory
