#include "cases/internal/reader.h"

#include <algorithm>
#include <utility>

namespace writ::cases {

void Reader::fail(const policy::Position& at, std::string message) {
    fail(Defect{file_, at, std::move(message)});
}

void Reader::fail(Defect defect) {
    if (!defect_) defect_ = std::move(defect);
}

bool Reader::object(const JsonNode& node, std::string_view what,
                    std::initializer_list<std::string_view> known) {
    if (!expect_kind(node, JsonNode::Kind::object, what)) return false;
    for (const JsonNode::Member& member : node.members) {
        if (std::ranges::find(known, member.name) != known.end()) continue;
        std::string message =
            "unknown member \"" + member.name + "\" in " + std::string(what) + "; known are";
        for (const std::string_view name : known)
            message.append(name == *known.begin() ? " " : ", ").append(name);
        fail(member.at, std::move(message));
        return false;
    }
    return true;
}

const JsonNode* Reader::member(const JsonNode& object, std::string_view name) {
    const JsonNode* node = object.find(name);
    return node == nullptr || node->is(JsonNode::Kind::null) ? nullptr : node;
}

bool Reader::expect_kind(const JsonNode& node, JsonNode::Kind kind, std::string_view name) {
    if (node.is(kind)) return true;
    fail(node.span.begin, std::string(name) + " must be " + std::string(describe(kind)) + ", not " +
                              std::string(describe(node.kind)));
    return false;
}

std::string Reader::text(const JsonNode& node, std::string_view name) {
    return expect_kind(node, JsonNode::Kind::string, name) ? node.text : std::string{};
}

std::string Reader::optional_text(const JsonNode& object, std::string_view name) {
    const JsonNode* node = member(object, name);
    return node == nullptr ? std::string{} : text(*node, name);
}

bool Reader::optional_flag(const JsonNode& object, std::string_view name) {
    const JsonNode* node = member(object, name);
    return node != nullptr && expect_kind(*node, JsonNode::Kind::boolean, name) && node->text == "true";
}

Tags Reader::optional_tags(const JsonNode& object, std::string_view name) {
    Tags tags;
    const JsonNode* node = member(object, name);
    if (node == nullptr || !expect_kind(*node, JsonNode::Kind::object, name)) return tags;
    for (const JsonNode::Member& tag : node->members)
        tags.emplace_back(tag.name, text(tag.value, "the tag " + tag.name));
    return tags;
}

std::expected<PolicyText, Defect> Reader::inline_document(const JsonNode& node) const {
    const std::size_t begin = node.span.begin.byte;
    return read_inline_document(text_.substr(begin, node.span.end.byte - begin), file_, node.span.begin);
}

std::optional<PolicyText> Reader::named_document(const JsonNode& node, std::string_view name) {
    if (!object(node, name, {"name", "arn", "attached_to", "document"})) return std::nullopt;
    const JsonNode& document = *node.find("document");
    if (!expect_kind(document, JsonNode::Kind::object, "document")) return std::nullopt;
    auto policy = inline_document(document);
    if (!policy) {
        fail(std::move(policy.error()));
        return std::nullopt;
    }
    policy->source = {optional_text(node, "name"), optional_text(node, "arn"),
                      optional_text(node, "attached_to")};
    return std::move(*policy);
}

std::optional<PolicyText> Reader::document(const JsonNode& node, std::string_view name) {
    std::expected<PolicyText, Defect> policy;
    if (node.is(JsonNode::Kind::string)) {
        policy = documents_.load(node.text, file_, node.span.begin);
    } else if (node.is(JsonNode::Kind::object) && node.find("document") != nullptr) {
        return named_document(node, name);
    } else if (node.is(JsonNode::Kind::object)) {
        policy = inline_document(node);
    } else {
        fail(node.span.begin, std::string(name) + " must be a policy document, a path or an ARN, not " +
                                  std::string(describe(node.kind)));
        return std::nullopt;
    }
    if (policy) return std::move(*policy);
    fail(std::move(policy.error()));
    return std::nullopt;
}

}  // namespace writ::cases
