#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// As much of DynamoDB's PartiQL as authorization must read. What is not understood is refused, never
/// skipped.
namespace writ::gateway::internal {

/// A value that a statement compares with: written in it, or the n-th of its parameters.
struct PartiqlValue {
    std::string text;
    std::optional<std::size_t> parameter;
};

struct PartiqlStatement {
    enum class Verb : std::uint8_t { select, insert, update, remove } verb = Verb::select;
    std::string table;
    std::string index;                    ///< Of SELECT … FROM "table"."index"; empty: none.
    bool everything = false;              ///< SELECT *.
    std::vector<std::string> attributes;  ///< Top level, each once.
    /// attribute = value, or one of several, that must all hold; of INSERT the attributes of the item.
    struct Equality {
        std::string attribute;
        std::vector<PartiqlValue> values;
    };
    std::vector<Equality> equalities;
    /// Alternatives or negations stand in the condition, so that the equalities do not bind.
    bool has_alternatives = false;
    bool has_other_conditions = false;  ///< Beside the equalities.
    std::string returning;              ///< "ALL_OLD"; empty: nothing.
};

/// Nothing when the statement is none of the four, or EXISTS around a SELECT.
[[nodiscard]] std::optional<PartiqlStatement> read_partiql(std::string_view statement);

}  // namespace writ::gateway::internal
