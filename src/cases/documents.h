#pragma once

#include <expected>
#include <filesystem>
#include <istream>
#include <map>
#include <string>
#include <string_view>

#include "cases/case.h"

namespace writ::cases {

/// What is wrong with a file, for people: "cases.json:12:7: …".
struct Defect {
    std::string file;
    policy::Position at;
    std::string message;
};

/// "FILE:LINE:COLUMN: MESSAGE".
[[nodiscard]] std::string to_string(const Defect& defect);

/// What is left of the stream, which is about so much.
[[nodiscard]] std::string read_all(std::istream& stream, std::size_t bytes_expected = 0);
/// The whole file, or what kept it from being read.
[[nodiscard]] std::expected<std::string, std::string> read_text_file(const std::filesystem::path& path);

/// Reads policy documents by path or by the ARN of a built-in managed policy, each one once. Not thread-safe.
class Documents {
  public:
    /// Relative paths count from `folder`.
    explicit Documents(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// `reference` is a path or an ARN, `origin` where it was written, which is where an unreadable file is
    /// reported; a defect in the file itself is reported there.
    [[nodiscard]] std::expected<PolicyText, Defect> load(std::string_view reference, const std::string& file,
                                                         const policy::Position& origin);

  private:
    std::filesystem::path folder_;
    std::map<std::string, PolicyText, std::less<>> loaded_;
};

/// A document that stands inside another file, from `origin` on.
[[nodiscard]] std::expected<PolicyText, Defect> read_inline_document(std::string_view text,
                                                                     const std::string& file,
                                                                     const policy::Position& origin);

}  // namespace writ::cases
