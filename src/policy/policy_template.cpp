#include "policy/policy_template.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <string_view>

#include "base/text.h"
#include "policy/internal/normal/json_string.h"
#include "policy/parse.h"
#include "policy/print.h"

namespace writ::policy {
namespace {

using Texts = std::vector<std::string>;
using Kind = TemplateFault::Kind;

/// A value of the document and what stands in its place.
struct Replacement {
    Span span;
    std::string json;
};

/// The text in front of the first hole, its name, and what follows.
struct Hole {
    std::string_view before, name, behind;
};

std::optional<Hole> first_hole(std::string_view text) {
    constexpr std::string_view opening = "@{";
    const std::size_t begin = text.find(opening);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::size_t name = begin + opening.size();
    const std::size_t end = text.find('}', name);
    if (end == std::string_view::npos) return std::nullopt;
    return Hole{text.substr(0, begin), text.substr(name, end - name), text.substr(end + 1)};
}

class Renderer {
  public:
    Renderer(std::span<const TemplateParameter> parameters, std::size_t characters_max)
        : parameters_(parameters), characters_max_(characters_max) {}

    std::expected<std::string, TemplateFault> render(const Document& document) {
        for (const Statement& statement : document.statements()) {
            if (statement.action) fill(statement.action->patterns, statement.action->is_array);
            if (statement.resource) fill(statement.resource->patterns, statement.resource->is_array);
            for (const Condition& condition : statement.conditions) {
                fill(condition.values, condition.is_array);
            }
        }
        for (const TemplateParameter& parameter : parameters_) {
            if (!used_.contains(parameter.name)) note(Kind::unused, parameter.name);
        }
        if (fault_) return std::unexpected(*fault_);
        return within_limit(replaced(document.text()));
    }

  private:
    /// The first fault counts.
    void note(Kind kind, std::string_view parameter) {
        if (!fault_) fault_ = TemplateFault{kind, std::string(parameter)};
    }

    void fill(std::span<const Scalar> values, bool in_array) {
        for (const Scalar& value : values) {
            if (fault_ || value.lexeme != Lexeme::string || !first_hole(value.text)) continue;
            const Texts filled = combinations(value.text);
            if (!fault_) replacements_.push_back({value.span, json_of(filled, in_array)});
        }
    }

    /// Every way to fill the holes of one text.
    Texts combinations(std::string_view text) {
        Texts all{""};
        while (const auto hole = first_hole(text)) {
            const auto parameter = std::ranges::find(parameters_, hole->name, &TemplateParameter::name);
            if (parameter == parameters_.end()) {
                note(Kind::missing, hole->name);
                return {};
            }
            used_.insert(hole->name);
            Texts longer;
            std::size_t characters = 0;
            for (const std::string& beginning : all) {
                for (const std::string& value : parameter->values) {
                    longer.push_back(std::string(beginning).append(hole->before).append(value));
                    characters += longer.back().size();
                    if (characters <= byte_max() && longer.size() <= characters_max_) continue;
                    note(Kind::too_long, {});
                    return {};
                }
            }
            all = std::move(longer);
            text = hole->behind;
        }
        for (std::string& one : all) one.append(text);
        return all;
    }

    /// No text with so many characters has more bytes.
    [[nodiscard]] std::size_t byte_max() const noexcept { return 4 * characters_max_; }

    static std::string json_of(const Texts& texts, bool in_array) {
        const bool needs_brackets = !in_array && texts.size() != 1;
        std::string json = needs_brackets ? "[" : "";
        for (std::size_t i = 0; i < texts.size(); ++i) {
            if (i > 0) json += ',';
            internal::append_json_string(json, texts[i]);
        }
        if (needs_brackets) json += ']';
        return json;
    }

    std::string replaced(std::string_view text) {
        std::ranges::sort(replacements_, {}, [](const Replacement& one) { return one.span.begin.byte; });
        std::string out;
        std::size_t done = 0;
        for (const Replacement& replacement : replacements_) {
            out.append(text.substr(done, replacement.span.begin.byte - done)).append(replacement.json);
            done = replacement.span.end.byte;
        }
        return out.append(text.substr(done));
    }

    [[nodiscard]] std::expected<std::string, TemplateFault> within_limit(const std::string& text) const {
        const TemplateFault too_long{Kind::too_long, {}};
        const auto document = parse(text, {.characters_max = text.size()});
        if (!document) return std::unexpected(too_long);  // Everything else was good before.
        std::string rendered = print_compact(**document);
        if (count_scalars(rendered).value_or(rendered.size()) > characters_max_) {
            return std::unexpected(too_long);
        }
        return rendered;
    }

    std::span<const TemplateParameter> parameters_;
    std::size_t characters_max_;
    std::set<std::string_view, std::less<>> used_;
    std::vector<Replacement> replacements_;
    std::optional<TemplateFault> fault_;
};

}  // namespace

std::expected<std::string, TemplateFault> render_template(const Document& policy_template,
                                                          std::span<const TemplateParameter> parameters,
                                                          std::size_t characters_max) {
    return Renderer(parameters, characters_max).render(policy_template);
}

}  // namespace writ::policy
