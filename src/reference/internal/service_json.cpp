#include <algorithm>
#include <array>
#include <optional>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <set>
#include <utility>

#include "base/arn.h"
#include "base/text.h"
#include "reference/internal/authorization_table.h"
#include "reference/service_definition.h"

// The JSON of a service: reading it by its rules, and printing it.
namespace writ::reference {
namespace {

using Json = rapidjson::Value;
using Names = std::vector<std::string>;

constexpr std::size_t rows_max = 5'000;  ///< Of each list.
constexpr std::size_t name_bytes_max = 128;
constexpr auto levels = std::to_array({AccessLevel::list, AccessLevel::read, AccessLevel::write,
                                       AccessLevel::permissions_management, AccessLevel::tagging});
constexpr auto types = std::to_array({KeyType::string, KeyType::arn, KeyType::boolean, KeyType::numeric,
                                      KeyType::date, KeyType::ip_address, KeyType::binary});

std::string_view text_of(const Json& json) {
    return {json.GetString(), json.GetStringLength()};
}

std::unexpected<Error> refuse(const std::string& where, const std::string& why) {
    return fail("InvalidInput", 400, where.empty() ? why : where + ": " + why);
}

std::string quoted(std::string_view text) {
    return "'" + std::string(text) + "'";
}

bool is_name(std::string_view text, std::string_view more) {
    return !text.empty() && text.size() <= name_bytes_max && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               more.find(c) != std::string_view::npos;
    });
}

/// An object whose members all are among `known`, each once.
Result<void> check_members(const Json& json, const std::string& where,
                           std::initializer_list<std::string_view> known) {
    if (!json.IsObject()) return refuse(where, "an object is wanted here.");
    std::set<std::string_view> seen;
    for (const auto& member : json.GetObject()) {
        const std::string_view name = text_of(member.name);
        if (std::ranges::find(known, name) == known.end()) {
            return refuse(where, "there is no member " + quoted(name) + ".");
        }
        if (!seen.insert(name).second) return refuse(where, "the member " + quoted(name) + " occurs twice.");
    }
    return {};
}

const Json* find(const Json& json, const char* name) {
    const auto at = json.FindMember(name);
    return at == json.MemberEnd() ? nullptr : &at->value;
}

Result<std::string> read_text(const Json& json, const char* name, const std::string& where) {
    const Json* value = find(json, name);
    if (value == nullptr || !value->IsString() || value->GetStringLength() == 0) {
        return refuse(where, "the member " + quoted(name) + " must be a string.");
    }
    return std::string(text_of(*value));
}

Result<Names> read_names(const Json& json, const char* name, const std::string& where) {
    Names names;
    const Json* list = find(json, name);
    if (list == nullptr) return names;
    const bool fits = list->IsArray() && list->Size() <= rows_max;
    if (!fits || !std::ranges::all_of(list->GetArray(), [](const Json& each) { return each.IsString(); })) {
        return refuse(where, "the member " + quoted(name) + " must be a list of strings.");
    }
    for (const Json& each : list->GetArray()) names.emplace_back(text_of(each));
    return names;
}

template <class Value, std::size_t count>
std::optional<Value> value_of(const std::array<Value, count>& values, std::string_view word) {
    const auto* const at = std::ranges::find_if(values, [&](Value each) { return name(each) == word; });
    return at == values.end() ? std::nullopt : std::optional(*at);
}

template <class Value, std::size_t count>
std::string words_of(const std::array<Value, count>& values) {
    std::string words;
    for (const Value each : values) words.append(words.empty() ? "" : ", ").append(name(each));
    return words;
}

/// Reads one service; `service_` grows member by member, and later ones may name earlier ones.
class Reader {
  public:
    explicit Reader(bool any_prefix) : any_prefix_(any_prefix) {}

    Result<ServiceDefinition> read(const Json& json) {
        auto done =
            check_members(json, {}, {"prefix", "title", "actions", "resource_types", "condition_keys"});
        if (done) done = read_head(json);
        if (done) done = read_rows(json, "condition_keys", &Reader::read_key);
        if (done) done = read_rows(json, "resource_types", &Reader::read_type);
        if (done) done = read_rows(json, "actions", &Reader::read_action);
        if (!done) return std::unexpected(std::move(done.error()));
        if (service_.actions.empty()) return refuse({}, "a service has at least one action.");
        return std::move(service_);
    }

  private:
    using ReadRow = Result<void> (Reader::*)(const Json& json, const std::string& where);

    Result<void> read_head(const Json& json) {
        auto prefix = read_text(json, "prefix", {});
        if (!prefix) return std::unexpected(prefix.error());
        service_.prefix = std::move(*prefix);
        if (!is_name(service_.prefix, "-") || ascii_lower(service_.prefix) != service_.prefix) {
            return refuse("prefix",
                          quoted(service_.prefix) + " must be of lower-case letters, digits and '-'.");
        }
        const bool taken = service_.prefix == "writ" || service_.prefix == "aws";
        if (taken && !any_prefix_) return refuse("prefix", quoted(service_.prefix) + " is taken.");
        service_.title = service_.prefix;
        if (find(json, "title") == nullptr) return {};
        auto title = read_text(json, "title", {});
        if (!title) return std::unexpected(title.error());
        service_.title = std::move(*title);
        return {};
    }

    Result<void> read_rows(const Json& json, const char* name, ReadRow read_row) {
        const Json* list = find(json, name);
        if (list == nullptr) return {};
        if (!list->IsArray() || list->Size() > rows_max) {
            return refuse(name, "a list of at most " + std::to_string(rows_max) + " is wanted here.");
        }
        std::set<std::string> names;
        for (const Json& row : list->GetArray()) {
            const std::string where = std::string(name) + "[" + std::to_string(names.size()) + "]";
            if (auto read = (this->*read_row)(row, where); !read) return read;
            if (!names.insert(ascii_lower(text_of(row["name"]))).second) {
                return refuse(where, "there is another of the name " + quoted(text_of(row["name"])) + ".");
            }
        }
        return {};
    }

    Result<void> read_key(const Json& json, const std::string& where) {
        if (auto fits = check_members(json, where, {"name", "type", "multivalued"}); !fits) return fits;
        auto key_name = read_text(json, "name", where);
        if (!key_name) return std::unexpected(key_name.error());
        const bool own = key_name->starts_with(service_.prefix + ":") &&
                         is_name(std::string_view(*key_name).substr(service_.prefix.size() + 1), "-_./${}");
        if (!own || !holes_are_closed(*key_name)) {
            return refuse(where, quoted(*key_name) + " must be " + service_.prefix + ":Name.");
        }
        ServiceDefinition::Key key{.name = std::move(*key_name)};
        if (const Json* type = find(json, "type")) {
            const auto known = type->IsString() ? value_of(types, text_of(*type)) : std::nullopt;
            if (!known) return refuse(where, "the type must be one of " + words_of(types) + ".");
            key.type = *known;
        }
        if (const Json* multivalued = find(json, "multivalued")) {
            if (!multivalued->IsBool()) return refuse(where, "'multivalued' must be true or false.");
            key.multivalued = multivalued->GetBool();
        }
        service_.condition_keys.push_back(std::move(key));
        return {};
    }

    Result<void> read_type(const Json& json, const std::string& where) {
        if (auto fits = check_members(json, where, {"name", "arn", "condition_keys"}); !fits) return fits;
        auto type_name = read_text(json, "name", where);
        if (!type_name) return std::unexpected(type_name.error());
        if (!is_name(*type_name, "-_")) return refuse(where, quoted(*type_name) + " is no name.");
        auto pattern = read_text(json, "arn", where);
        if (!pattern) return std::unexpected(pattern.error());
        const auto arn = parse_arn(*pattern);
        const bool own = arn && (any_prefix_ || arn->service == service_.prefix) && !arn->resource.empty();
        if (!own || !holes_are_closed(*pattern)) {
            return refuse(where, quoted(*pattern) +
                                     " must be an ARN of the service, such as arn:${Partition}:" +
                                     service_.prefix + ":${Region}:${Account}:" + *type_name + "/${Id}.");
        }
        auto keys = read_key_names(json, where);
        if (!keys) return std::unexpected(keys.error());
        service_.resource_types.push_back({std::move(*type_name), std::move(*pattern), std::move(*keys)});
        return {};
    }

    Result<void> read_action(const Json& json, const std::string& where) {
        auto fits = check_members(json, where, {"name", "access_level", "resource_types", "condition_keys"});
        if (!fits) return fits;
        auto action_name = read_text(json, "name", where);
        if (!action_name) return std::unexpected(action_name.error());
        if (!is_name(*action_name, "_"))
            return refuse(where, quoted(*action_name) + " is no name of an action.");
        auto level = read_text(json, "access_level", where);
        if (!level) return std::unexpected(level.error());
        const auto known = value_of(levels, *level);
        if (!known) return refuse(where, "the access level must be one of " + words_of(levels) + ".");
        auto keys = read_key_names(json, where);
        if (!keys) return std::unexpected(keys.error());
        auto resources = read_action_resources(json, where);
        if (!resources) return std::unexpected(resources.error());
        service_.actions.push_back(
            {std::move(*action_name), *known, std::move(*resources), std::move(*keys)});
        return {};
    }

    /// "document", or "document*" when it is required, as AWS writes it.
    Result<std::vector<ServiceDefinition::ActionResource>> read_action_resources(const Json& json,
                                                                                 const std::string& where) {
        auto names = read_names(json, "resource_types", where);
        if (!names) return std::unexpected(names.error());
        std::vector<ServiceDefinition::ActionResource> resources;
        for (std::string& type : *names) {
            const bool required = type.ends_with('*');
            if (required) type.pop_back();
            if (find_type(service_, type) == nullptr) {
                return refuse(where, "there is no resource type " + quoted(type) + ".");
            }
            resources.push_back({std::move(type), required});
        }
        return resources;
    }

    Result<Names> read_key_names(const Json& json, const std::string& where) {
        auto keys = read_names(json, "condition_keys", where);
        if (!keys) return keys;
        for (const std::string& key : *keys) {
            const bool own = std::ranges::any_of(
                service_.condition_keys,
                [&](const ServiceDefinition::Key& each) { return equals_ignoring_case(each.name, key); });
            if (!own && !key.starts_with("aws:")) {
                return refuse(where, "there is no condition key " + quoted(key) + ".");
            }
        }
        return keys;
    }

    static bool holes_are_closed(std::string_view text) {
        for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
            const std::size_t end = text.find('}', at);
            if (end == std::string_view::npos || end == at + 2) return false;
            at = end;
        }
        return true;
    }

    const bool any_prefix_;
    ServiceDefinition service_;
};

Result<ServiceDefinition> read(std::string_view text, bool any_prefix) {
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    rapidjson::Document document;
    document.Parse<flags>(text.data(), text.size());
    if (document.HasParseError()) {
        return refuse({}, std::string("not JSON: ") + rapidjson::GetParseError_En(document.GetParseError()));
    }
    return Reader(any_prefix).read(document);
}

using Writer = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

void write(Writer& json, const char* key, std::string_view text) {
    json.Key(key);
    json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void write(Writer& json, const char* key, const Names& names) {
    if (names.empty()) return;
    json.Key(key);
    json.StartArray();
    for (const std::string& each : names)
        json.String(each.data(), static_cast<rapidjson::SizeType>(each.size()));
    json.EndArray();
}

template <class Row, class Write>
void write_rows(Writer& json, const char* key, const std::vector<Row>& rows, const Write& write_row) {
    json.Key(key);
    json.StartArray();
    for (const Row& row : rows) {
        json.StartObject();
        write(json, "name", row.name);
        write_row(row);
        json.EndObject();
    }
    json.EndArray();
}

}  // namespace

Result<ServiceDefinition> read_service(std::string_view json) {
    return read(json, false);
}

Result<ServiceDefinition> internal::read_any_service(std::string_view json) {
    return read(json, true);
}

std::string print_service(const ServiceDefinition& service) {
    rapidjson::StringBuffer buffer;
    Writer json(buffer);
    json.SetIndent(' ', 2);
    json.StartObject();
    write(json, "prefix", service.prefix);
    write(json, "title", service.title);
    write_rows(json, "actions", service.actions, [&](const ServiceDefinition::ActionRow& row) {
        write(json, "access_level", name(row.access_level));
        Names resources;
        for (const auto& each : row.resource_types)
            resources.push_back(each.type + (each.required ? "*" : ""));
        write(json, "resource_types", resources);
        write(json, "condition_keys", row.condition_keys);
    });
    write_rows(json, "resource_types", service.resource_types, [&](const ServiceDefinition::Type& row) {
        write(json, "arn", row.arn_pattern);
        write(json, "condition_keys", row.condition_keys);
    });
    write_rows(json, "condition_keys", service.condition_keys, [&](const ServiceDefinition::Key& row) {
        write(json, "type", name(row.type));
        json.Key("multivalued");
        json.Bool(row.multivalued);
    });
    json.EndObject();
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace writ::reference
