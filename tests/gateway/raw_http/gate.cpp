#include "gate.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "base/text.h"
#include "directory/credentials/access_keys.h"
#include "directory/policies/inline_policies.h"
#include "directory/principals/users.h"

namespace writ::raw_http {
namespace {

constexpr std::string_view account_id = "123456789012";

std::vector<crypto::RingKey> make_ring() {
    std::vector<crypto::RingKey> ring;
    ring.push_back({1, Instant{}, Secret("0123456789abcdef0123456789abcdef")});
    return ring;
}

void must(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

const Sent* find_sent(const std::vector<Stream>& streams, std::string_view mark) {
    for (const Stream& stream : streams) {
        const auto found = std::ranges::find(stream.requests, mark, &Sent::mark);
        if (found != stream.requests.end()) return &*found;
    }
    return nullptr;
}

/// What a client gets for a stream, until the gateway closes.
std::string answers_to(const Stream& stream, std::uint16_t port) {
    const Connection connection = Connection::to(port);
    std::string answers;
    std::jthread reader([&] {
        while (connection.read_more(answers)) {
        }
    });
    const std::size_t piece_bytes = stream.piece_bytes == 0 ? stream.bytes.size() : stream.piece_bytes;
    for (std::string_view rest = stream.bytes; !rest.empty();) {
        const std::string_view piece = rest.substr(0, piece_bytes);
        connection.send(piece);
        rest.remove_prefix(piece.size());
    }
    connection.end();
    reader.join();
    return answers;
}

/// Answers are whole, come in the order of the requests, and none is another's.
void check_answers(const Stream& stream, std::string answers, std::string& complaints) {
    const auto complain = [&](const std::string& what) {
        complaints.append("answers: ").append(what).append("\n");
    };
    auto next = stream.requests.begin();
    while (!answers.empty()) {
        // Which answer belongs to a HEAD is not known where requests are spoilt; but no body begins like an
        // answer.
        const std::size_t end = answers.find("\r\n\r\n");
        const std::string_view behind =
            end == std::string::npos ? "" : std::string_view(answers).substr(end + 4);
        Message answer;
        std::string why;
        const Taken taken =
            take_answer(answers, behind.empty() || behind.starts_with("HTTP/1.1 "), answer, why);
        if (taken == Taken::incomplete) return;  // The gateway breaks off what the service has broken off.
        if (taken == Taken::wrong) return complain(why);
        const std::string* mark = answer.header("mark");
        if (mark == nullptr) {
            if (answer.first_line.starts_with("HTTP/1.1 2")) complain("2xx without a mark");
            continue;
        }
        next =
            std::find_if(next, stream.requests.end(), [&](const Sent& sent) { return sent.mark == *mark; });
        if (next == stream.requests.end())
            return complain(*mark + " is another's, or comes twice or out of turn");
        ++next;
    }
}

}  // namespace

Gate::Gate()
    : clock_(*parse_iso8601("2026-11-24T04:23:00Z")),
      ring_(make_ring()),
      keys_(crypto::SealingKeys::of(ring_)),
      environment_{.clock = clock_, .random = random_, .sealing = keys_, .quotas = {}},
      subjects_(std::make_unique<authz::Subjects>(*store_, environment_)),
      tokens_(keys_) {
    make_user();
    auto upstream =
        gateway::read_upstream("service=s3,url=http://127.0.0.1:" + std::to_string(recorder_.port()),
                               [](const std::string&) { return std::nullopt; });
    must(upstream.has_value(), "no upstream");
    upstreams_.push_back(std::move(*upstream));
    guard_ = std::make_unique<gateway::Guard>(
        gateway::GuardConfig{.account_id = std::string(account_id),
                             .region = "us-east-1",
                             .s3_hosts = {"s3.gateway.test"},
                             .upstreams = upstreams_},
        gateway::GuardServices{
            .subjects = *subjects_, .tokens = tokens_, .clock = clock_, .where_explained = {}});
    gateway::Proxy::Options options;
    options.threads = 2;
    options.judge = [this](HttpRequest& request, bool is_body_there) {
        return judge(request, is_body_there);
    };
    options.upstreams = upstreams_;
    auto proxy = gateway::Proxy::start(std::move(options), random_);
    must(proxy.has_value(), "the gateway does not start");
    proxy_ = std::move(*proxy);
    host_ = "127.0.0.1:" + std::to_string(proxy_->port());
}

Gate::~Gate() = default;

void Gate::make_user() {
    auto transaction = store_->write();
    must(transaction.has_value(), "no transaction");
    directory::AccountEdit account(**transaction, std::string(account_id), environment_);
    must(directory::ensure_account(account.writes, environment_, account_id, nullptr).has_value(),
         "no account");
    must(directory::create_user(account, {.name = "ada"}).has_value(), "no user");
    must(directory::put_inline_policy(account, {directory::OwnerKind::user, "ada"}, "p", permissions)
             .has_value(),
         "no policy");
    auto key = directory::create_access_key(account, {"ada"});
    must(key.has_value(), "no key");
    key_id_ = key->key.access_key_id;
    secret_ = key->secret.copy();
    must((*transaction)->commit().has_value(), "not committed");
}

Signer Gate::signer() const {
    return {{key_id_, secret_.copy(), ""}, clock_.now(), host_};
}

gateway::Judgement Gate::judge(HttpRequest& request, bool is_body_there) {
    return note(guard_->judge(request, is_body_there));
}

gateway::Judgement Gate::note(gateway::Judgement judgement) {
    if (auto* wanted = std::get_if<gateway::BodyWanted>(&judgement.outcome);
        wanted != nullptr && wanted->go_on) {
        wanted->go_on = [this, go_on = std::move(wanted->go_on)] { return note(go_on()); };
    }
    if (const auto* passage = std::get_if<gateway::Passage>(&judgement.outcome)) {
        const std::string* mark = find_header(passage->request.headers, Recorder::mark_header);
        const std::lock_guard lock(mutex_);
        allowed_.push_back({mark == nullptr ? "" : *mark, std::string(judgement.record.operation),
                            judgement.record.resource});
    }
    return judgement;
}

std::string Gate::play(const std::vector<Stream>& streams) {
    std::vector<std::string> answers(streams.size());
    {
        std::vector<std::jthread> clients;
        for (std::size_t i = 0; i < streams.size(); ++i) {
            clients.emplace_back([&, i] { answers[i] = answers_to(streams[i], proxy_->port()); });
        }
    }
    std::string complaints;
    for (std::size_t i = 0; i < streams.size(); ++i)
        check_answers(streams[i], std::move(answers[i]), complaints);
    check_received(streams, complaints);
    return complaints;
}

void Gate::check_received(const std::vector<Stream>& streams, std::string& complaints) {
    const auto complain = [&](const std::string& what) {
        complaints.append("received: ").append(what).append("\n");
    };
    std::vector<Message> received;
    std::vector<std::string> wrong;
    recorder_.take(received, wrong);
    passed_ += received.size();
    for (const std::string& what : wrong) complain(what);
    const std::lock_guard lock(mutex_);
    for (const Message& request : received) {
        const std::string* mark = request.header(Recorder::mark_header);
        const Sent* sent = mark == nullptr ? nullptr : find_sent(streams, *mark);
        if (sent == nullptr) {
            complain("what nobody has sent: " + request.first_line);
            continue;
        }
        const auto allowed = std::ranges::find(allowed_, *mark, &Allowed::mark);
        if (allowed == allowed_.end()) {
            complain("what was not allowed, or twice what was allowed once: " + request.first_line);
            continue;
        }
        if (const std::string why = complaint_about(request, *allowed); !why.empty()) complain(why);
        if (sent->body && request.body != *sent->body) complain("another body: " + request.first_line);
        allowed_.erase(allowed);
    }
    allowed_.clear();  // What was broken off on its way.
}

}  // namespace writ::raw_http
