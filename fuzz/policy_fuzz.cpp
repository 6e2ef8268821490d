#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policy/parse.h"
#include "policy/print.h"
#include "policy/validate.h"

// Whatever the bytes are, the parser answers with a place inside of them or with a document that comes back
// from the compact and the pretty form, whose normal form is its own, and that validate() has a word on.
namespace {

using namespace writ::policy;

void must(bool holds) {
    if (!holds) std::abort();
}

DocumentPtr parsed(std::string_view text) {
    auto document = parse(text, {.characters_max = 1U << 30U});  // Indenting makes texts longer.
    must(document.has_value());
    return *document;
}

void check_place(const Span& span, std::string_view text) {
    must(span.begin.byte <= span.end.byte && span.end.byte <= text.size());
    must(span.begin.line >= 1 && span.begin.column >= 1);
}

void check_printers(const Document& document) {
    const std::string compact = print_compact(document);
    must(same_value(*parsed(compact), document));
    must(print_compact(*parsed(compact)) == compact);
    const DocumentPtr pretty = parsed(print_pretty(document));
    must(same_value(*pretty, document));
    must(print_compact(*pretty) == compact);
    const std::string normal = print_normal(document);
    must(print_normal(*parsed(normal)) == normal);
}

void check_rules(const Document& document, PolicyType type) {
    for (const bool strict : {false, true}) {
        for (const bool managed : {false, true}) {
            for (const Diagnostic& diagnostic : validate(document, {type, managed, strict})) {
                check_place(diagnostic.span, document.text());
                must(!diagnostic.message.empty() && !diagnostic.hint.empty());
            }
        }
    }
    must(counted_size(document, type) <= document.text().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto document = parse(text);
    if (!document) {
        check_place(document.error().span, text);
        must(!document.error().message.empty() && !document.error().hint.empty());
        return 0;
    }
    check_printers(**document);
    for (const PolicyType type :
         {PolicyType::identity, PolicyType::boundary, PolicyType::session, PolicyType::trust,
          PolicyType::resource, PolicyType::scp, PolicyType::rcp, PolicyType::endpoint})
        check_rules(**document, type);
    return 0;
}
