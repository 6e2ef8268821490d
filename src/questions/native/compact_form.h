#pragma once

#include <cstddef>
#include <rapidjson/document.h>
#include <string>
#include <string_view>

#include "base/result.h"
#include "questions/question.h"
#include "writ/compact_form.h"

/// The compact form of the native API: CBOR with numbers in place of names. libcbor takes it apart and puts
/// it together.
namespace writ::questions::internal {

/// Reads the map that a request is, as if its members had stood there by name in JSON. Texts of `document`
/// are views into `bytes`, which must stay. SerializationException 400 for anything else: CBOR that is cut
/// off or followed by more, another version, nesting that no question has, more than a million values, text
/// that is not UTF-8, tags, byte strings, and texts in pieces. What the lengths inside say costs nothing
/// until so much has come. Cheaper than the same in JSON.
[[nodiscard]] Result<void> read_compact(std::string_view bytes, rapidjson::Document& document);

/// Prints answers.
class CompactWriter {
  public:
    /// Begins {answers: […]}, where as many replies as `count` must follow.
    void start_answers(std::size_t count);
    void add(const Reply& reply);
    [[nodiscard]] const std::string& written() const noexcept { return bytes_; }

  private:
    void put_map(std::size_t members);
    void put(compact_form::Member member);
    void put(std::string_view text);

    std::string bytes_;
};

}  // namespace writ::questions::internal
