#include "cases/read.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/time.h"
#include "cases/internal/reader.h"

namespace writ::cases {
namespace {

using Kind = JsonNode::Kind;

std::optional<Instant> read_time(Reader& reader, const JsonNode& node) {
    const JsonNode* time = Reader::member(node, "time");
    if (time == nullptr) return std::nullopt;
    const std::string text = reader.text(*time, "time");
    const auto instant = parse_iso8601(text);
    if (!instant && !reader.defect())
        reader.fail(time->span.begin,
                    "time must be an ISO 8601 date such as 2026-11-24T00:00:00Z, not \"" + text + "\"");
    return instant;
}

bool require(Reader& reader, const JsonNode& node, std::string_view name) {
    if (Reader::member(node, name) != nullptr) return true;
    reader.fail(node.span.begin, "the case lacks the member \"" + std::string(name) + "\"");
    return false;
}

Case read_case(Reader& reader, const JsonNode& node) {
    Case question;
    question.at = node.span.begin;
    if (!reader.object(node, "the case",
                       {"name", "principal", "action", "resource", "resource_account", "resource_tags",
                        "context", "time", "policies", "expect"}))
        return question;
    for (const std::string_view name : {"name", "principal", "action", "resource"})
        if (!require(reader, node, name)) return question;

    question.name = reader.optional_text(node, "name");
    question.caller = read_principal(reader, *node.find("principal"));
    question.action = reader.optional_text(node, "action");
    question.resource = reader.optional_text(node, "resource");
    question.resource_account = reader.optional_text(node, "resource_account");
    question.resource_tags = reader.optional_tags(node, "resource_tags");
    question.time = read_time(reader, node);
    if (const JsonNode* context = Reader::member(node, "context"))
        question.context = read_context(reader, *context);
    if (const JsonNode* policies = Reader::member(node, "policies"))
        question.policies = read_policies(reader, *policies);
    if (const JsonNode* expect = Reader::member(node, "expect"))
        question.expect = read_expectation(reader, *expect);
    return question;
}

bool is_scalar(const JsonNode& node) {
    return node.is(Kind::string) || node.is(Kind::number) || node.is(Kind::boolean);
}

ContextValue read_context_value(Reader& reader, const JsonNode::Member& member) {
    ContextValue value;
    value.key = member.name;
    value.removed = member.value.is(Kind::null);
    value.multivalued = member.value.is(Kind::array);
    if (is_scalar(member.value)) value.values.push_back(member.value.text);
    for (const JsonNode& item : member.value.items) {
        if (is_scalar(item))
            value.values.push_back(item.text);
        else
            reader.fail(item.span.begin, "a value of the context key " + member.name +
                                             " must be a string, a number, true or false, not " +
                                             std::string(describe(item.kind)));
    }
    if (member.value.is(Kind::object))
        reader.fail(member.value.span.begin,
                    "the context key " + member.name + " must be a scalar, a list of scalars or null");
    return value;
}

}  // namespace

std::vector<ContextValue> read_context(Reader& reader, const JsonNode& node) {
    std::vector<ContextValue> context;
    if (!reader.expect_kind(node, Kind::object, "context")) return context;
    for (const JsonNode::Member& member : node.members) context.push_back(read_context_value(reader, member));
    return context;
}

Expectation read_expectation(Reader& reader, const JsonNode& node) {
    using engine::Verdict;
    Expectation expect;
    if (!reader.object(node, "expect", {"decision", "decided_by", "policy", "statement"})) return expect;

    // A word that no answer ever has would fail, or worse, be overlooked; so it is an error.
    const auto word = [&](std::string_view name, std::initializer_list<std::string_view> known) {
        const JsonNode* member = Reader::member(node, name);
        std::optional<std::string> text;
        if (member == nullptr) return text;
        text = reader.text(*member, name);
        if (known.size() == 0 || std::ranges::find(known, *text) != known.end()) return text;
        std::string message = std::string(name) + " must be one of";
        for (const std::string_view one : known)
            message.append(one == *known.begin() ? " " : ", ").append(one);
        reader.fail(member->span.begin, message + ", not \"" + *text + "\"");
        return text;
    };
    if (const auto decision = word("decision", {"allowed", "explicitDeny", "implicitDeny"}))
        expect.decision = *decision == "allowed"        ? Verdict::allowed
                          : *decision == "explicitDeny" ? Verdict::explicit_deny
                                                        : Verdict::implicit_deny;
    expect.decided_by = word("decided_by", {"identity", "boundary", "session", "scp", "rcp", "resource",
                                            "trust", "endpoint", "root", "implicit"});
    expect.policy = word("policy", {});
    expect.statement = word("statement", {});
    return expect;
}

std::expected<std::vector<Case>, Defect> read_text(std::string_view text, const std::string& file,
                                                   const std::filesystem::path& folder) {
    auto tree = read_json(text);
    if (!tree) return std::unexpected(Defect{file, tree.error().at, tree.error().message});
    Reader reader(text, file, folder);
    std::vector<Case> cases;
    if (reader.object(*tree, "the file", {"cases"})) {
        const JsonNode* list = tree->find("cases");
        if (list == nullptr)
            reader.fail(tree->span.begin, "the file lacks the member \"cases\"");
        else if (reader.expect_kind(*list, Kind::array, "cases"))
            for (const JsonNode& item : list->items) {
                cases.push_back(read_case(reader, item));
                if (reader.defect()) break;
            }
    }
    if (const auto& defect = reader.defect()) return std::unexpected(*defect);
    return cases;
}

std::expected<std::vector<Case>, Defect> read_file(const std::filesystem::path& path) {
    auto text = read_text_file(path);
    if (!text) return std::unexpected(Defect{path.string(), {}, std::move(text.error())});
    return read_text(*text, path.string(), path.parent_path());
}

}  // namespace writ::cases
