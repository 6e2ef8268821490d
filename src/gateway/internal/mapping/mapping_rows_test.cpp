#include "gateway/internal/mapping/mapping_rows.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ranges>
#include <set>

#include "base/text.h"
#include "base/wildcards.h"
#include "gateway/internal/mapping/plan.h"
#include "gateway/internal/mapping/resource_template.h"
#include "reference/authorization.h"

/// Every name in a row is one of the models or of the Service Authorization Reference.
namespace writ::gateway::internal {
namespace {

const reference::RequestOperation* operation_of(const ServiceRows& rows, std::string_view name) {
    const auto* service = reference::find_request_service(rows.service);
    return service == nullptr ? nullptr : reference::find_request_operation(*service, name);
}

/// Whether the operation can have a parameter at the path.
bool has_path(const reference::RequestShape* shape, std::string_view path) {
    using enum reference::RequestShapeKind;
    while (!path.empty() && shape != nullptr) {
        if (path.starts_with('.')) path.remove_prefix(1);
        if (path.starts_with('[')) {
            if (shape->kind != list) return false;
            shape = shape->element->shape;
            path.remove_prefix(path.find(']') + 1);
        } else if (path.starts_with('{')) {
            if (shape->kind != map) return false;
            shape = shape->element->shape;
            path.remove_prefix(path.find('}') + 1);
        } else {
            const auto end = std::min(path.find_first_of(".[{"), path.size());
            const auto member =
                std::ranges::find(shape->members, path.substr(0, end), &reference::RequestMember::name);
            if (member == shape->members.end()) return false;
            shape = member->shape;
            path.remove_prefix(end);
        }
    }
    return shape != nullptr;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    for (const auto& part : text | std::views::split(separator)) parts.emplace_back(std::string_view(part));
    return parts;
}

struct Hole {
    std::string paths, reader;
};

std::vector<Hole> holes_of(std::string_view text) {
    std::vector<Hole> holes;
    while (true) {
        const auto begin = text.find('{');
        if (begin == std::string_view::npos) return holes;
        std::size_t depth = 0, end = begin;
        for (; end < text.size(); ++end) {
            if (text[end] == '{') ++depth;
            if (text[end] == '}' && --depth == 0) break;
        }
        const auto inside = text.substr(begin + 1, end - begin - 1);
        const auto bar = inside.rfind('|');
        holes.push_back({std::string(inside.substr(0, bar)),
                         bar == std::string_view::npos ? "" : std::string(inside.substr(bar + 1))});
        text.remove_prefix(end + 1);
    }
}

/// The resource with x for each hole; empty when a reader makes the whole ARN.
std::string sample(std::string_view text) {
    if (text.starts_with("{")) return {};
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '[') {
            std::size_t depth = 0;
            for (; i < text.size(); ++i) {
                if (text[i] == '[') ++depth;
                if (text[i] == ']' && --depth == 0) break;
            }
        } else if (text[i] == '{') {
            std::size_t depth = 0;
            for (; i < text.size(); ++i) {
                if (text[i] == '{') ++depth;
                if (text[i] == '}' && --depth == 0) break;
            }
            filled += 'x';
        } else {
            filled += text[i];
        }
    }
    return filled;
}

std::string_view behind_account(std::string_view arn) {
    for (int part = 0; part < 5; ++part) arn.remove_prefix(arn.find(':') + 1);
    return arn;
}

/// Whether the resource is one of the pattern. A hole that takes an ARN stands for all that follows it.
bool is_of_pattern(std::string_view text, std::string_view arn_pattern) {
    const std::string arn = sample(text);
    if (matches_wildcards(wildcards_of_pattern(arn_pattern), arn)) return true;
    if (!text.ends_with("|arn}")) return false;
    const auto kind = behind_account(arn_pattern);
    auto begin = behind_account(arn);
    begin.remove_suffix(1);
    return kind.starts_with("${") || kind.starts_with(begin);
}

/// Rows whose resource the reference does not have for the action, each with its reason beside the row.
bool is_excepted(const DemandRow& row) {
    static const std::set<std::pair<std::string_view, std::string_view>> excepted{
        {"Publish", "*"},  // To a phone, which is no resource.
        {"DeleteDeliverySource",
         "arn:{partition}:logs:{region}:{account}:delivery-source:{name,deliverySourceName}"},
    };
    return excepted.contains({row.operation, row.resource});
}

void for_each_row(auto check) {
    for (const ServiceRows* rows : all_service_rows())
        for (const DemandRow& row : rows->demands) {
            SCOPED_TRACE(std::string(rows->service) + " " + std::string(row.operation) + " " +
                         std::string(row.action));
            check(*rows, row);
        }
}

std::vector<std::string> templates(const ServiceRows& rows, const DemandRow& row) {
    if (row.resource.starts_with('@')) return templates_of_type(rows, row.resource.substr(1));
    return {std::string(row.resource)};
}

TEST(MappingRows, AreOfServicesAndOperations) {
    for (const ServiceRows* rows : all_service_rows()) {
        EXPECT_NE(reference::find_request_service(rows->service), nullptr) << rows->service;
        for (const RuleRow& rule : rows->rules) {
            EXPECT_NE(operation_of(*rows, rule.operation), nullptr) << rule.operation;
            EXPECT_FALSE(rule.told.empty()) << rule.operation;
        }
    }
    for_each_row([](const ServiceRows& rows, const DemandRow& row) {
        EXPECT_NE(operation_of(rows, row.operation), nullptr);
    });
}

TEST(MappingRows, NameActionsWithTheirResourceTypes) {
    for_each_row([](const ServiceRows& rows, const DemandRow& row) {
        const auto* action = reference::find_action(row.action);
        ASSERT_NE(action, nullptr);
        EXPECT_EQ(action->name, row.action);  // In the documented spelling.
        for (const std::string& text : templates(rows, row)) {
            if (is_excepted(row)) continue;
            const bool any_required =
                std::ranges::any_of(action->resources, &reference::ActionResource::required);
            EXPECT_FALSE(text == "*" && any_required) << text;
            EXPECT_TRUE(text == "*" || !action->resources.empty()) << text;
            const std::string arn = sample(text);
            if (arn.empty() || text == "*") continue;
            EXPECT_TRUE(std::ranges::any_of(action->resources,
                                            [&](const reference::ActionResource& resource) {
                                                return is_of_pattern(text, resource.type->arn_pattern);
                                            }))
                << arn;
        }
    });
}

TEST(MappingRows, TypesAreOfTheService) {
    for (const ServiceRows* rows : all_service_rows()) {
        const auto* service = reference::find_service(rows->prefix);
        ASSERT_NE(service, nullptr) << rows->prefix;
        for (const TypeRow& row : rows->types) {
            SCOPED_TRACE(std::string(rows->service) + " " + std::string(row.type));
            const auto type =
                std::ranges::find(service->resource_types, row.type, &reference::ResourceType::name);
            ASSERT_NE(type, service->resource_types.end());
            EXPECT_TRUE(sample(row.resource).empty() || is_of_pattern(row.resource, type->arn_pattern));
        }
    }
}

TEST(MappingRows, PathsAreOfTheModel) {
    for_each_row([](const ServiceRows& rows, const DemandRow& row) {
        const auto* operation = operation_of(rows, row.operation);
        ASSERT_NE(operation, nullptr);
        for (const std::string& term : split(row.when, ' '))
            for (const std::string& alternative : split(term, '|')) {
                std::string path = alternative.substr(0, alternative.find('='));
                if (path.starts_with('!')) path.erase(0, 1);
                const bool known = has_path(operation->input, path);
                const bool shared = split(term, '|').size() > 1;  // Not every operation has all of a list.
                EXPECT_TRUE(known || shared) << path;
            }
        for (const std::string& text : templates(rows, row))
            for (const Hole& hole : holes_of(text)) {
                if (hole.paths == "partition" || hole.paths == "region" || hole.paths == "account") continue;
                const auto paths = split(hole.paths, ',');
                EXPECT_TRUE(std::ranges::any_of(paths, [&](const std::string& path) {
                    return has_path(operation->input, path);
                })) << hole.paths;
            }
    });
}

TEST(MappingRows, ReadersAreThere) {
    for (const ServiceRows* rows : all_service_rows()) {
        std::vector<std::string> texts;
        for (const DemandRow& row : rows->demands) texts.emplace_back(row.resource);
        for (const TypeRow& row : rows->types) texts.emplace_back(row.resource);
        for (const std::string& text : texts)
            for (const Hole& hole : holes_of(text)) {
                if (hole.reader.empty() || hole.reader == "arn") continue;
                EXPECT_NE(std::ranges::find(rows->readers, hole.reader, &ValueReader::name),
                          rows->readers.end())
                    << rows->service << " " << hole.reader;
            }
    }
}

TEST(MappingRows, KeysAreOfTheService) {
    for (const ServiceRows* rows : all_service_rows())
        for (const KeyRow& row : rows->keys) {
            SCOPED_TRACE(std::string(row.key));
            const auto* key = reference::find_condition_key(row.key);
            ASSERT_NE(key, nullptr);
            EXPECT_EQ(key->name, row.key);
            EXPECT_EQ(row.add == nullptr, row.told.empty());
        }
    for_each_row([](const ServiceRows&, const DemandRow& row) {
        for (const std::string& pair : split(row.keys, ' '))
            EXPECT_NE(reference::find_condition_key(pair.substr(0, pair.find('='))), nullptr) << pair;
    });
}

/// Paths of keys lead to a parameter of at least one operation.
TEST(MappingRows, PathsOfKeysAreOfTheModel) {
    for (const ServiceRows* rows : all_service_rows()) {
        const auto* service = reference::find_request_service(rows->service);
        ASSERT_NE(service, nullptr);
        for (const KeyRow& row : rows->keys)
            for (const std::string& path : split(row.path, ','))
                EXPECT_TRUE(std::ranges::any_of(
                    reference::request_operations(*service),
                    [&](const auto& operation) { return has_path(operation.input, path); }))
                    << row.key << " " << path;
    }
}

}  // namespace
}  // namespace writ::gateway::internal
