#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case.h"
#include "cases/documents.h"
#include "cases/internal/json_tree.h"

namespace writ::cases {

/// What the readers of the file's members share: the text, where defects are collected, typed access to
/// JSON values. Reading goes on after a defect, with empty values; only the first defect is kept.
class Reader {
  public:
    Reader(std::string_view text, std::string file, const std::filesystem::path& folder)
        : text_(text), file_(std::move(file)), documents_(folder) {}

    /// Keeps the first defect.
    void fail(const policy::Position& at, std::string message);
    void fail(Defect defect);
    [[nodiscard]] const std::optional<Defect>& defect() const noexcept { return defect_; }

    /// Nothing but `known` may occur; `what` ("the case") is for the message. False when it is no object.
    bool object(const JsonNode& node, std::string_view what, std::initializer_list<std::string_view> known);
    /// The member, or null when it is absent or null.
    static const JsonNode* member(const JsonNode& object, std::string_view name);

    /// These say "NAME must be …" when the type is another; `name` is the member's.
    std::string text(const JsonNode& node, std::string_view name);
    std::string optional_text(const JsonNode& object, std::string_view name);
    bool optional_flag(const JsonNode& object, std::string_view name);
    Tags optional_tags(const JsonNode& object, std::string_view name);
    bool expect_kind(const JsonNode& node, JsonNode::Kind kind, std::string_view name);

    /// A path or ARN (string), a document (object), or a document with name and ARN (object with "document").
    std::optional<PolicyText> document(const JsonNode& node, std::string_view name);

  private:
    [[nodiscard]] std::expected<PolicyText, Defect> inline_document(const JsonNode& node) const;
    std::optional<PolicyText> named_document(const JsonNode& node, std::string_view name);

    std::string_view text_;
    std::string file_;
    Documents documents_;
    std::optional<Defect> defect_;
};

/// The member `principal`.
Caller read_principal(Reader& reader, const JsonNode& node);
/// The member `policies`.
PolicyTexts read_policies(Reader& reader, const JsonNode& node);
/// The member `context`.
std::vector<ContextValue> read_context(Reader& reader, const JsonNode& node);
/// The member `expect`.
Expectation read_expectation(Reader& reader, const JsonNode& node);

}  // namespace writ::cases
