#include "server/operations_endpoint.h"

#include <fmt/format.h>
#include <utility>

namespace writ::server {
namespace {

HttpResponse answer(int status, std::string_view type, std::string body) {
    return {status, {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}}, std::move(body)};
}

HttpResponse plain(int status, std::string_view text) {
    return answer(status, "text/plain; charset=utf-8", fmt::format("{}\n", text));
}

}  // namespace

OperationsEndpoint::OperationsEndpoint(std::string version, std::function<Health()> health,
                                       std::function<std::string()> metrics_text)
    : version_(std::move(version)), health_(std::move(health)), metrics_text_(std::move(metrics_text)) {}

HttpResponse OperationsEndpoint::handle(const HttpRequest& request) const {
    const std::string_view target = request.target;
    const std::string_view path = target.substr(0, target.find('?'));
    const bool is_health = path == "/health";
    if (!is_health && path != "/metrics") return plain(404, "There are /health and /metrics here.");
    if (request.method != "GET" && request.method != "HEAD") {
        HttpResponse refused = plain(405, "Only GET and HEAD.");
        refused.headers.emplace_back("Allow", "GET, HEAD");
        return refused;
    }
    if (!is_health) return answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics_text_());
    const Health health = health_();
    return answer(health.ok() ? 200 : 503, "application/json",
                  fmt::format(R"({{"status":"{}","version":"{}","revision":{},"uptime_s":{}}})"
                              "\n",
                              health.status, version_, health.revision, health.uptime.count()));
}

}  // namespace writ::server
