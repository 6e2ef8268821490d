#include "gateway/internal/requests/queue_path.h"

#include <algorithm>
#include <string>

#include "gateway/internal/errors.h"
#include "gateway/internal/requests/request_path.h"

namespace writ::gateway::internal {
namespace {

const reference::RequestMember* find_queue_url(const reference::RequestShape& input) {
    const auto found = std::ranges::find(input.members, "QueueUrl", &reference::RequestMember::name);
    return found == input.members.end() ? nullptr : &*found;
}

/// "/123456789012/orders" of "https://host/123456789012/orders".
std::string_view path_of_url(std::string_view url) noexcept {
    const std::size_t scheme = url.find("://");
    const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t slash = url.find('/', host);
    return slash == std::string_view::npos ? std::string_view{} : url.substr(slash);
}

}  // namespace

Result<void> read_queue_path(const RecognizedRequest& recognized, const HttpRequest& request,
                             ParameterTree& tree) {
    const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
    if (recognized.service->id != "sqs" || path == "/") return {};
    if (auto read = read_path(request.target); !read) return std::unexpected(read.error());
    const auto* member = find_queue_url(*recognized.operation->input);
    const auto given = tree.child(ParameterTree::root, "QueueUrl");
    if (member == nullptr || (given != ParameterTree::none && path_of_url(tree.text(given)) != path))
        return ambiguous("The path of the request is of another queue than its parameters.");
    if (given != ParameterTree::none) return {};
    const std::string* host = find_header(request.headers, "Host");
    const std::string url = "https://" + (host != nullptr ? *host : std::string()) + std::string(path);
    tree.set_text(tree.add(ParameterTree::root, ParameterTree::Kind::scalar, member->name), url);
    return {};
}

}  // namespace writ::gateway::internal
