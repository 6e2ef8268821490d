#include "play.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/http.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "crypto/signing_key.h"

namespace writ::raw_http {
namespace {

using differential::Choices;

constexpr std::string_view region = "us-east-1";

constexpr auto methods = std::to_array<std::string_view>(
    {"GET", "GET", "PUT", "PUT", "PUT", "HEAD", "POST", "DELETE", "OPTIONS", "get", "TRACE", "GET\t", "P"});
constexpr auto buckets = std::to_array<std::string_view>(
    {"/docs", "/docs", "/docs", "/docs", "/other", "/doc%73", "/docs%2F", "//docs", ""});
constexpr auto segments =
    std::to_array<std::string_view>({"/public",   "/public", "/public/a",  "/public/a", "/public/b c",
                                     "/secret",   "/..",     "/.",         "/",         "/%2e%2e",
                                     "/%2E.",     "/%2F",    "/a%2Fb",     "/%5c..",    "/%00",
                                     "/%c3%a9",   "/%c0%af", "/+",         "/%2b",      "/a;b=c",
                                     "/a%3Fb",    "/a%23b",  "/%25%32%65", "/%",        "/%0d%0aHost:%20x",
                                     "/\xc3\xa9", "/a&b=c",  "/a:b@c"});
constexpr auto queries = std::to_array<std::string_view>({"acl",
                                                          "list-type=2",
                                                          "prefix=public%2F",
                                                          "uploads",
                                                          "uploadId=u&partNumber=1",
                                                          "acl&acl",
                                                          "ac%6c",
                                                          "ACL",
                                                          "tagging",
                                                          "versionId=1",
                                                          "response-content-type=text%2Fplain",
                                                          "delete",
                                                          "x-amz-acl=public-read",
                                                          "X-Amz-Copy-Source=%2Fdocs%2Fsecret%2Fa",
                                                          "x-id=GetObject",
                                                          "x-id=PutObject",
                                                          "a=%0d%0ab",
                                                          "max-keys=1",
                                                          "list-type=2&delimiter=%2F",
                                                          "%",
                                                          "&&",
                                                          "versionId",
                                                          "policy",
                                                          "legal-hold"});
constexpr auto other_headers = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"Content-Type", "text/plain"},
     {"x-amz-copy-source", "/docs/public/a"},
     {"x-amz-copy-source", "/docs/secret/a"},
     {"x-amz-copy-source", "docs%2Fsecret/a"},
     {"x-amz-copy-source", "/docs/public/../secret/a"},
     {"x-amz-acl", "public-read"},
     {"x-amz-tagging", "a=b"},
     {"If-Match", "\"e\""},
     {"Range", "bytes=0-1"},
     {"Content-MD5", "AAAA"},
     {"Cache-Control", "no-cache"},
     {"Expect", "100-continue"},
     {"Content-Encoding", "gzip"}});
constexpr auto hosts = std::to_array<std::string_view>({"docs.s3.gateway.test", "other.s3.gateway.test",
                                                        "docs.S3.gateway.test:80", "..s3.gateway.test",
                                                        "s3.gateway.test", "docs", "a b", ""});

// What would be allowed, were it not spoilt.
constexpr auto tame_methods = std::to_array<std::string_view>({"GET", "HEAD", "PUT", "PUT"});
constexpr auto tame_targets = std::to_array<std::string_view>(
    {"/docs/public/a", "/docs/public/b%20c", "/docs/public/%c3%a9/", "/docs/public/a?x-id=GetObject",
     "/docs/public/a?partNumber=1&uploadId=u", "/docs/public/a%2Fb", "/docs/public/+"});

enum class Payload : std::uint8_t { hashed, not_signed, signed_chunks, signed_chunks_and_trailer, trailer };
constexpr std::string_view trailer_line = "x-amz-checksum-crc32:AAAAAA==";

std::string_view content_sha256(Payload payload) {
    switch (payload) {
        case Payload::signed_chunks:
            return "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
        case Payload::signed_chunks_and_trailer:
            return "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
        case Payload::trailer:
            return "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
        default:
            return "UNSIGNED-PAYLOAD";
    }
}

std::string in_hex(std::size_t number) {
    std::array<char, 16> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr};
}

/// A request with the parts that are put together last.
struct Draft {
    HttpRequest request;
    Sent sent;
    std::string body;  ///< As it goes over the wire.
};

class Maker {
  public:
    Maker(Choices& choices, const Signer& signer) : choices_(choices), signer_(signer) {}

    Draft make(std::string mark);
    void spoil(std::string& bytes);

  private:
    std::string target(bool is_tame);
    void add_headers(HttpRequest& request);
    std::string some_body();
    void sign(Draft& draft, Payload payload, std::string body);
    std::string chunks_of(const HttpRequest& request, Payload payload, std::string_view body) const;
    void frame(Draft& draft);

    Choices& choices_;
    const Signer& signer_;
};

std::string Maker::target(bool is_tame) {
    if (is_tame) return std::string(choices_.of(tame_targets));
    std::string made(choices_.of(buckets));
    for (std::uint32_t n = choices_.below(4); n > 0; --n) made += choices_.of(segments);
    if (made.empty()) made = "/";
    if (choices_.one_in(2)) made.append("?").append(choices_.of(queries));
    if (choices_.one_in(8)) made.append("&").append(choices_.of(queries));
    return made;
}

void Maker::add_headers(HttpRequest& request) {
    for (std::uint32_t n = choices_.below(6); n > 3; --n) {
        const auto& [name, value] = choices_.of(other_headers);
        if (find_header(request.headers, name) == nullptr) request.headers.emplace_back(name, value);
    }
}

std::string Maker::some_body() {
    constexpr auto sizes = std::to_array<std::size_t>({0, 1, 5, 100, 3000, 70'000});
    const std::size_t size = choices_.of(sizes);
    std::string body;
    while (body.size() < size)
        body += "GET /docs/secret/a HTTP/1.1\r\nHost: h\r\n\r\n";  // Never to be read as a request.
    body.resize(size);
    return body;
}

Draft Maker::make(std::string mark) {
    Draft draft;
    const bool is_tame = choices_.one_in(2);
    draft.request.method = is_tame ? choices_.of(tame_methods) : choices_.of(methods);
    draft.request.target = target(is_tame);
    draft.request.headers.emplace_back("Host",
                                       !is_tame && choices_.one_in(4) ? choices_.of(hosts) : signer_.host);
    draft.request.headers.emplace_back("user-agent", mark);
    draft.sent.mark = std::move(mark);
    draft.sent.is_head = draft.request.method == "HEAD";
    if (!is_tame) add_headers(draft.request);
    const bool has_body =
        draft.request.method == "PUT" || draft.request.method == "POST" || choices_.one_in(16);
    const auto payload = static_cast<Payload>(has_body ? choices_.below(5) : choices_.below(2));
    sign(draft, payload, has_body ? some_body() : "");
    return draft;
}

void Maker::sign(Draft& draft, Payload payload, std::string body) {
    HttpRequest& request = draft.request;
    std::string hash(payload == Payload::hashed ? hex_encode(crypto::sha256(body)) : content_sha256(payload));
    const bool is_chunked = payload >= Payload::signed_chunks;
    if (is_chunked) request.headers.emplace_back("x-amz-decoded-content-length", std::to_string(body.size()));
    if (payload >= Payload::signed_chunks_and_trailer)
        request.headers.emplace_back("x-amz-trailer", "x-amz-checksum-crc32");
    if (payload != Payload::not_signed && payload != Payload::trailer) draft.sent.body = body;
    if (draft.sent.body && payload == Payload::signed_chunks_and_trailer)
        draft.sent.body.reset();  // Arrives in chunks.
    const crypto::SigningForm form{.is_path_encoded_once = true, .payload_hash = hash};
    const crypto::SigningCredentials credentials{signer_.credentials.access_key_id,
                                                 signer_.credentials.secret_access_key.copy(), ""};
    if (choices_.one_in(8) && !is_chunked) {
        hash = "UNSIGNED-PAYLOAD";
        draft.sent.body.reset();
        crypto::presign(request, credentials, region, "s3", signer_.now, std::chrono::seconds(60),
                        {.is_path_encoded_once = true, .payload_hash = hash});
    } else {
        request.headers.emplace_back("x-amz-content-sha256", hash);
        crypto::sign(request, credentials, region, "s3", signer_.now, form);
    }
    draft.body = is_chunked ? chunks_of(request, payload, body) : std::move(body);
    frame(draft);
}

/// In chunks of 1 KiB, each signed with what came before where that is asked for.
std::string Maker::chunks_of(const HttpRequest& request, Payload payload, std::string_view body) const {
    const std::string* authorization = find_header(request.headers, "authorization");
    const std::string date = *find_header(request.headers, "x-amz-date");
    std::string previous = authorization->substr(authorization->rfind('=') + 1);
    const std::string scope = date.substr(0, 8) + "/" + std::string(region) + "/s3/aws4_request";
    const crypto::SigningKey key(signer_.credentials.secret_access_key, date.substr(0, 8), region, "s3");
    const auto signature = [&](std::string_view kind, const std::string& hashes) {
        std::string text =
            "AWS4-HMAC-SHA256-" + std::string(kind) + "\n" + date + "\n" + scope + "\n" + previous + "\n";
        previous = hex_encode(key.sign(text + hashes));
        return previous;
    };
    const bool is_signed = payload != Payload::trailer;
    std::string out;
    for (bool is_last = false; !is_last;) {
        const std::string_view piece = body.substr(0, 1024);
        body.remove_prefix(piece.size());
        is_last = piece.empty();
        out += in_hex(piece.size());
        if (is_signed) {
            const std::string hashes =
                hex_encode(crypto::sha256("")) + "\n" + hex_encode(crypto::sha256(piece));
            out += ";chunk-signature=" + signature("PAYLOAD", hashes);
        }
        out.append("\r\n").append(piece);
        if (!is_last) out += "\r\n";
    }
    if (payload == Payload::signed_chunks) return out + "\r\n";
    out.append(trailer_line).append("\r\n");
    if (is_signed) {
        const std::string hash = hex_encode(crypto::sha256(std::string(trailer_line) + "\n"));
        out += "x-amz-trailer-signature:" + signature("TRAILER", hash) + "\r\n";
    }
    return out + "\r\n";
}

/// Content-Length, or now and then the chunks of HTTP; neither is signed.
void Maker::frame(Draft& draft) {
    if (!choices_.one_in(8)) {
        if (!draft.body.empty())
            draft.request.headers.emplace_back("Content-Length", std::to_string(draft.body.size()));
        return;
    }
    draft.request.headers.emplace_back("Transfer-Encoding", "chunked");
    const std::size_t half = draft.body.size() / 2;
    const std::string extension = choices_.one_in(4) ? ";a=\"b\"" : "";
    std::string framed;
    for (const std::string_view piece :
         {std::string_view(draft.body).substr(0, half), std::string_view(draft.body).substr(half)}) {
        if (!piece.empty())
            framed.append(in_hex(piece.size())).append(extension).append("\r\n").append(piece).append("\r\n");
    }
    framed += choices_.one_in(4) ? "0\r\nx-amz-acl: public-read\r\n\r\n" : "0\r\n\r\n";
    draft.body = std::move(framed);
}

void replace_first(std::string& bytes, std::string_view what, std::string_view with) {
    if (const std::size_t at = bytes.find(what); at != std::string::npos)
        bytes.replace(at, what.size(), with);
}
void add_lines(std::string& bytes, std::string_view lines) {
    if (const std::size_t at = bytes.find("\r\n\r\n"); at != std::string::npos) bytes.insert(at + 2, lines);
}

/// What servers are known to take in different ways.
constexpr auto added_lines = std::to_array<std::string_view>({"Host: other\r\n",
                                                              "hOST: docs.s3.gateway.test\r\n",
                                                              "Content-Length: 5\r\n",
                                                              "Content-Length: 0\r\n",
                                                              "Content-Length: +5\r\n",
                                                              "Content-Length: 5, 5\r\n",
                                                              "Content-Length: 0x5\r\n",
                                                              "Content-Length: \r\n",
                                                              "Content-Length : 7\r\n",
                                                              "Content_Length: 7\r\n",
                                                              "Transfer-Encoding: chunked\r\n",
                                                              "Transfer-Encoding: xchunked\r\n",
                                                              "Transfer-Encoding : chunked\r\n",
                                                              "Transfer-Encoding:\x0b"
                                                              "chunked\r\n",
                                                              "Transfer-Encoding: identity\r\n",
                                                              "transfer-encoding: Chunked\r\n",
                                                              "Connection: close\r\n",
                                                              "Connection: user-agent\r\n",
                                                              "User-Agent: other\r\n",
                                                              "x-amz-copy-source: /docs/secret/a\r\n",
                                                              "x_amz_copy_source: /docs/secret/a\r\n",
                                                              "x-amz-acl: public-read\r\n",
                                                              " folded: yes\r\n",
                                                              "\tfolded\r\n",
                                                              "A: b\r\n c\r\n",
                                                              "X-Http-Method-Override: DELETE\r\n",
                                                              "X-Original-Url: /docs/secret/a\r\n",
                                                              "Upgrade: h2c\r\nConnection: upgrade\r\n",
                                                              "Expect: 100-continue\r\n",
                                                              "Expect: nonsense\r\n",
                                                              ": no name\r\n",
                                                              "no colon\r\n",
                                                              "A\x01: b\r\n",
                                                              "A: \x01\r\n",
                                                              "A: b\rC: d\r\n",
                                                              "A: b\nContent-Length: 9\r\n",
                                                              "\r\n",
                                                              "Trailer: x-amz-acl\r\n",
                                                              "TE: trailers\r\n",
                                                              "Authorization: Basic eDp5\r\n",
                                                              "x-amz-date: 20200101T000000Z\r\n",
                                                              "x-amz-content-sha256: UNSIGNED-PAYLOAD\r\n",
                                                              "Range: bytes=0-0\r\n"});
constexpr auto swaps = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{" /", " http://other/"},
     {" /", " //"},
     {" /", " "},
     {" HTTP/1.1", " HTTP/1.0"},
     {" HTTP/1.1", " HTTP/2.0"},
     {" HTTP/1.1", ""},
     {" HTTP/1.1", "  HTTP/1.1"},
     {" HTTP/1.1", "\tHTTP/1.1"},
     {"\r\n", "\n"},
     {"\r\n", "\r"},
     {"\r\n\r\n", "\n\n"},
     {"GET ", "DELETE "},
     {"PUT ", "POST "},
     {"public", "secret"},
     {"public", "public/../secret"},
     {"public", "%70ublic"},
     {"/docs", "/%64ocs"},
     {"?", "?acl&"},
     {"?", "%3F"},
     {"a", "A"},
     {": ", ":"},
     {": ", ":  "},
     {": ", " : "},
     {"user-agent", "USER-agent"},
     {"SignedHeaders=host;", "SignedHeaders="},
     {"chunk-signature=", "chunk-signature=0"},
     {"chunk-signature=", "a=b;chunk-signature="},
     {"\r\n0;", "\r\n00;"},
     {"0\r\n", "1\r\nx\r\n0\r\n"},
     {"Credential=", "Credential=X"},
     {"Content-Length: ", "Content-Length: 1"},
     {"Content-Length: ", "Content-Length: 0"}});

void Maker::spoil(std::string& bytes) {
    const auto somewhere = [&] {
        return choices_.below(static_cast<std::uint32_t>(std::min<std::size_t>(bytes.size(), 65'536)));
    };
    switch (choices_.below(8)) {
        case 0:
        case 1:
        case 2:
            add_lines(bytes, choices_.of(added_lines));
            break;
        case 3:
        case 4: {
            const auto& [what, with] = choices_.of(swaps);
            replace_first(bytes, what, with);
            break;
        }
        case 5:
            bytes[somewhere()] = static_cast<char>(choices_.below(256));
            break;
        case 6:
            if (choices_.one_in(4)) {
                bytes.resize(somewhere());
            } else {
                bytes.insert(somewhere(), 1, static_cast<char>(choices_.below(256)));
            }
            break;
        default:
            if (choices_.one_in(8)) {
                add_lines(bytes, "Long: " + std::string(70'000, 'a') + "\r\n");
            } else {
                bytes.insert(0, choices_.one_in(2) ? "\r\n" : "GET / HTTP/1.1\r\nA: ");
            }
    }
}

std::string to_bytes(const Draft& draft) {
    std::string bytes = draft.request.method + " " + draft.request.target + " HTTP/1.1\r\n";
    for (const auto& [name, value] : draft.request.headers)
        bytes.append(name).append(": ").append(value).append("\r\n");
    return bytes.append("\r\n").append(draft.body);
}

}  // namespace

std::vector<Stream> make_play(Choices& choices, const Signer& signer, std::uint64_t number) {
    Maker maker(choices, signer);
    std::vector<Stream> play(1 + choices.below(2));
    for (Stream& stream : play) {
        stream.piece_bytes = choices.one_in(4) ? 1 + choices.below(300) : 0;
        for (std::uint32_t left = 1 + choices.below(3); left > 0; --left) {
            const std::string mark = std::to_string(number) + "-" + std::to_string(&stream - play.data()) +
                                     "-" + std::to_string(stream.requests.size());
            Draft draft = maker.make(mark);
            std::string bytes = to_bytes(draft);
            for (std::uint32_t times = choices.below(5); times > 2 && !bytes.empty(); --times)
                maker.spoil(bytes);
            stream.bytes += bytes;
            stream.requests.push_back(std::move(draft.sent));
        }
    }
    return play;
}

}  // namespace writ::raw_http
