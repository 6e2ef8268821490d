#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"

namespace writ::gateway {

/// What a service answered, as far as rows ask: JSON or XML as a tree of names and texts. Elements of a JSON
/// list are values of the same name one after the other, as in XML; a list in XML has a name of its own for
/// its elements ("item", "member").
class Answer {
  public:
    /// What goes deeper than this is left out.
    static constexpr std::size_t depth_max = 32;

    Answer() = default;  ///< Says nothing.

    /// Nothing when the body is neither JSON nor XML, or packed. Cost: linear in the body.
    [[nodiscard]] static std::optional<Answer> read(const HttpHeaders& headers, std::string_view body);

    /// Of XML the root element ("CopyObjectResult"); of JSON empty.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// All values at a path of names with dots between them, in their order: "SecretList.Name".
    [[nodiscard]] std::vector<const Answer*> at(std::string_view path) const;
    /// The text of the first; empty: there is none.
    [[nodiscard]] std::string first(std::string_view path) const;

  private:
    friend class AnswerReader;
    std::string name_, text_;
    std::vector<Answer> values_;
};

}  // namespace writ::gateway
