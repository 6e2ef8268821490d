#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gateway/parameters.h"
#include "gateway/recognize.h"

// The input is a request and what it is signed for: a line "SIGNING-NAME METHOD TARGET", a line a header, an
// empty line, the body. Whatever it says, it is one operation whose parameters have the names of its model,
// or an error.
namespace {

using namespace writ;
using namespace writ::gateway;

std::string_view take(std::string_view& rest, char end) {
    const std::string_view taken = rest.substr(0, rest.find(end));
    rest.remove_prefix(std::min(rest.size(), taken.size() + 1));
    return taken;
}

HttpRequest read_request(std::string_view line, std::string_view rest) {
    HttpRequest request;
    request.method = take(line, ' ');
    request.target = line;
    while (!rest.empty()) {
        std::string_view header = take(rest, '\n');
        if (header.empty()) break;
        const std::string_view name = take(header, ':');
        if (!name.empty()) request.headers.emplace_back(name, header);
    }
    request.body = rest;
    return request;
}

void must(bool holds) {
    if (!holds) std::abort();
}

void look_at(const RecognizedRequest& recognized, const Parameters& parameters) {
    for (const std::string_view name : parameters.names()) {
        const auto& members = recognized.operation->input->members;
        must(std::ranges::find(members, name, &reference::RequestMember::name) != members.end());
        must(parameters.has(name));
        (void)parameters.all(std::string(name) + "[]");
        (void)parameters.all(std::string(name) + "{}");
    }
    for (const Label& label : recognized.labels) {
        must(label.member != nullptr && !label.value.empty());
        must(parameters.first(label.member->name) == label.value);
        must(label.value != ".." && label.value.find('\0') == std::string::npos);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::string_view line = take(rest, '\n');
    const std::string_view signing_name = take(line, ' ');
    const HttpRequest request = read_request(line, rest);
    static const Hosts hosts{{{"s3.example.com", "s3"}}, ""};
    const auto head = recognize(request, signing_name, hosts);
    if (!head) return 0;
    must(head->service != nullptr && (head->operation != nullptr || head->needs_body));
    const auto recognized = recognize_with_body(request, *head);
    if (!recognized) return 0;
    must(recognized->operation != nullptr);
    const auto parameters = read_parameters(*recognized, request);
    if (parameters) look_at(*recognized, *parameters);
    return 0;
}
