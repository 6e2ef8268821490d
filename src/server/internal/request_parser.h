#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "base/http.h"

namespace writ::server::internal {

/// Beast's parser, writing straight into an HttpRequest: no container of fields in between.
class RequestParser final : public boost::beast::http::basic_parser<true> {
  public:
    RequestParser(HttpRequest& request, std::size_t headers_max)
        : request_(request), headers_max_(headers_max) {
        request_.body.clear();
    }
    [[nodiscard]] bool expects_continue() const noexcept { return expects_continue_; }

  private:
    using Code = boost::beast::error_code;
    using Text = boost::beast::string_view;
    using Field = boost::beast::http::field;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int /*version*/,
                         Code&) override {
        request_.method = method;
        request_.target = target;
    }
    void on_response_impl(int, Text, int, Code&) override {}  // Never called: we read requests.
    void on_field_impl(Field field, Text name, Text value, Code& code) override {
        if (headers_ == headers_max_) {
            code = boost::beast::http::error::header_limit;
            return;
        }
        // Headers of the request before lend their memory: clients send the same ones again and again.
        if (headers_ == request_.headers.size()) request_.headers.emplace_back();
        request_.headers[headers_].first.assign(name.data(), name.size());
        request_.headers[headers_].second.assign(value.data(), value.size());
        ++headers_;
        if (field == Field::expect) expects_continue_ = boost::beast::iequals(value, "100-continue");
    }
    void on_header_impl(Code&) override { request_.headers.resize(headers_); }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code&) override {
        // What was announced was checked against the limit, but may still never come: grow by what is there.
        constexpr std::uint64_t trusted_bytes = 65536;
        if (length) request_.body.reserve(static_cast<std::size_t>(std::min(*length, trusted_bytes)));
    }
    std::size_t on_body_impl(Text text, Code&) override {
        request_.body.append(text.data(), text.size());
        return text.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text text, Code&) override {
        request_.body.append(text.data(), text.size());
        return text.size();
    }
    void on_finish_impl(Code&) override {}

    HttpRequest& request_;
    std::size_t headers_max_;
    std::size_t headers_ = 0;  ///< Read so far; what stands behind them in the request is old.
    bool expects_continue_ = false;
};

}  // namespace writ::server::internal
