#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"

namespace writ::api {

/// What an operation answers, as a tree of values that any protocol can print by the operation's output
/// shape. Members appear in the order in which they were set: the order observed on the wire is the
/// handler's to give. Names must live as long as the program and be members of the shape.
class Output {
  public:
    using Structure = std::vector<std::pair<std::string_view, Output>>;
    using List = std::vector<Output>;

    Output() : value_(Structure{}) {}  ///< An empty structure.
    Output(std::string text) : value_(std::move(text)) {}
    Output(std::string_view text) : value_(std::string(text)) {}
    Output(const char* text) : value_(std::string(text)) {}
    Output(bool value) : value_(value) {}
    Output(std::int64_t value) : value_(value) {}
    Output(int value) : value_(std::int64_t{value}) {}
    Output(Instant value) : value_(value) {}
    [[nodiscard]] static Output list() {
        Output made;
        made.value_ = List{};
        return made;
    }

    /// REQUIRES: this is a structure; `name` is not set yet.
    Output& set(std::string_view name, Output value) {
        constexpr std::size_t usual_members = 4;  // What growing would allocate again and again.
        auto& members = std::get<Structure>(value_);
        if (members.empty()) members.reserve(usual_members);
        members.emplace_back(name, std::move(value));
        return *this;
    }
    /// REQUIRES: this is a list.
    Output& add(Output value) {
        std::get<List>(value_).push_back(std::move(value));
        return *this;
    }

    [[nodiscard]] const std::variant<Structure, List, std::string, bool, std::int64_t, Instant>& value()
        const noexcept {
        return value_;
    }
    /// A member of a structure; null when it is not set.
    [[nodiscard]] const Output* find(std::string_view name) const noexcept;

  private:
    std::variant<Structure, List, std::string, bool, std::int64_t, Instant> value_;
};

}  // namespace writ::api
