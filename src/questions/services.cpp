#include "questions/services.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/text.h"
#include "directory/resources/custom_services.h"

namespace writ::questions {
namespace {

constexpr std::size_t accounts_max = 10'000;

}  // namespace

Services::Services(store::Store& store, const directory::Environment& environment)
    : store_(store), environment_(environment), kept_(std::make_shared<Kept>()) {
    store_.listen([kept = kept_](const std::vector<store::Change>& changes) {
        const std::unique_lock lock(kept->mutex);
        ++kept->epoch;
        for (const store::Change& change : changes) {
            if (change.entity.kind == store::EntityKind::account) kept->lists.erase(change.entity.id);
        }
    });
}

Result<ServiceListPtr> Services::of(const std::string& account) {
    std::uint64_t started = 0;
    {
        const std::shared_lock lock(kept_->mutex);
        if (const auto at = kept_->lists.find(account); at != kept_->lists.end()) return at->second;
        started = kept_->epoch;
    }
    auto reader = store_.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    auto listed = directory::list_services({**reader, account, environment_});
    if (!listed) return std::unexpected(std::move(listed.error()));
    auto list = std::make_shared<ServiceList>();
    for (directory::CustomService& service : *listed) list->push_back(std::move(service.definition));
    const std::unique_lock lock(kept_->mutex);
    if (kept_->lists.size() >= accounts_max) kept_->lists.clear();
    if (started == kept_->epoch) kept_->lists.insert_or_assign(account, list);
    return list;
}

const reference::ServiceDefinition* find_service(const ServiceList& services,
                                                 std::string_view prefix) noexcept {
    const auto at = std::ranges::find_if(services, [&](const reference::ServiceDefinition& service) {
        return equals_ignoring_case(service.prefix, prefix);
    });
    return at == services.end() ? nullptr : &*at;
}

const reference::ServiceDefinition::Key* find_key(const ServiceList& services,
                                                  std::string_view name) noexcept {
    const auto* service = find_service(services, name.substr(0, name.find(':')));
    return service == nullptr ? nullptr : reference::find_key(*service, name);
}

}  // namespace writ::questions
