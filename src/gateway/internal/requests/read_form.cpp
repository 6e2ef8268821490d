#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "gateway/internal/errors.h"
#include "gateway/internal/requests/bodies.h"
#include "gateway/internal/requests/fields.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestShape;
using reference::RequestShapeKind;
using Kind = ParameterTree::Kind;
using Field = Fields::Field;

/// The fields by name, each with whether a member took it.
class SortedFields {
  public:
    struct Entry {
        const Field* field;
        bool taken = false;
    };

    explicit SortedFields(const Fields& fields) {
        entries_.reserve(fields.all().size());
        for (const Field& field : fields.all()) entries_.push_back({&field});
        std::ranges::sort(entries_, {}, name_of);
    }

    [[nodiscard]] const Field* repeated() const {
        const auto found = std::ranges::adjacent_find(entries_, {}, name_of);
        return found == entries_.end() ? nullptr : found->field;
    }

    [[nodiscard]] const Field* take(std::string_view name) {
        const auto found = std::ranges::lower_bound(entries_, name, {}, name_of);
        if (found == entries_.end() || found->field->name != name) return nullptr;
        found->taken = true;
        return found->field;
    }

    /// All whose name begins with `prefix`.
    [[nodiscard]] std::span<const Entry> below(std::string_view prefix) const {
        const auto begin = std::ranges::lower_bound(entries_, prefix, {}, name_of);
        const auto end = std::partition_point(
            begin, entries_.end(), [&](const Entry& entry) { return name_of(entry).starts_with(prefix); });
        return {begin, end};
    }

    [[nodiscard]] std::span<const Entry> all() const noexcept { return entries_; }

  private:
    static std::string_view name_of(const Entry& entry) noexcept { return entry.field->name; }
    std::vector<Entry> entries_;
};

/// "Tag.3": its number, only in the one spelling that all servers read alike.
struct Index {
    std::uint32_t number = 0;
    std::string_view text;
};

std::optional<Index> read_index(std::string_view text) {
    Index index{0, text};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index.number);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    return index;
}

class FormReader {
  public:
    FormReader(SortedFields& fields, const BodyLimits& limits, ParameterTree& tree)
        : fields_(&fields), limits_(limits), tree_(&tree) {}

    void structure(const RequestShape& shape, ParameterTree::Number node, std::size_t depth) {
        for (const RequestMember& member : shape.members) {
            const Longer longer(*this, path_.empty() ? "" : ".", member.query_name);
            value(*member.shape, {node, member.name, {}}, depth);
        }
    }

    [[nodiscard]] bool refused() const noexcept { return refused_; }

  private:
    /// Where a value goes: under the name of a member, or under a key.
    struct Place {
        ParameterTree::Number parent = ParameterTree::root;
        std::string_view member;
        std::optional<std::string_view> key;
    };

    /// Makes the path longer as long as it lives.
    class Longer {
      public:
        template <class... Texts>
        explicit Longer(FormReader& reader, const Texts&... texts)
            : path_(&reader.path_), size_(path_->size()) {
            (path_->append(texts), ...);
        }
        Longer(const Longer&) = delete;
        Longer& operator=(const Longer&) = delete;
        ~Longer() { path_->resize(size_); }

      private:
        std::string* path_;
        std::size_t size_;
    };

    ParameterTree::Number add(const Place& place, Kind kind) {
        refused_ = refused_ || tree_->size() >= limits_.values_max;
        return place.key ? tree_->add_entry(place.parent, kind, *place.key)
                         : tree_->add(place.parent, kind, place.member);
    }

    /// The value of the fields below the path.
    void value(const RequestShape& shape, const Place& place, std::size_t depth) {
        refused_ = refused_ || depth > limits_.depth_max;
        if (refused_) return;
        switch (shape.kind) {
            case RequestShapeKind::structure:
                if (is_anything_below()) structure(shape, add(place, Kind::structure), depth + 1);
                return;
            case RequestShapeKind::list:
                return list(shape, place, depth + 1);
            case RequestShapeKind::map:
                return map(shape, place, depth + 1);
            default:
                if (const Field* field = fields_->take(path_); field != nullptr)
                    tree_->set_text(add(place, Kind::scalar), field->value);
        }
    }

    [[nodiscard]] bool is_anything_below() {
        const Longer longer(*this, ".");
        return !fields_->below(path_).empty();
    }

    /// "Name.member.N", flattened "Name.N", or "ElementName.N" where elements of flattened lists have a name.
    void list(const RequestShape& shape, const Place& place, std::size_t depth) {
        const std::string_view element = shape.element->query_name;
        std::string base = path_;
        if (!shape.flattened) {
            base.append(".").append(element);
        } else if (!element.empty()) {
            const std::size_t dot = base.rfind('.');
            base.resize(dot == std::string::npos ? 0 : dot + 1);
            base += element;
        }
        base += '.';
        const auto indexes = indexes_below(base);
        // An empty list is sent as its bare name.
        if (indexes.empty() && fields_->take(path_) == nullptr) return;
        const auto node = add(place, Kind::list);
        path_.swap(base);
        for (const std::string_view index : indexes) {
            const Longer longer(*this, index);
            value(*shape.element->shape, {node, {}, {}}, depth);
        }
        path_.swap(base);
    }

    void map(const RequestShape& shape, const Place& place, std::size_t depth) {
        const Longer prefix(*this, shape.flattened ? "." : ".entry.");
        const auto indexes = indexes_below(path_);
        if (indexes.empty()) return;
        const auto node = add(place, Kind::map);
        for (const std::string_view index : indexes) {
            const Longer entry(*this, index, ".");
            const Field* const key = take_key(shape);
            if (key == nullptr) continue;
            const Longer longer(*this, shape.element->query_name);
            value(*shape.element->shape, {node, {}, key->value}, depth);
        }
    }

    [[nodiscard]] const Field* take_key(const RequestShape& shape) {
        const Longer longer(*this, shape.key->query_name);
        return fields_->take(path_);
    }

    /// The numbers N of the fields "PREFIX.N…", ascending and each once. Views into the names of fields.
    [[nodiscard]] std::vector<std::string_view> indexes_below(std::string_view prefix) const {
        std::vector<Index> found;
        for (const auto& entry : fields_->below(prefix)) {
            const std::string_view rest = std::string_view(entry.field->name).substr(prefix.size());
            const auto index = read_index(rest.substr(0, rest.find('.')));
            if (index && (found.empty() || found.back().number != index->number)) found.push_back(*index);
        }
        std::ranges::sort(found, {}, &Index::number);
        const auto repeated = std::ranges::unique(found, {}, &Index::number);
        found.erase(repeated.begin(), repeated.end());
        std::vector<std::string_view> indexes;
        indexes.reserve(found.size());
        for (const Index& index : found) indexes.push_back(index.text);
        return indexes;
    }

    std::string path_;  ///< Of the fields that are read now: "Tags.member.1.Key".
    SortedFields* fields_;
    BodyLimits limits_;
    ParameterTree* tree_;
    bool refused_ = false;
};

std::string_view first_name(std::string_view path) noexcept {
    return path.substr(0, path.find('.'));
}

/// The name by which fields of a member begin; that of its elements where flattened lists have one.
bool begins_member(const RequestMember& member, std::string_view name) {
    if (equals_ignoring_case(member.query_name, name)) return true;
    const RequestShape& shape = *member.shape;
    return shape.kind == RequestShapeKind::list && shape.flattened &&
           equals_ignoring_case(shape.element->query_name, name);
}

}  // namespace

Result<void> read_form(const Fields& fields, const RequestShape& shape, const BodyLimits& limits,
                       ParameterTree& tree) {
    SortedFields sorted(fields);
    if (const Field* repeated = sorted.repeated(); repeated != nullptr)
        return unreadable("The parameter " + quoted(repeated->name) + " occurs twice.");
    FormReader reader(sorted, limits, tree);
    reader.structure(shape, ParameterTree::root, 1);
    if (reader.refused()) return unreadable("The parameters are too many or nested too deeply.");
    // A field of a member that went nowhere: a more generous server might understand it.
    for (const auto& entry : sorted.all()) {
        const std::string_view name = first_name(entry.field->name);
        const bool suspect =
            !entry.taken && std::ranges::any_of(shape.members, [&](const RequestMember& member) {
                return begins_member(member, name);
            });
        if (suspect) {
            return unreadable("The parameter " + quoted(entry.field->name) +
                              " is not spelled as the operation has it.");
        }
    }
    if (tree.has_repeated_keys()) return unreadable("A key of a map of the request occurs twice.");
    return {};
}

}  // namespace writ::gateway::internal
