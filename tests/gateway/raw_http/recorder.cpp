#include "recorder.h"

#include <utility>

namespace writ::raw_http {
namespace {

std::string answer_to(const Message& request) {
    const std::string* mark = request.header(Recorder::mark_header);
    const std::string body = mark == nullptr ? "unmarked" : *mark;
    std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                         "\r\nmark: " + body + "\r\n\r\n";
    if (!request.first_line.starts_with("HEAD ")) answer += body;
    return answer;
}

}  // namespace

Recorder::Recorder() : thread_([this] { accept(); }) {}

Recorder::~Recorder() {
    listener_.stop();
    thread_.join();
}

void Recorder::take(std::vector<Message>& requests, std::vector<std::string>& complaints) {
    const std::lock_guard lock(mutex_);
    requests = std::exchange(requests_, {});
    complaints = std::exchange(complaints_, {});
}

void Recorder::accept() {
    for (int descriptor = listener_.accept(); descriptor >= 0; descriptor = listener_.accept()) {
        served_.remove_if([](const Served& one) { return one.has_ended.load(); });
        Served& one = served_.emplace_back();
        one.thread = std::jthread([this, &one, connection = Connection(descriptor)] {
            serve(connection);
            one.has_ended = true;
        });
    }
}

void Recorder::serve(const Connection& connection) {
    std::string stream, why;
    for (bool is_open = true; is_open; is_open = connection.read_more(stream)) {
        Message request;
        Taken taken = Taken::whole;
        while (!stream.empty() && (taken = take_request(stream, request, why)) == Taken::whole) {
            const std::string answer = answer_to(request);
            {
                const std::lock_guard lock(mutex_);
                requests_.push_back(std::move(request));
            }
            connection.send(answer);
        }
        if (taken == Taken::wrong) {
            const std::lock_guard lock(mutex_);
            complaints_.push_back(why + "\n" + stream);
            return;
        }
    }
}

}  // namespace writ::raw_http
