#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/none.hpp>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/http.h"

/// Beast's parsers, writing into our own types; of a body they keep only the piece that was parsed last: of a
/// request as a view into what was parsed, for uploads are as large as nothing else.
namespace writ::gateway::internal {

struct WireLimits {
    std::uint32_t header_bytes_max = 64 * 1024;
    std::size_t headers_max = 200;
};

/// What both directions have in common.
template <bool is_request>
class PieceParser : public boost::beast::http::basic_parser<is_request> {
  public:
    using Piece = std::conditional_t<is_request, std::string_view, std::string>;
    Piece piece;  ///< Of the body; whoever has dealt with it clears it.

  protected:
    using Code = boost::beast::error_code;
    using Text = boost::beast::string_view;
    using Field = boost::beast::http::field;

    PieceParser(HttpHeaders& headers, const WireLimits& limits)
        : headers_(headers), headers_max_(limits.headers_max) {
        this->header_limit(limits.header_bytes_max);
        this->body_limit(boost::none);  // Nothing of it is kept.
        headers_.clear();
    }

    void on_field_impl(Field, Text name, Text value, Code& code) override {
        if (this->is_header_done()) return;  // Behind a chunked body: nobody has signed or looked at that.
        if (headers_.size() == headers_max_) {
            code = boost::beast::http::error::header_limit;
            return;
        }
        headers_.emplace_back(std::string(name), std::string(value));
    }
    void on_header_impl(Code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
    std::size_t on_body_impl(Text text, Code&) override { return add(text); }
    void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text text, Code&) override { return add(text); }
    void on_finish_impl(Code&) override {}

  private:
    std::size_t add(Text text) {
        if constexpr (is_request) {
            if (!piece.empty()) return 0;  // The next one must wait.
            piece = {text.data(), text.size()};
        } else {
            piece.append(text.data(), text.size());
        }
        return text.size();
    }

    HttpHeaders& headers_;
    std::size_t headers_max_;
};

class RequestParser final : public PieceParser<true> {
  public:
    RequestParser(HttpRequest& request, const WireLimits& limits)
        : PieceParser(request.headers, limits), request_(request) {
        request_.body.clear();
    }
    [[nodiscard]] int version() const noexcept { return version_; }  ///< 11: HTTP/1.1.

  private:
    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Code&) override {
        version_ = version;
        request_.method = method;
        request_.target = target;
    }
    void on_response_impl(int, Text, int, Code&) override {}  // Never called.

    HttpRequest& request_;
    int version_ = 0;
};

struct ResponseHead {
    int status = 0;
    std::string reason;
    HttpHeaders headers;
};

class ResponseParser final : public PieceParser<false> {
  public:
    ResponseParser(ResponseHead& head, const WireLimits& limits)
        : PieceParser(head.headers, limits), head_(head) {}

  private:
    void on_request_impl(boost::beast::http::verb, Text, Text, int, Code&) override {}  // Never called.
    void on_response_impl(int status, Text reason, int, Code&) override {
        head_.status = status;
        head_.reason = reason;
    }

    ResponseHead& head_;
};

}  // namespace writ::gateway::internal
