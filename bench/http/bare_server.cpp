// bare_server PORT BODY-FILE: the least that Beast can do, one thread answering every request with the same
// bytes. What `writ serve` costs beside it is Writ's own doing.
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(tcp::socket socket, const std::string& body) : socket_(std::move(socket)), body_(body) {}

    void read() {
        request_.emplace();
        http::async_read(socket_, buffer_, *request_,
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             if (!error) self->answer();
                         });
    }

  private:
    void answer() {
        response_ = {};
        response_.version(11);
        response_.result(http::status::ok);
        response_.keep_alive(request_->keep_alive());
        response_.set(http::field::content_type, "text/xml");
        response_.set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
        response_.set(http::field::date, "Tue, 24 Nov 2026 00:00:00 GMT");
        response_.body() = body_;
        response_.prepare_payload();
        http::async_write(socket_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error && self->response_.keep_alive()) self->read();
                          });
    }

    tcp::socket socket_;
    const std::string& body_;
    beast::flat_buffer buffer_;
    std::optional<http::request<http::string_body>> request_;
    http::response<http::string_body> response_;
};

class Listener {
  public:
    Listener(asio::io_context& io, unsigned short port, std::string body)
        : acceptor_(io, {asio::ip::make_address("127.0.0.1"), port}), body_(std::move(body)) {
        accept();
    }

  private:
    void accept() {
        acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
            if (!error) {
                socket.set_option(tcp::no_delay(true));
                std::make_shared<Connection>(std::move(socket), body_)->read();
            }
            accept();
        });
    }

    tcp::acceptor acceptor_;
    std::string body_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::ifstream file(argv[2]);
    std::string body{std::istreambuf_iterator<char>(file), {}};
    asio::io_context io{1};
    const Listener listener(io, static_cast<unsigned short>(std::atoi(argv[1])), std::move(body));
    io.run();
}
