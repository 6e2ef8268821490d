#include <array>
#include <optional>
#include <string>
#include <utility>

#include "directory/internal/entities.h"
#include "directory/internal/failures.h"
#include "directory/internal/paging.h"
#include "directory/internal/policies/managed.h"
#include "directory/policies/attachments.h"
#include "store/records.h"

/// ListEntitiesForPolicy: groups, then roles, then users, each by name without case.
namespace writ::directory {
namespace {

struct Section {
    OwnerKind kind = OwnerKind::group;
    store::EntityKind stored = store::EntityKind::group;
    char letter = 'g';  ///< Leads the position; in the order of the sections.
};
constexpr std::array<Section, 3> sections{{{OwnerKind::group, store::EntityKind::group, 'g'},
                                           {OwnerKind::role, store::EntityKind::role, 'r'},
                                           {OwnerKind::user, store::EntityKind::user, 'u'}}};

/// An entity and its path, which the filter looks at.
struct Found {
    PolicyEntity entity;
    std::string path;
};

template <class Record>
Result<Found> find_entity(const AccountView& account, OwnerKind kind, const std::string& id) {
    const auto record = account.records.find<Record>(Record::by_id, {account.account_id, id});
    if (!record) return std::unexpected(to_error(record.error()));
    if (!*record) return std::unexpected(no_such_entity(kind, id));
    return Found{{kind, id, (*record)->name}, (*record)->path};
}

Result<Found> find_entity(const AccountView& account, OwnerKind kind, const std::string& id) {
    switch (kind) {
        case OwnerKind::user:
            return find_entity<store::User>(account, kind, id);
        case OwnerKind::group:
            return find_entity<store::Group>(account, kind, id);
        case OwnerKind::role:
            return find_entity<store::Role>(account, kind, id);
    }
    return std::unexpected(no_such_entity(kind, id));
}

bool keeps(const EntityFilter& filter, store::PolicyUsage usage) noexcept {
    return !filter.used_as_boundary || *filter.used_as_boundary == (usage == store::PolicyUsage::boundary);
}

/// Fills one page, section by section.
class EntityPage {
  public:
    EntityPage(const AccountView& account, const std::string& policy_arn, const EntityFilter& filter,
               const Listing& listing, std::size_t items_max)
        : account_(account),
          policy_arn_(policy_arn),
          filter_(filter),
          listing_(listing),
          items_max_(items_max) {}

    /// `after`: position of the last item of the page before, empty for the first page.
    Result<Page<PolicyEntity>> fill(const std::string& after) {
        for (const Section& section : sections) {
            if (filter_.kind && *filter_.kind != section.kind) continue;
            if (!after.empty() && section.letter < after.front()) continue;
            const bool goes_on = !after.empty() && section.letter == after.front();
            const auto more = read_section(section, goes_on ? after.substr(1) : std::string{});
            if (!more) return std::unexpected(more.error());
            if (!*more) break;
        }
        return std::move(page_);
    }

  private:
    /// The entities whose names come after `name`. False when the page is full and more follows.
    Result<bool> read_section(const Section& section, std::string name) {
        std::optional<store::PolicyUsage> usage;
        for (;;) {
            store::Range range{.equal = {account_.account_id, policy_arn_, section.stored},
                               .after = {name},
                               .rows_max = items_max_ + 1};
            if (usage) range.after.emplace_back(*usage);
            const auto rows = account_.records.list<store::Attachment>(store::Attachment::by_policy, range);
            if (!rows) return std::unexpected(to_error(rows.error()));
            for (const store::Attachment& row : *rows) {
                const auto added = add(section, row);
                if (!added || !*added) return added;
            }
            if (rows->size() <= items_max_) return true;
            name = rows->back().principal_name_folded;
            usage = rows->back().usage;
        }
    }

    /// An entity has two rows when it uses the policy in both ways: the first that counts is given.
    Result<bool> add(const Section& section, const store::Attachment& row) {
        if (!keeps(filter_, row.usage) || row.principal_id == last_id_) return true;
        auto found = find_entity(account_, section.kind, row.principal_id);
        if (!found) return std::unexpected(std::move(found.error()));
        last_id_ = row.principal_id;
        if (!found->path.starts_with(filter_.path_prefix)) return true;
        if (page_.items.size() == items_max_) {
            page_.marker = make_marker(account_, listing_, last_given_);
            return false;
        }
        page_.items.push_back(std::move(found->entity));
        last_given_ = section.letter + row.principal_name_folded;
        return true;
    }

    const AccountView& account_;
    const std::string& policy_arn_;
    const EntityFilter& filter_;
    const Listing& listing_;
    std::size_t items_max_;
    Page<PolicyEntity> page_;
    std::string last_id_;     ///< Of the entity that was read last.
    std::string last_given_;  ///< Position of the last item of the page.
};

Listing listing_of(const std::string& policy_arn, const EntityFilter& filter) {
    std::string text = filter.kind ? std::to_string(static_cast<int>(*filter.kind)) : "-";
    text += !filter.used_as_boundary ? '-' : *filter.used_as_boundary ? 'b' : 'p';
    return {.operation = "ListEntitiesForPolicy",
            .filter = text.append(policy_arn).append(" ").append(filter.path_prefix)};
}

}  // namespace

Result<Page<PolicyEntity>> list_entities_for_policy(const AccountView& account, std::string_view policy_arn,
                                                    const EntityFilter& filter, const PageRequest& page) {
    const auto arn = existing_policy(account, policy_arn);
    if (!arn) return std::unexpected(arn.error());
    const Listing listing = listing_of(*arn, filter);
    const auto after = read_marker(account, listing, page);
    if (!after) return std::unexpected(after.error());
    return EntityPage(account, *arn, filter, listing, page.items_max).fill(after->value_or(std::string{}));
}

}  // namespace writ::directory
