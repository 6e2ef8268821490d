#include "reference/internal/authorization_table.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace writ::reference::internal {
namespace {

class Loader {
  public:
    AuthorizationTable load() {
        table_.names = unpack(Table::authorization, 0);
        strings_ = strings_of(table_.names);
        load_condition_keys();
        table_.key_lists = read_lists<std::uint32_t>(numbers_, [this] { return numbers_.next(); });
        table_.name_lists = read_lists<std::string_view>(numbers_, [this] { return text(); });
        const auto count = numbers_.next();
        table_.services.reserve(count);
        spans_.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) load_service();
        for (const ServiceDefinition& added : added_services()) add_service(added);
        table_.actions.shrink_to_fit();
        table_.resource_types.shrink_to_fit();
        table_.resources.shrink_to_fit();
        point();
        std::ranges::sort(table_.services, {}, &Service::prefix);
        return std::move(table_);
    }

  private:
    // While the rows grow they move, so they are found by number and pointed to at the end.
    struct Spans {
        std::size_t types, types_end, actions, actions_end;
    };
    struct Range {
        std::size_t start, end;
    };

    std::string_view text() { return strings_[numbers_.next()]; }
    std::span<const std::uint32_t> keys() { return table_.key_lists[numbers_.next()]; }
    std::span<const std::string_view> names() { return table_.name_lists[numbers_.next()]; }

    void load_condition_keys() {
        const auto count = numbers_.next();
        table_.condition_keys.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            const auto name = text();
            const auto flags = numbers_.next();
            table_.condition_keys.push_back({name, static_cast<KeyType>(flags >> 1U), (flags & 1U) != 0});
            if (name.find("${") != std::string_view::npos) table_.keys_with_hole.push_back(i);
        }
    }

    void load_service() {
        Service service;
        service.prefix = text();
        service.title = text();
        service.supports_rcp = numbers_.next() != 0;
        service.condition_keys = keys();

        Spans spans{table_.resource_types.size(), 0, table_.actions.size(), 0};
        for (auto left = numbers_.next(); left != 0; --left) {
            const auto name = text();
            const auto pattern = text();
            table_.resource_types.push_back({name, pattern, keys()});
        }
        spans.types_end = table_.resource_types.size();
        const auto lists = load_resource_lists(spans.types);
        for (auto left = numbers_.next(); left != 0; --left) {
            Action action;
            action.name = text();
            action.access_level = static_cast<AccessLevel>(numbers_.next());
            resources_of_.push_back(lists[numbers_.next()]);
            action.condition_keys = keys();
            action.dependent_actions = names();
            table_.actions.push_back(action);
        }
        spans.actions_end = table_.actions.size();
        table_.services.push_back(service);
        spans_.push_back(spans);
    }

    std::vector<Range> load_resource_lists(std::size_t first_type) {
        std::vector<Range> lists(numbers_.next());
        for (auto& list : lists) {
            list.start = table_.resources.size();
            for (auto left = numbers_.next() / 3; left != 0; --left) {
                const auto type = numbers_.next();
                type_of_.push_back(first_type + (type >> 1U));
                ActionResource resource;
                resource.required = (type & 1U) != 0;
                resource.condition_keys = keys();
                resource.dependent_actions = names();
                table_.resources.push_back(resource);
            }
            list.end = table_.resources.size();
        }
        return lists;
    }

    std::string_view keep(std::string text) { return table_.added_names.emplace_back(std::move(text)); }

    /// Keys of AWS are shared; those of the service come behind them.
    std::span<const std::uint32_t> keys_of(const std::vector<std::string>& names) {
        auto& list = table_.added_key_lists.emplace_back();
        for (const std::string& name : names) {
            const auto known = std::ranges::find_if(table_.condition_keys, [&](const ConditionKey& key) {
                return equals_ignoring_case(key.name, name);
            });
            if (known == table_.condition_keys.end()) continue;
            list.push_back(static_cast<std::uint32_t>(known - table_.condition_keys.begin()));
        }
        return list;
    }

    std::span<const std::uint32_t> add_condition_keys(const ServiceDefinition& added) {
        std::vector<std::string> names;
        for (const ServiceDefinition::Key& key : added.condition_keys) {
            if (key.name.find("${") != std::string::npos) {
                table_.keys_with_hole.push_back(static_cast<std::uint32_t>(table_.condition_keys.size()));
            }
            table_.condition_keys.push_back({keep(key.name), key.type, key.multivalued});
            names.push_back(key.name);
        }
        return keys_of(names);
    }

    Range add_resources(const ServiceDefinition& added, const ServiceDefinition::ActionRow& row,
                        std::size_t first_type) {
        const std::size_t start = table_.resources.size();
        for (const ServiceDefinition::ActionResource& resource : row.resource_types) {
            const auto* type = find_type(added, resource.type);
            type_of_.push_back(first_type + static_cast<std::size_t>(type - added.resource_types.data()));
            ActionResource& as_row = table_.resources.emplace_back();
            as_row.required = resource.required;
        }
        return {start, table_.resources.size()};
    }

    void add_service(const ServiceDefinition& added) {
        Service service;
        service.prefix = keep(added.prefix);
        service.title = keep(added.title);
        service.condition_keys = add_condition_keys(added);
        Spans spans{table_.resource_types.size(), 0, table_.actions.size(), 0};
        for (const ServiceDefinition::Type& type : added.resource_types) {
            table_.resource_types.push_back(
                {keep(type.name), keep(type.arn_pattern), keys_of(type.condition_keys)});
        }
        spans.types_end = table_.resource_types.size();
        for (const ServiceDefinition::ActionRow& row : added.actions) {
            Action& action = table_.actions.emplace_back();
            action.name = keep(added.prefix + ":" + row.name);
            action.access_level = row.access_level;
            action.condition_keys = keys_of(row.condition_keys);
            resources_of_.push_back(add_resources(added, row, spans.types));
        }
        spans.actions_end = table_.actions.size();
        table_.services.push_back(service);
        spans_.push_back(spans);
    }

    void point() {
        for (std::size_t i = 0; i < table_.resources.size(); ++i)
            table_.resources[i].type = &table_.resource_types[type_of_[i]];
        const std::span resources(table_.resources);
        for (std::size_t i = 0; i < table_.actions.size(); ++i) {
            const auto [start, end] = resources_of_[i];
            table_.actions[i].resources = resources.subspan(start, end - start);
        }
        for (std::size_t i = 0; i < table_.services.size(); ++i) {
            const auto [types, types_end, actions, actions_end] = spans_[i];
            table_.services[i].resource_types =
                std::span(table_.resource_types).subspan(types, types_end - types);
            table_.services[i].actions = std::span(table_.actions).subspan(actions, actions_end - actions);
        }
    }

    AuthorizationTable table_;
    std::vector<std::string_view> strings_;
    Bytes bytes_ = unpack(Table::authorization, 1);
    Numbers numbers_{bytes_};
    std::vector<Spans> spans_;
    std::vector<Range> resources_of_;
    std::vector<std::size_t> type_of_;
};

}  // namespace

std::vector<ServiceDefinition>& added_services() {
    static std::vector<ServiceDefinition> services;
    return services;
}

const AuthorizationTable& authorization_table() {
    static const AuthorizationTable table = Loader().load();
    return table;
}

}  // namespace writ::reference::internal
