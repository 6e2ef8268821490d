#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/internal/proxy/wire_parsers.h"
#include "gateway/internal/proxy/worker.h"

namespace writ::gateway::internal {

/// A connection to an upstream while it serves one request.
struct Link {
    std::unique_ptr<Stream> stream;
    bool is_reused = false;
    boost::beast::flat_buffer buffer{};
};

/// One connection of a client: its requests one after the other, each with its answer. One coroutine runs it;
/// what it waits for is bounded by a deadline that the worker looks at.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Worker& worker, Socket socket);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    [[nodiscard]] Awaitable<void> run();
    [[nodiscard]] bool waits_for_request() const { return is_idle_; }
    [[nodiscard]] Steady::time_point deadline() const { return deadline_; }
    void close();   ///< Ends what is waited for, and with it the session.
    void expire();  ///< The deadline has passed: of an upstream, the client hears of it.

  private:
    enum class Sent : std::uint8_t { whole, client_gone, upstream_gone, refused };

    [[nodiscard]] Awaitable<bool> exchange();
    [[nodiscard]] Awaitable<bool> read_head();
    [[nodiscard]] Awaitable<bool> read_piece();
    [[nodiscard]] Awaitable<bool> read_body(std::size_t bytes_max);
    [[nodiscard]] Awaitable<bool> read_form(FormReader& form);
    [[nodiscard]] Awaitable<bool> go_on();
    [[nodiscard]] Awaitable<bool> answer(HttpResponse response);
    [[nodiscard]] Awaitable<void> refuse(int status);
    [[nodiscard]] Awaitable<void> hang_up();
    [[nodiscard]] Awaitable<bool> write_client(std::string_view bytes);

    [[nodiscard]] Awaitable<bool> forward(Passage& passage);
    [[nodiscard]] Awaitable<bool> connect(const Upstream& upstream, bool may_reuse);
    [[nodiscard]] Awaitable<bool> open(const Upstream& upstream);
    [[nodiscard]] Awaitable<Sent> gather(BodyPassage& body, std::string& whole);
    [[nodiscard]] Awaitable<Sent> send(Passage& passage);
    [[nodiscard]] Awaitable<Sent> send_body(BodyPassage& body);
    [[nodiscard]] Awaitable<bool> write_upstream(std::span<const std::string_view> pieces);
    [[nodiscard]] Awaitable<bool> read_upstream_head();
    [[nodiscard]] Awaitable<bool> read_upstream_body();
    [[nodiscard]] bool parse_upstream_body();
    [[nodiscard]] Awaitable<bool> send_answer(const Passage& passage, bool is_request_whole);
    [[nodiscard]] Awaitable<bool> observe(const Observation& observation);
    void tell_observed(const Observation& observation, std::string_view body);
    void note_unobserved(const Observation& observation, std::string_view why);
    [[nodiscard]] Awaitable<bool> fail_upstream(const Upstream& upstream);
    [[nodiscard]] Awaitable<bool> answer_form(const Passage& passage, const FormAnswer& form);
    [[nodiscard]] Awaitable<bool> give_up(Sent sent);
    void break_off();

    [[nodiscard]] bool may_keep_alive() const;
    void wait_at_most(milliseconds timeout) { deadline_ = Steady::now() + timeout; }
    void note(int status);

    Worker& worker_;
    const ProxyLimits& limits_;
    Stream client_;
    boost::beast::flat_buffer buffer_;  ///< From the client.
    HttpRequest request_;
    std::unique_ptr<RequestParser> parser_;
    GuardRecord record_;
    std::optional<Error> refusal_;  ///< What became wrong with a body on its way.
    Link link_;
    ResponseHead head_;
    std::unique_ptr<ResponseParser> answer_parser_;
    std::string wire_;  ///< What is written next.
    BodyBudget::Share share_;
    Steady::time_point deadline_ = Steady::time_point::max();
    Steady::time_point began_{};
    bool is_idle_ = false;
    bool waits_for_upstream_ = false;
    bool has_upstream_expired_ = false;
    bool is_continued_ = false;
};

}  // namespace writ::gateway::internal
