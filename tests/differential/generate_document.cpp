#include <map>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <vector>

#include "alphabet.h"
#include "generate.h"

namespace writ::differential {
namespace {

using policy::PolicyType;

class DocumentWriter {
  public:
    DocumentWriter(Choices& choices, PolicyType type) : choices_(choices), type_(type), json_(buffer_) {}

    std::string run() {
        json_.StartObject();
        if (!choices_.one_in(8)) member("Version", choices_.one_in(10) ? "2008-10-17" : "2012-10-17");
        json_.Key("Statement");
        json_.StartArray();
        // A long document gives the index of the engine something to search.
        is_long_ = choices_.one_in(16);
        const std::uint32_t count = is_long_ ? 8 + choices_.below(24) : 1 + choices_.below(3);
        for (std::uint32_t i = 0; i < count; ++i) statement(i);
        json_.EndArray();
        json_.EndObject();
        return {buffer_.GetString(), buffer_.GetSize()};
    }

  private:
    void text(std::string_view value) {
        json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
    }
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }

    void statement(std::uint32_t ordinal) {
        json_.StartObject();
        member("Sid", "S" + std::to_string(ordinal));
        const bool filters =
            type_ == PolicyType::scp || type_ == PolicyType::rcp || type_ == PolicyType::endpoint;
        if (filters && ordinal == 0 && choices_.one_in(2)) {
            allow_everything();
            return;
        }
        const bool deny = choices_.one_in(is_long_ ? 16 : filters ? 2 : 4);
        member("Effect", deny ? "Deny" : "Allow");
        // What allows broadly lets the layers behind decide; what denies must be narrow, or nothing is left.
        const bool broad = is_long_ ? choices_.one_in(32) : deny ? choices_.one_in(4) : !choices_.one_in(3);
        if (names_principals()) principal(deny);
        action(broad);
        if (type_ != PolicyType::trust || choices_.one_in(16)) resource(broad);
        if (choices_.one_in(broad ? 4 : 2)) conditions();
        json_.EndObject();
    }

    // What stands in most policies that only filter: without it nothing behind them would be asked.
    void allow_everything() {
        member("Effect", "Allow");
        if (type_ != PolicyType::scp) member("Principal", "*");
        member("Action", "*");
        member("Resource", "*");
        json_.EndObject();
    }

    // How many patterns an element has: none is legal to evaluate, very many make the index give up on pairs
    // of service and resource.
    [[nodiscard]] std::uint32_t patterns_count() {
        if (choices_.one_in(32)) return 0;
        return choices_.one_in(32) ? 9 + choices_.below(4) : 1 + choices_.below(3);
    }

    [[nodiscard]] bool names_principals() {
        const bool usual = type_ == PolicyType::trust || type_ == PolicyType::resource ||
                           type_ == PolicyType::rcp || type_ == PolicyType::endpoint;
        return choices_.one_in(24) ? !usual : usual;
    }

    void principal(bool deny) {
        const bool negated = choices_.one_in(deny ? 3 : 24);
        key(negated ? "NotPrincipal" : "Principal");
        const bool everyone = (type_ == PolicyType::rcp || type_ == PolicyType::endpoint)
                                  ? !choices_.one_in(6)
                                  : choices_.one_in(3);
        if (everyone && !negated) {
            text("*");
            return;
        }
        std::map<std::string_view, std::vector<std::string_view>> entries;
        const std::uint32_t count = 1 + choices_.below(negated ? 5 : 3);
        for (std::uint32_t i = 0; i < count; ++i) {
            const PrincipalText& entry = choices_.of(principals());
            if (entry.type.empty()) {
                text("*");
                return;
            }
            entries[entry.type].push_back(entry.value);
        }
        json_.StartObject();
        for (const auto& [type, listed] : entries) {
            key(type);
            list({listed.begin(), listed.end()});
        }
        json_.EndObject();
    }

    // One value as itself, several as an array; sometimes one as an array.
    void list(const std::vector<std::string>& listed) {
        if (listed.size() == 1 && !choices_.one_in(3)) {
            text(listed.front());
            return;
        }
        json_.StartArray();
        for (const std::string& value : listed) text(value);
        json_.EndArray();
    }

    void action(bool broad) {
        const bool negated = choices_.one_in(10);
        key(negated ? "NotAction" : "Action");
        if (broad && !negated && !choices_.one_in(3)) {
            text(choices_.one_in(4) ? "*:*" : "*");
            return;
        }
        std::vector<std::string> patterns;
        const std::uint32_t count = patterns_count();
        for (std::uint32_t i = 0; i < count; ++i) patterns.push_back(action_pattern());
        list(patterns);
    }
    std::string action_pattern() {
        static constexpr auto odd =
            std::to_array<std::string_view>({"*", "s3:*", "s3:*", "S3:*", "sts:*", "kms:*", "s*:*", "*:Get*",
                                             "s3", "s3:", ":GetObject", "**", "?3:GetObject", "*:*:*"});
        return choices_.one_in(2) ? std::string(choices_.of(odd))
                                  : near_miss(choices_, choices_.of(actions()));
    }

    void resource(bool broad) {
        const bool negated = choices_.one_in(10);
        if (choices_.one_in(40)) return;
        key(negated ? "NotResource" : "Resource");
        if (broad && !negated && !choices_.one_in(3)) {
            text("*");
            return;
        }
        std::vector<std::string> patterns;
        const std::uint32_t count = patterns_count();
        for (std::uint32_t i = 0; i < count; ++i) patterns.push_back(resource_pattern());
        list(patterns);
    }
    std::string resource_pattern() {
        static constexpr auto odd =
            std::to_array<std::string_view>({"*",
                                             "arn:aws:s3:::*",
                                             "arn:aws:s3:::bk/*",
                                             "arn:*:s3:::bk/*",
                                             "arn:aws:s3",
                                             "arn:aws:s3:*",
                                             "arn:aws:s3:::bk/home/${aws:username}/*",
                                             "arn:aws:s3:::bk/${k}",
                                             "arn:aws:s3:::${missing}",
                                             "arn:aws:s3:::bk/${aws:PrincipalTag/t, 'x'}",
                                             "arn:aws:*",
                                             "arn:aws:*:*:*:*",
                                             "arn:aws:iam::*:role/*",
                                             "arn:aws:s3:${k}::bk/x",
                                             "arn:aws:s3:?::bk/x",
                                             "arn:a*:s?:::bk*x",
                                             "arn:aws:kms:*:*:key/*",
                                             "arn",
                                             "arn:aws:iam::111111111111",
                                             "*:*:*:*:*:*"});
        return choices_.one_in(2) ? std::string(choices_.of(odd))
                                  : near_miss(choices_, choices_.of(resources()));
    }

    void conditions() {
        // By operator, then by key: neither may occur twice in its object.
        std::map<std::string, std::map<std::string, ValueType>> wanted;
        const std::uint32_t count = 1 + choices_.below(2);
        for (std::uint32_t i = 0; i < count; ++i) {
            const Key& chosen = choices_.of(keys());
            const std::string name =
                choices_.one_in(5) ? other_case(choices_, chosen.name) : std::string(chosen.name);
            wanted[operator_for(chosen)].emplace(name, chosen.type);
        }
        key("Condition");
        json_.StartObject();
        for (const auto& [name, tests] : wanted) {
            key(name);
            json_.StartObject();
            for (const auto& [context_key, type] : tests) {
                key(context_key);
                condition_values(type, name);
            }
            json_.EndObject();
        }
        json_.EndObject();
    }

    std::string operator_for(const Key& chosen) {
        if (choices_.one_in(60)) return "stringequals";
        const auto type = choices_.one_in(12) ? static_cast<ValueType>(choices_.below(7)) : chosen.type;
        std::string name(choices_.of(operators(type)));
        if (name == "Null") return name;
        if (choices_.one_in(4)) name += "IfExists";
        if (chosen.multivalued ? !choices_.one_in(4) : choices_.one_in(5))
            name.insert(0, choices_.one_in(2) ? "ForAllValues:" : "ForAnyValue:");
        return name;
    }

    void condition_values(ValueType type, std::string_view operator_name) {
        if (operator_name == "Null") {
            text(choices_.one_in(8) ? "TRUE" : choices_.one_in(2) ? "true" : "false");
            return;
        }
        std::vector<std::string> listed;
        const std::uint32_t count = choices_.one_in(24) ? 0 : 1 + choices_.below(3);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string_view value = choices_.of(values(type));
            const bool pattern = type == ValueType::text || type == ValueType::arn;
            listed.push_back(pattern && choices_.one_in(2) ? near_miss(choices_, value) : std::string(value));
        }
        list(listed);
    }

    Choices& choices_;
    PolicyType type_;
    bool is_long_ = false;
    rapidjson::StringBuffer buffer_;
    // Only escapes bring characters behind U+00FF into a document (spec G1).
    rapidjson::Writer<rapidjson::StringBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> json_;
};

}  // namespace

std::string generate_document(Choices& choices, PolicyType type) {
    return DocumentWriter(choices, type).run();
}

}  // namespace writ::differential
