#include "gateway/internal/guard/taken_parts.h"

#include <algorithm>

#include "base/text.h"
#include "gateway/internal/requests/fields.h"

namespace writ::gateway::internal {
namespace {

using reference::RequestMember;
using reference::RequestOperation;
using reference::RequestShapeKind;

bool is_rest(const RecognizedRequest& recognized) noexcept {
    return recognized.protocol == WireProtocol::rest_json || recognized.protocol == WireProtocol::rest_xml;
}

bool is_query(const RecognizedRequest& recognized) noexcept {
    return recognized.protocol == WireProtocol::query || recognized.protocol == WireProtocol::ec2_query;
}

template <class Fits>
bool has_member(const RequestOperation& operation, const Fits& fits) {
    return operation.input != nullptr && std::ranges::any_of(operation.input->members, fits);
}

/// "uploads" of "/{Bucket}/{Key+}?uploads".
bool is_fixed(const RequestOperation& operation, std::string_view name) noexcept {
    std::string_view fixed = query_of(operation.request_uri);
    while (!fixed.empty()) {
        const std::string_view part = fixed.substr(0, fixed.find('&'));
        if (equals_ignoring_case(part.substr(0, part.find('=')), name)) return true;
        fixed.remove_prefix(std::min(fixed.size(), part.size() + 1));
    }
    return false;
}

bool takes_parameter(const RequestOperation& operation, std::string_view name) {
    return is_fixed(operation, name) || has_member(operation, [&](const RequestMember& member) {
               if (member.location != RequestMember::Location::query_string) return false;
               return member.shape->kind == RequestShapeKind::map ||
                      equals_ignoring_case(member.wire_name, name);
           });
}

}  // namespace

bool takes_body(const RecognizedRequest& recognized) noexcept {
    if (!is_rest(recognized) || recognized.form_upload || recognized.operation == nullptr) return true;
    return has_member(*recognized.operation, [](const RequestMember& member) {
        using enum RequestMember::Location;
        return member.location == body || member.location == payload;
    });
}

std::string taken_target(std::string_view target, const RecognizedRequest& recognized) {
    if (is_query(recognized) || recognized.operation == nullptr) return std::string(target);
    std::string taken(target.substr(0, target.find('?')));
    if (!is_rest(recognized)) return taken;
    char separator = '?';
    for (std::string_view rest = query_of(target); !rest.empty();) {
        const std::string_view item = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), item.size() + 1));
        const auto name = percent_decode(item.substr(0, item.find('=')));
        if (!name || !takes_parameter(*recognized.operation, *name)) continue;
        taken.append(1, separator).append(item);
        separator = '&';
    }
    return taken;
}

}  // namespace writ::gateway::internal
