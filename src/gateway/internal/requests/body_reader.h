#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "gateway/internal/requests/parameter_tree.h"
#include "reference/request_model.h"

namespace writ::gateway::internal {

/// Builds parameters from the events of a reader of JSON or CBOR: every value gets the place that the shape
/// of the operation gives it; what the shape does not know is skipped. Refused are a member that occurs twice
/// or that differs from one of the shape in case only (there are servers that take either), a number in the
/// place of a string (which servers print in their own way), and what is deeper or more than the limits.
/// After the first refusal the reader must stop.
class BodyReader {
  public:
    enum class Scalar : std::uint8_t { text, bytes, other };

    /// The body is the structure `shape` itself, less the members that travel elsewhere …
    BodyReader(ParameterTree& tree, const reference::RequestShape& shape, const BodyLimits& limits);
    /// … or the value of one member.
    BodyReader(ParameterTree& tree, const reference::RequestMember& payload, const BodyLimits& limits);

    // Each false when the value is refused.
    [[nodiscard]] bool open_map();
    [[nodiscard]] bool open_list();
    [[nodiscard]] bool close();
    [[nodiscard]] bool key(std::string_view name);
    [[nodiscard]] bool scalar(std::string_view text, Scalar kind);
    [[nodiscard]] bool null();

    /// Why a value was refused.
    [[nodiscard]] const Error& error() const noexcept { return error_; }

  private:
    /// Where the next value goes.
    struct Place {
        const reference::RequestShape* shape = nullptr;  ///< Null: nowhere.
        std::string_view name;                           ///< Of a member.
        bool is_entry = false;                           ///< Of a map, under the last key.
    };
    /// An open bracket.
    struct Level {
        const reference::RequestShape* shape = nullptr;  ///< Null: skipped.
        ParameterTree::Number node = ParameterTree::none;
        bool has_keys = false;
        std::size_t first_key = 0, first_key_text = 0;
        Place next;
    };
    struct Text {
        std::size_t begin, size;
    };

    BodyReader(ParameterTree& tree, const Place& first, bool body_is_root, const BodyLimits& limits);
    [[nodiscard]] bool open(bool is_map);
    [[nodiscard]] Place next_place() const;
    [[nodiscard]] Place member_place(const reference::RequestShape& shape, std::string_view name);
    [[nodiscard]] ParameterTree::Number add(const Place& place, ParameterTree::Kind kind);
    [[nodiscard]] bool count();
    [[nodiscard]] bool keys_are_distinct(std::size_t first_key);
    [[nodiscard]] std::string_view key_text(const Text& key) const noexcept;
    [[nodiscard]] std::string_view last_key() const noexcept;
    [[nodiscard]] bool refuse(std::string message);

    ParameterTree* tree_;
    BodyLimits limits_;
    Place first_;        ///< Of the body as a whole.
    bool body_is_root_;  ///< The members of the body are those of the operation.
    std::vector<Level> open_;
    std::vector<Text> keys_;  ///< Of all open maps.
    std::string key_texts_;
    std::size_t values_ = 0;
    Error error_;
};

}  // namespace writ::gateway::internal
