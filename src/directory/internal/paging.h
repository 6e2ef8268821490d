#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "directory/directory.h"
#include "directory/internal/failures.h"
#include "directory/pages.h"
#include "store/store.h"

/// Lists by pages (spec 8.4). A marker tells the position of the last item given, so that the next page goes
/// on behind it whatever was created or deleted meanwhile.
namespace writ::directory {

/// What a marker is bound to, beside the account.
struct Listing {
    std::string_view operation;  ///< "ListUsers".
    std::string filter{};        ///< Everything else that chooses the items: path prefix, id of the owner.
};

/// 1 to 320 characters. Not secret and not signed: one made by hand only chooses where the list goes on.
/// REQUIRES: `position` has at most `position_bytes_max` bytes.
[[nodiscard]] std::string make_marker(const AccountView& account, const Listing& listing,
                                      std::string_view position);
inline constexpr std::size_t position_bytes_max = 200;

/// The position in the marker of the request; nothing without marker. ValidationError "Invalid Marker." when
/// it was made for another list.
[[nodiscard]] Result<std::optional<std::string>> read_marker(const AccountView& account,
                                                             const Listing& listing,
                                                             const PageRequest& request);

/// A key of any length as a position: itself, or its beginning and a digest, which sort alike.
[[nodiscard]] std::string position_of(std::string_view key);

/// A list over one index of the store, ordered by the column behind `equal`, a text of at most
/// `position_bytes_max` bytes.
template <class Record, class Item>
struct IndexedList {
    const store::Index& index;
    std::vector<store::Bind> equal;  ///< Values of the leading columns.
    std::string Record::* order;     ///< The column behind them.
    std::function<bool(const Record&)> keep;
    std::function<Result<Item>(const Record&)> convert;
    /// About so many rows are looked at for one page.
    std::size_t rows_looked_at_max = 10'000;
};

/// Cost: linear in the rows read, that is the page and the rows between that were not kept. A page that would
/// take more than `rows_looked_at_max` is shorter than asked for, or empty, and has a marker all the same, as
/// pages of AWS may be: one call must not read an account of a million users for a path that nobody has.
template <class Record, class Item>
[[nodiscard]] Result<Page<Item>> page_of(const AccountView& account, const Listing& listing,
                                         const PageRequest& request, const IndexedList<Record, Item>& list) {
    auto position = read_marker(account, listing, request);
    if (!position) return std::unexpected(std::move(position.error()));
    Page<Item> page;
    std::string last_given;
    for (std::size_t looked_at = 0;;) {
        store::Range range{.equal = list.equal, .rows_max = request.items_max + 1};
        if (*position) range.after = {**position};
        const auto rows = account.records.list<Record>(list.index, range);
        if (!rows) return std::unexpected(to_error(rows.error()));
        for (const Record& row : *rows) {
            if (!list.keep(row)) continue;
            if (page.items.size() == request.items_max) {
                page.marker = make_marker(account, listing, last_given);
                return page;
            }
            auto item = list.convert(row);
            if (!item) return std::unexpected(std::move(item.error()));
            page.items.push_back(std::move(*item));
            last_given = row.*list.order;
        }
        if (rows->size() <= request.items_max) return page;
        *position = rows->back().*list.order;
        looked_at += rows->size();
        if (looked_at >= list.rows_looked_at_max) {
            page.marker = make_marker(account, listing, **position);
            return page;
        }
    }
}

/// A list that is small enough to be read as a whole at each page: what one entity has. `key` makes the text
/// that items are ordered by and unique by.
template <class Item, class Key>
[[nodiscard]] Result<Page<Item>> page_of(const AccountView& account, const Listing& listing,
                                         const PageRequest& request, std::vector<Item> items, Key key) {
    const auto position = read_marker(account, listing, request);
    if (!position) return std::unexpected(position.error());
    std::map<std::string, Item> ordered;
    for (Item& item : items) {
        std::string place = position_of(key(item));
        ordered.emplace(std::move(place), std::move(item));
    }
    Page<Item> page;
    auto next = *position ? ordered.upper_bound(**position) : ordered.begin();
    const std::string* last_given = nullptr;
    for (; next != ordered.end(); ++next) {
        if (page.items.size() == request.items_max) {
            page.marker = make_marker(account, listing, *last_given);
            break;
        }
        last_given = &next->first;
        page.items.push_back(std::move(next->second));
    }
    return page;
}

/// Keeps the rows whose path begins with `prefix`.
[[nodiscard]] inline auto in_path(std::string_view prefix) {
    return [prefix = std::string(prefix)](const auto& row) { return row.path.starts_with(prefix); };
}

/// Keeps every row.
inline constexpr auto all_rows = [](const auto&) { return true; };

}  // namespace writ::directory
