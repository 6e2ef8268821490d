#include "questions/authzen/search.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "crypto/hash.h"

namespace writ::questions::internal {
namespace {

constexpr std::size_t limit_max = 1'000;

std::unexpected<Error> invalid(std::string message) {
    return fail("ValidationError", 400, std::move(message));
}

/// What must be the same for every page of one search.
std::string digest_of(const Json& document) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartArray();
    for (const char* name : {"subject", "action", "resource", "context"}) {
        const Json* entity = find_member(document, name);
        if (entity == nullptr) {
            json.Null();
        } else {
            entity->Accept(json);
        }
    }
    json.EndArray();
    constexpr std::size_t bytes_kept = 12;
    const crypto::Digest digest = crypto::sha256(written(buffer));
    return hex_encode(std::span(digest).first(bytes_kept));
}

struct Token {
    std::string search;
    std::size_t limit = 0;
    Place place;
};

std::string print(const Token& token) {
    const std::string text = token.search + ' ' + std::to_string(token.limit) + ' ' +
                             std::to_string(token.place.offset) + ' ' + token.place.marker;
    return base64_encode(as_bytes(text));
}

std::optional<std::size_t> take_number(std::string_view& text) {
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr == text.data() + text.size() || *read.ptr != ' ')
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()) + 1);
    return number;
}

std::optional<Token> read_token(std::string_view encoded) {
    const auto bytes = base64_decode(encoded);
    if (!bytes) return std::nullopt;
    std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    Token token{.search = std::string(text.substr(0, blank)), .place = {}};
    text.remove_prefix(blank + 1);
    const auto limit = take_number(text);
    const auto offset = limit ? take_number(text) : std::nullopt;
    if (!offset || *limit > limit_max) return std::nullopt;
    token.limit = *limit;
    token.place = {std::string(text), *offset};
    return token;
}

}  // namespace

Result<ResultPage> ResultPage::of(const Json& document) {
    ResultPage page;
    page.search_ = digest_of(document);
    const Json* asked = find_member(document, "page");
    if (asked == nullptr) return page;
    if (!asked->IsObject()) return invalid("The member page must be an object.");
    if (auto unique = check_unique(*asked); !unique) return std::unexpected(std::move(unique.error()));
    const Json* limit = find_member(*asked, "limit");
    if (limit != nullptr) {
        if (!limit->IsUint64()) return invalid("The limit of a page must be a whole number.");
        page.limit_ = std::min<std::size_t>(limit->GetUint64(), limit_max);
    }
    const Json* token = find_member(*asked, "token");
    if (token == nullptr || (token->IsString() && token->GetStringLength() == 0)) return page;
    auto read = token->IsString() ? read_token(text_of(*token)) : std::nullopt;
    if (!read || read->search != page.search_ || (limit != nullptr && read->limit != page.limit_)) {
        return invalid("The token of the page is of no search, or of another one.");
    }
    page.limit_ = read->limit;
    page.place_ = std::move(read->place);
    return page;
}

void ResultPage::add(const std::function<void(JsonWriter&)>& write) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    write(json);
    if (count_++ > 0) results_ += ',';
    results_ += written(buffer);
}

HttpResponse ResultPage::answer(bool more) {
    JsonBuffer buffer;
    JsonWriter json(buffer);
    json.StartObject();
    write_key(json, "page");
    json.StartObject();
    write_text(json, "next_token",
               more ? print({.search = search_, .limit = limit_, .place = place_}) : std::string());
    write_key(json, "count");
    json.Uint64(count_);
    json.EndObject();
    write_key(json, "results");
    results_.insert(0, 1, '[').append(1, ']');
    json.RawValue(results_.data(), results_.size(), rapidjson::kArrayType);
    json.EndObject();
    return json_answer(written(buffer));
}

Result<HttpResponse> none_if_unknown(ResultPage& page, Error error) {
    constexpr int not_found = 404;
    if (error.http_status != not_found) return std::unexpected(std::move(error));
    return page.answer(false);
}

Result<bool> is_allowed(Inquiry& inquiry, const Question& question, bool of_subject) {
    const Reply reply = inquiry.answer(question);
    if (!reply.error) return reply.allowed();
    const int status = reply.error->http_status;
    if (status == 404 || (status == 403 && of_subject)) return false;
    return std::unexpected(*reply.error);
}

}  // namespace writ::questions::internal
