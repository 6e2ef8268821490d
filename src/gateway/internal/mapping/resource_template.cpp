#include "gateway/internal/mapping/resource_template.h"

#include <algorithm>
#include <fmt/format.h>
#include <ranges>

#include "base/arn.h"

namespace writ::gateway::internal {
namespace {

/// Index of the bracket that closes the one at the beginning of the text.
std::size_t closing(std::string_view text, char open, char close) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == open) ++depth;
        if (text[i] == close && --depth == 0) return i;
    }
    return text.size();
}

struct Hole {
    std::string_view paths;
    std::string_view reader;
};

/// Splits at the bar outside of braces.
Hole parse_hole(std::string_view inside) {
    const auto bar = inside.rfind('|');
    if (bar == std::string_view::npos) return {inside, {}};
    return {inside.substr(0, bar), inside.substr(bar + 1)};
}

bool is_of_place(std::string_view name) {
    return name == "partition" || name == "region" || name == "account";
}

/// Whether all holes outside of brackets are as asked.
bool every_hole(std::string_view text, const auto& is_fine) {
    while (true) {
        const auto special = text.find_first_of("{[");
        if (special == std::string_view::npos) return true;
        text.remove_prefix(special);
        const bool optional = text.front() == '[';
        const auto end = optional ? closing(text, '[', ']') : closing(text, '{', '}');
        if (!optional && !is_fine(text.substr(1, end - 1))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Whether an ARN is of the service and kind with which the template begins.
bool continues(std::string_view before, std::string_view arn) {
    const auto kind = parse_arn(before);
    const auto told = parse_arn(arn);
    return kind && told && kind->service == told->service && told->resource.starts_with(kind->resource) &&
           told->resource.size() > kind->resource.size() && is_as_full(before, arn);
}

}  // namespace

/// One filling of a template, or of a part of it in brackets.
class TemplateFiller {
  public:
    TemplateFiller(const MappingCall& call, std::span<const ValueReader> readers)
        : call_(call), readers_(readers) {}

    Result<void> append(const ResourceTemplate& filling, std::vector<std::string>& filled) const {
        for (const ResourceTemplate::Part& part : filling.parts_)
            if (auto done = append(part, filled); !done) return done;
        return {};
    }

  private:
    using Kind = ResourceTemplate::Kind;

    Result<void> append(const ResourceTemplate::Part& part, std::vector<std::string>& filled) const {
        switch (part.kind) {
            case Kind::literal:
                return append_text(part.text, filled);
            case Kind::partition:
                return append_text(call_.place.partition, filled);
            case Kind::region:
                return append_text(call_.place.region, filled);
            case Kind::account:
                return append_text(call_.place.account, filled);
            case Kind::hole:
                return append_values(part, filled);
            case Kind::optional:
                break;
        }
        const ResourceTemplate& inside = part.inside.front();
        return inside.is_told(call_.parameters) ? append(inside, filled) : Result<void>{};
    }

    static Result<void> append_text(std::string_view text, std::vector<std::string>& filled) {
        for (std::string& resource : filled) resource += text;
        return {};
    }

    Result<void> append_values(const ResourceTemplate::Part& part, std::vector<std::string>& filled) const {
        const auto values = told_values(part.text, call_.parameters);
        if (values.empty()) return cannot_map(call_, fmt::format("it does not tell {}", part.text));
        std::vector<std::string> longer;
        longer.reserve(std::min(filled.size() * values.size(), elements_max));
        for (const std::string& before : filled) {
            for (const std::string& value : values) {
                if (longer.size() == elements_max) return cannot_map(call_, "it names too many resources");
                if (value.empty()) return cannot_map(call_, fmt::format("{} is empty", part.text));
                if (value.find('\0') != std::string::npos)
                    return cannot_map(call_, fmt::format("{} holds a NUL", part.text));
                auto resource = put(before, value, part.reader);
                if (!resource) return std::unexpected(std::move(resource.error()));
                longer.push_back(std::move(*resource));
            }
        }
        filled = std::move(longer);
        return {};
    }

    Result<std::string> put(const std::string& before, const std::string& value,
                            std::string_view reader) const {
        if (reader.empty()) return before + value;
        if (reader == "arn") return name_or_arn(before, value, call_);
        const auto row = std::ranges::find(readers_, reader, &ValueReader::name);
        auto read = row->read(value, call_);
        return read ? name_or_arn(before, *read, call_) : read;
    }

    const MappingCall& call_;
    std::span<const ValueReader> readers_;
};

ResourceTemplate::Part ResourceTemplate::part_of(std::string_view hole) {
    if (hole == "partition") return {.kind = Kind::partition};
    if (hole == "region") return {.kind = Kind::region};
    if (hole == "account") return {.kind = Kind::account};
    const Hole read = parse_hole(hole);
    return {.kind = Kind::hole, .text = std::string(read.paths), .reader = std::string(read.reader)};
}

ResourceTemplate::ResourceTemplate(std::string_view text) {
    while (!text.empty()) {
        const auto special = std::min(text.find_first_of("{["), text.size());
        if (special > 0) parts_.push_back({.text = std::string(text.substr(0, special))});
        text.remove_prefix(special);
        if (text.empty()) break;
        const bool optional = text.front() == '[';
        const auto end = optional ? closing(text, '[', ']') : closing(text, '{', '}');
        const auto inside = text.substr(1, end - 1);
        parts_.push_back(optional ? Part{.kind = Kind::optional, .inside = {ResourceTemplate(inside)}}
                                  : part_of(inside));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

Result<std::vector<std::string>> ResourceTemplate::fill(const MappingCall& call,
                                                        std::span<const ValueReader> readers) const {
    constexpr std::size_t usual_bytes = 96;
    std::vector<std::string> filled(1);
    filled.front().reserve(usual_bytes);
    if (auto done = TemplateFiller(call, readers).append(*this, filled); !done) {
        return std::unexpected(std::move(done.error()));
    }
    return filled;
}

bool ResourceTemplate::is_told(const Parameters& parameters) const {
    return std::ranges::all_of(parts_, [&](const Part& part) {
        return part.kind != Kind::hole || is_any_told(part.text, parameters);
    });
}

std::vector<std::string> told_values(std::string_view paths, const Parameters& parameters) {
    if (!paths.contains(',')) return parameters.all(paths);
    std::vector<std::string> values;
    for (const auto& path : paths | std::views::split(','))
        std::ranges::move(parameters.all(std::string_view(path)), std::back_inserter(values));
    return values;
}

bool is_any_told(std::string_view paths, const Parameters& parameters) {
    return std::ranges::any_of(paths | std::views::split(','),
                               [&](const auto& path) { return parameters.has_text(std::string_view(path)); });
}

Result<std::string> name_or_arn(std::string_view before, std::string_view value, const MappingCall& call) {
    if (value.find('\0') != std::string_view::npos) return cannot_map(call, "a name in it holds a NUL");
    if (!value.starts_with("arn:")) return std::string(before) + std::string(value);
    if (auto why = misplaced_arn(value, call.place); !why.empty()) return cannot_map(call, why);
    if (!before.empty() && !continues(before, value)) {
        return cannot_map(call, fmt::format("{} is not the ARN of such a resource", value));
    }
    return std::string(value);
}

std::string arn_in(const MappingPlace& place, std::string_view service, std::string_view resource) {
    constexpr std::string_view separator = ":";
    std::string arn = "arn";
    arn.reserve(64 + resource.size());
    for (const std::string_view part : {place.partition, service, place.region, place.account, resource})
        arn.append(separator).append(part);
    return arn;
}

bool template_fits(std::string_view text, const reference::RequestShape* input) {
    const auto has_member = [&](std::string_view path) {
        const auto name = path.substr(0, path.find_first_of(".[{"));
        return input != nullptr && std::ranges::find(input->members, name, &reference::RequestMember::name) !=
                                       input->members.end();
    };
    return every_hole(text, [&](std::string_view inside) {
        const Hole hole = parse_hole(inside);
        return is_of_place(hole.paths) ||
               std::ranges::any_of(hole.paths | std::views::split(','),
                                   [&](const auto& path) { return has_member(std::string_view(path)); });
    });
}

bool is_as_full(std::string_view arn_pattern, std::string_view arn) {
    const auto wanted = parse_arn(arn_pattern);
    const auto told = parse_arn(arn);
    return wanted && told && wanted->region.empty() == told->region.empty() &&
           wanted->account.empty() == told->account.empty();
}

std::string misplaced_arn(std::string_view arn, const MappingPlace& place) {
    const auto told = parse_arn(arn);
    if (!told) return fmt::format("{} is not an ARN", arn);
    if (told->partition != place.partition) return fmt::format("{} is of another partition", arn);
    if (!told->region.empty() && told->region != place.region) {
        return fmt::format("{} is of another region", arn);
    }
    return {};
}

std::string wildcards_of_pattern(std::string_view arn_pattern) {
    std::string text;
    while (!arn_pattern.empty()) {
        const auto hole = std::min(arn_pattern.find("${"), arn_pattern.size());
        text += arn_pattern.substr(0, hole);
        arn_pattern.remove_prefix(hole);
        if (arn_pattern.empty()) break;
        text += '*';
        arn_pattern.remove_prefix(std::min(arn_pattern.find('}') + 1, arn_pattern.size()));
    }
    return text;
}

}  // namespace writ::gateway::internal
