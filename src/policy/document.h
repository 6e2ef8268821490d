#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string_view>

namespace writ::policy {

/// A place in the text of a policy. Lines and columns count from 1, columns in Unicode scalars; bytes from 0.
struct Position {
    std::uint32_t byte = 0;
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    bool operator==(const Position&) const = default;
};

/// `end` is one past the last character, so the end of a statement lies behind its brace (spec B35).
struct Span {
    Position begin;
    Position end;
    bool operator==(const Span&) const = default;
};

/// The policy types of spec 1.3. A boundary is a managed policy and has the grammar of one.
enum class PolicyType : std::uint8_t { identity, boundary, session, trust, resource, scp, rcp, endpoint };

enum class Effect : std::uint8_t { allow, deny };

/// Without a Version element the semantics are those of 2008-10-17: no variables (spec V1).
enum class Version : std::uint8_t { v2008_10_17, v2012_10_17 };

/// Numbers and booleans keep the text they were written in, so that 10 and 10.0 stay distinct (spec G7).
enum class Lexeme : std::uint8_t { string, number, boolean };

/// One scalar of the document: the decoded text, how it was written, where it stands (with its quotes).
struct Scalar {
    std::string_view text;
    Lexeme lexeme = Lexeme::string;
    Span span;
};

enum class PrincipalType : std::uint8_t { everyone, aws, federated, service, canonical_user };

/// One entry of Principal or NotPrincipal. The scalar form `"Principal": "*"` is one entry of type
/// `everyone`; `{"AWS": "*"}` is an entry of type `aws` with the value "*": they differ for service
/// principals (spec ?8). A bare ARN string in place of the map is an entry of type `aws` with `bare` set:
/// refused at save, evaluated as {"AWS": …} (spec P14).
struct PrincipalEntry {
    PrincipalType type = PrincipalType::aws;
    Scalar value;
    bool bare = false;
};

struct PrincipalElement {
    bool negated = false;  ///< NotPrincipal.
    std::span<const PrincipalEntry> entries;
    Span span;  ///< From the element's name to the end of its value.
};

/// A list of action or resource patterns, as written.
struct PatternElement {
    bool negated = false;              ///< NotAction, NotResource.
    std::span<const Scalar> patterns;  ///< May be empty, which validate() refuses.
    bool is_array = false;
    Span span;  ///< From the element's name to the end of its value.
};

/// What a condition operator compares. ArnEquals and ArnLike are one comparison (spec 3.2).
enum class Comparison : std::uint8_t {
    string_equals,
    string_equals_ignore_case,
    string_like,
    numeric_equals,
    numeric_less_than,
    numeric_less_than_equals,
    numeric_greater_than,
    numeric_greater_than_equals,
    date_equals,
    date_less_than,
    date_less_than_equals,
    date_greater_than,
    date_greater_than_equals,
    boolean,
    binary_equals,
    ip_address,
    arn_like,
    null,
};

enum class SetQualifier : std::uint8_t { none, for_all_values, for_any_value };

/// A condition operator taken apart: "ForAllValues:StringNotLikeIfExists" is
/// {string_like, negated, if_exists, for_all_values}.
struct ConditionOperator {
    Comparison comparison = Comparison::string_equals;
    bool negated = false;
    bool if_exists = false;
    SetQualifier set = SetQualifier::none;
    bool operator==(const ConditionOperator&) const = default;
};

/// One (operator, key, values) triple. All of a statement's must hold (spec C1).
struct Condition {
    /// Nothing for a name that is no operator: such a statement never applies (spec C8, ?9).
    std::optional<ConditionOperator> op;
    Scalar operator_name;
    Scalar key;
    std::span<const Scalar> values;  ///< May be empty (spec C3).
    bool is_array = false;
};

struct Statement {
    std::optional<Scalar> sid;
    Effect effect = Effect::deny;
    Scalar effect_text;  ///< As written; a word in the wrong case is refused at save (spec 1.5 step 3).
    std::optional<PrincipalElement> principal;
    std::optional<PatternElement> action;    ///< Absent only in documents that validate() refuses.
    std::optional<PatternElement> resource;  ///< Absent in trust policies.
    std::span<const Condition> conditions;
    bool has_condition_element = false;  ///< An empty Condition map is legal and printed again (spec 1.2).
    Span condition_span;                 ///< From the name Condition to the end of its map.
    Span span;                           ///< From brace to behind the closing brace.
};

/// A parsed policy document: immutable, cheap to share, safe to read from many threads. It owns its text;
/// every view and span inside points into it and lives as long as it. Parsing keeps everything that a
/// document can say, also what validate() refuses for a given policy type, because documents stored by
/// others must still be evaluated (spec P14).
class Document {
  public:
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    /// The text as it was given, byte for byte.
    [[nodiscard]] std::string_view text() const noexcept { return text_; }
    [[nodiscard]] Version version() const noexcept { return version_; }
    /// As written; nothing when the element is absent.
    [[nodiscard]] const std::optional<Scalar>& version_element() const noexcept { return version_element_; }
    [[nodiscard]] const std::optional<Scalar>& id() const noexcept { return id_; }
    /// Never empty.
    [[nodiscard]] std::span<const Statement> statements() const noexcept { return statements_; }
    /// True when Statement was written as an array, also of one.
    [[nodiscard]] bool statement_is_array() const noexcept { return statement_is_array_; }
    /// The whole object, from brace to behind the closing brace.
    [[nodiscard]] const Span& span() const noexcept { return span_; }

    /// Only parse() makes documents.
    class Access {
        friend class DocumentBuilder;
        Access() = default;
    };
    Document(Access, std::string_view text);

  private:
    friend class DocumentBuilder;
    std::pmr::monotonic_buffer_resource arena_;
    std::string_view text_;
    std::optional<Scalar> version_element_;
    std::optional<Scalar> id_;
    std::span<const Statement> statements_;
    Span span_;
    Version version_ = Version::v2008_10_17;
    bool statement_is_array_ = false;
};

using DocumentPtr = std::shared_ptr<const Document>;

}  // namespace writ::policy
