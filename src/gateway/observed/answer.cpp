#include "gateway/observed/answer.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace writ::gateway {

/// Fills the tree from what the parsers give.
class AnswerReader {
  public:
    static void put(Answer& into, const nlohmann::json& value, std::size_t depth) {
        if (depth == Answer::depth_max) return;
        if (value.is_string()) {
            into.text_ = value.get_ref<const std::string&>();
        } else if (value.is_object()) {
            for (const auto& [name, member] : value.items()) put_member(into, name, member, depth);
        } else if (value.is_number() || value.is_boolean()) {
            into.text_ = value.dump();
        }
    }
    static void put(Answer& into, const pugi::xml_node& element, std::size_t depth) {
        if (depth == Answer::depth_max) return;
        into.name_ = element.name();
        into.text_ = element.text().get();
        for (const pugi::xml_node& child : element.children()) {
            if (child.type() == pugi::node_element) put(into.values_.emplace_back(), child, depth + 1);
        }
    }

  private:
    static void put_member(Answer& into, const std::string& name, const nlohmann::json& member,
                           std::size_t depth) {
        const auto add = [&](const nlohmann::json& value) {
            Answer& added = into.values_.emplace_back();
            added.name_ = name;
            put(added, value, depth + 1);
        };
        if (!member.is_array()) return add(member);
        for (const nlohmann::json& element : member) add(element);
    }
};

namespace {

bool is_packed(const HttpHeaders& headers) {
    const std::string* coding = find_header(headers, "content-encoding");
    return coding != nullptr && !coding->empty() && !equals_ignoring_case(*coding, "identity");
}

}  // namespace

std::optional<Answer> Answer::read(const HttpHeaders& headers, std::string_view body) {
    if (is_packed(headers)) return std::nullopt;
    const std::string_view text = trimmed(body);
    Answer answer;
    if (text.starts_with('{')) {
        const nlohmann::json parsed = nlohmann::json::parse(text, nullptr, false);
        if (parsed.is_discarded()) return std::nullopt;
        AnswerReader::put(answer, parsed, 0);
        return answer;
    }
    pugi::xml_document document;
    if (!text.starts_with('<') || !document.load_buffer(text.data(), text.size())) return std::nullopt;
    AnswerReader::put(answer, document.document_element(), 0);
    return answer;
}

std::vector<const Answer*> Answer::at(std::string_view path) const {
    const auto dot = path.find('.');
    const std::string_view name = path.substr(0, dot);
    std::vector<const Answer*> found;
    for (const Answer& value : values_) {
        if (value.name_ != name) continue;
        if (dot == std::string_view::npos) {
            found.push_back(&value);
        } else {
            for (const Answer* below : value.at(path.substr(dot + 1))) found.push_back(below);
        }
    }
    return found;
}

std::string Answer::first(std::string_view path) const {
    const auto found = at(path);
    return found.empty() ? std::string() : found.front()->text_;
}

}  // namespace writ::gateway
