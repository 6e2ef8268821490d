#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gateway/form_reader.h"

// The first byte says how the body is cut, the rest is the body of a form with the boundary "B". Wherever it
// is cut, the same is read; no name stands twice; and what was read, written as a form again, is read the
// same.
namespace {

using namespace writ;
using namespace writ::gateway;

void must(bool holds) {
    if (!holds) std::abort();
}

struct Outcome {
    bool whole = false;
    FormFields fields;
    std::string file;
    bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view body, std::size_t piece_bytes) {
    auto form = FormReader::for_content_type("multipart/form-data; boundary=B");
    must(form.has_value());
    Outcome outcome;
    for (std::size_t at = 0; at < body.size(); at += piece_bytes) {
        if (!form->take(body.substr(at, piece_bytes), outcome.file)) return {};
        must(form->file_bytes() == outcome.file.size());
    }
    outcome.whole = form->finish().has_value();
    if (!outcome.whole) return {};
    outcome.fields = form->fields();
    return outcome;
}

std::string write(const Outcome& outcome) {
    std::string body;
    for (const auto& [name, value] : outcome.fields) {
        body.append("--B\r\nContent-Disposition: form-data; name=\"").append(name).append("\"\r\n\r\n");
        body.append(value).append("\r\n");
    }
    body.append("--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n").append(outcome.file);
    return body.append("\r\n--B--\r\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece_bytes = 1U + data[0];
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    const Outcome outcome = read(body, piece_bytes);
    must(outcome == read(body, body.size() + 1));
    if (!outcome.whole) return 0;
    for (std::size_t i = 0; i < outcome.fields.size(); ++i) {
        const std::string* value = find_field(outcome.fields, outcome.fields[i].first);
        must(value == &outcome.fields[i].second);
    }
    const std::string again = write(outcome);
    must(again.size() - outcome.file.size() > FormReader::fields_bytes_max || read(again, 7) == outcome);
    return 0;
}
