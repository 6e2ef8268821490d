#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "questions/internal/json.h"
#include "questions/native/compact_form.h"
#include "questions/rule.h"
#include "reference/service_definition.h"

// What programs and proxies send to the authorization APIs. The first byte chooses what it is read as: a
// body, a service, a path with rules, rules, or a body in the compact form.
namespace {

using namespace writ;

void read_body(std::string text) {
    rapidjson::Document document;
    if (!questions::internal::parse_object(text, document)) return;
    if (!questions::internal::check_unique(document)) return;
    questions::internal::Texts texts;
    for (const auto& member : document.GetObject()) {
        const std::string_view name = questions::internal::text_of(member.name);
        const auto value = questions::internal::context_value(name, member.value, texts);
        if (value && !value->multivalued && value->values.size() != 1) std::abort();
        if (questions::internal::find_member(document, name) == nullptr) std::abort();
    }
}

/// What was read could have been sent as JSON.
void read_compact_body(std::string_view bytes) {
    rapidjson::Document document;
    if (!questions::internal::read_compact(bytes, document)) return;
    questions::internal::JsonBuffer buffer;
    questions::internal::JsonWriter json(buffer);
    if (!document.Accept(json)) std::abort();
    std::string text(questions::internal::written(buffer));
    rapidjson::Document again;
    if (!questions::internal::parse_object(text, again)) std::abort();
    if (again.MemberCount() != document.MemberCount()) std::abort();
}

/// What was read is printed and read again as the same.
void read_service(std::string_view text) {
    const auto service = reference::read_service(text);
    if (!service) return;
    const std::string printed = reference::print_service(*service);
    const auto again = reference::read_service(printed);
    if (!again || reference::print_service(*again) != printed) std::abort();
}

/// A path that fits never gives an ARN of other parts than its rule has.
void follow_path(std::string_view target) {
    static const auto rules = questions::read_rules(
        "* * /a/{one}/{two} a:B arn:aws:a::{one}:x/{two}\n* * /b/{rest...} a:B arn:aws:a:::x/{rest}");
    const auto needed = questions::find_needed(*rules, "GET", "host", target);
    if (!needed) return;
    std::size_t colons = 0;
    const std::size_t resource = needed->resource.find(":x/");
    for (const char c : needed->resource.substr(0, resource)) colons += c == ':' ? 1U : 0U;
    if (colons != 4) std::abort();
    if (needed->resource.find("//") != std::string::npos && target.find("//") == std::string_view::npos &&
        !target.substr(0, target.find('?')).ends_with('/')) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    switch (data[0] % 8) {
        case 0:
            read_body(std::string(text));
            break;
        case 1:
            read_service(text);
            break;
        case 2:
            follow_path(text);
            break;
        case 4:
            read_compact_body(text);
            break;
        default:
            (void)questions::read_rules(text);
    }
    return 0;
}
