#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "writ/client.h"

/// Questions as bytes, and answers out of them. What comes is not believed: nothing for what is no answer.
namespace writ::client::internal {

struct FormRow {
    std::string_view media_type;
    std::string (*print_one)(const Question& question);
    std::string (*print_many)(std::span<const Question> questions);
    std::optional<Answer> (*read_one)(std::string_view body);
    std::optional<std::vector<Answer>> (*read_many)(std::string_view body);
    /// Of a refusal: its sentence; the body itself where it is of another form.
    std::string (*read_message)(std::string_view body);
};

[[nodiscard]] const FormRow& json_row() noexcept;
[[nodiscard]] const FormRow& compact_row() noexcept;

}  // namespace writ::client::internal
