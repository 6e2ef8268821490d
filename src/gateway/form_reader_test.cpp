#include "gateway/form_reader.h"

#include <gtest/gtest.h>

namespace writ::gateway {
namespace {

constexpr std::string_view content_type = "multipart/form-data; boundary=B";

std::string part(std::string_view disposition, std::string_view content) {
    std::string text = "--B\r\nContent-Disposition: form-data; ";
    return text.append(disposition).append("\r\n\r\n").append(content).append("\r\n");
}
std::string field(std::string_view name, std::string_view value) {
    return part("name=\"" + std::string(name) + "\"", value);
}
std::string file(std::string_view content, std::string_view name = "a.txt") {
    return part("name=\"file\"; filename=\"" + std::string(name) + "\"\r\nContent-Type: text/plain", content);
}
constexpr std::string_view end = "--B--\r\n";

struct Read {
    FormFields fields;
    std::string file, file_name;
    std::string error;  ///< Code; empty: none.
    std::uint64_t bytes_before_file = 0;

    bool operator==(const Read&) const = default;
};

Read read(std::string_view body, std::size_t piece_bytes = 1'000'000, std::string_view type = content_type) {
    Read read;
    auto form = FormReader::for_content_type(type);
    if (!form) return {.fields = {}, .file = {}, .file_name = {}, .error = form.error().code};
    Result<void> done;
    for (std::size_t at = 0; done && at < body.size(); at += piece_bytes) {
        done = form->take(body.substr(at, piece_bytes), read.file);
    }
    if (done) done = form->finish();
    if (!done) read.error = done.error().code;
    read.fields = form->fields();
    read.file_name = form->file_name();
    read.bytes_before_file = form->bytes_before_file();
    EXPECT_EQ(form->file_bytes(), read.file.size());
    return read;
}

TEST(FormReader, FieldsAndTheFileWhereverTheBodyIsCut) {
    const std::string head = field("key", "a/${filename}") + field("Content-Type", "") +
                             field("x-amz-meta-note", "two\r\nlines\r\n--A");
    const std::string content = "\r\n--\r\n--C\r\n\r\n--A--\r\n";
    const std::string body = head + file(content) + std::string(end);
    const Read whole = read(body);
    EXPECT_EQ(whole.error, "");
    EXPECT_EQ(whole.fields, (FormFields{{"key", "a/${filename}"},
                                        {"Content-Type", ""},
                                        {"x-amz-meta-note", "two\r\nlines\r\n--A"}}));
    EXPECT_EQ(whole.file, content);
    EXPECT_EQ(whole.file_name, "a.txt");
    EXPECT_EQ(whole.bytes_before_file, body.find(content));
    for (std::size_t piece_bytes = 1; piece_bytes < 40; ++piece_bytes) {
        EXPECT_EQ(read(body, piece_bytes), whole) << piece_bytes;
    }
}

TEST(FormReader, TellsHowMuchUsuallyFollowsTheFile) {
    const std::string body = field("key", "a") + file("content") + std::string(end);
    auto form = FormReader::for_content_type(content_type);
    ASSERT_TRUE(form);
    std::string given;
    ASSERT_TRUE(form->take(body, given));
    EXPECT_EQ(form->bytes_before_file() + given.size() + form->usual_bytes_behind_file(), body.size());
}

TEST(FormReader, TheLastLineNeedsNoEnd) {
    EXPECT_EQ(read(field("key", "a") + file("content") + "--B--").file, "content");
    EXPECT_EQ(read(field("key", "a") + file("content") + "--B--").error, "");
    EXPECT_EQ(read(field("key", "a") + file("content") + "--B--\r").error, "MalformedPOSTRequest");
    EXPECT_EQ(read(field("key", "a") + file("content") + "--B--\r\nmore").error, "MalformedPOSTRequest");
    EXPECT_EQ(read(field("key", "a") + file("content") + "--B--\r\n\r\n").error, "MalformedPOSTRequest");
}

TEST(FormReader, WhatFollowsTheFileIsIgnored) {
    const Read got = read(field("key", "a") + file("content") + field("submit", "Upload") +
                          field("key", "other") + std::string(end));
    EXPECT_EQ(got.error, "");
    EXPECT_EQ(got.file, "content");
    EXPECT_EQ(got.fields, (FormFields{{"key", "a"}}));
}

TEST(FormReader, ExactlyOneFile) {
    EXPECT_EQ(read(field("key", "a") + std::string(end)).error, "InvalidArgument");
    EXPECT_EQ(read(file("a") + file("b") + std::string(end)).error, "InvalidArgument");
    EXPECT_EQ(read(field("File", "text of a text area") + std::string(end)).file, "text of a text area");
}

TEST(FormReader, WhatTwoReadersCouldReadDifferently) {
    const std::string bad = "MalformedPOSTRequest";
    EXPECT_EQ(read("").error, bad);
    EXPECT_EQ(read("\r\n" + field("key", "a") + file("a") + std::string(end)).error, bad);
    EXPECT_EQ(read("preamble\r\n" + field("key", "a") + file("a") + std::string(end)).error, bad);
    EXPECT_EQ(read(field("key", "a") + field("KEY", "b") + file("a") + std::string(end)).error, bad);
    EXPECT_EQ(read(field("key", "a") + file("no end")).error, bad);
    EXPECT_EQ(read(field("key", "a") + file("a") + "--B \r\n").error, bad) << "padding";
    EXPECT_EQ(read(field("key", "a") + file("a\r\n--Bx") + std::string(end)).error, bad);
    EXPECT_EQ(read("--B\r\n\r\na\r\n" + std::string(end)).error, bad) << "no head";
    EXPECT_EQ(read("--B\r\nContent-Type: text/plain\r\n\r\na\r\n" + std::string(end)).error, bad);
    EXPECT_EQ(read(part("name=\"a\"; name=\"file\"", "a") + std::string(end)).error, bad);
    EXPECT_EQ(read(part("name=\"a\"\r\nContent-Disposition: form-data; name=\"file\"", "a")).error, bad);
    EXPECT_EQ(read(part("name=\"a\"\r\n folded: b", "a") + std::string(end)).error, bad);
    EXPECT_EQ(read(part("name=\"a\\\"b\"", "a") + std::string(end)).error, bad);
    EXPECT_EQ(read(part("name=\"\"", "a") + std::string(end)).error, bad);
    EXPECT_EQ(read(part("name=\"a\nb\"", "a") + std::string(end)).error, bad);
    EXPECT_EQ(
        read(part("name=\"file\"\r\nContent-Transfer-Encoding: base64", "YQ==") + std::string(end)).error,
        bad);
}

TEST(FormReader, NamesOfFiles) {
    EXPECT_EQ(read(file("", "C:\\dir\\a.txt") + std::string(end)).file_name, "C:\\dir\\a.txt");
    EXPECT_EQ(read(file("", "say \\\"a\\\"") + std::string(end)).file_name, "say \"a\"");
    EXPECT_EQ(read(file("", "ü") + std::string(end)).file_name, "ü");
    EXPECT_EQ(read(file("", "\xFF") + std::string(end)).error, "MalformedPOSTRequest");
}

TEST(FormReader, Boundaries) {
    const std::string body = "--a b\r\nContent-Disposition: form-data; name=file\r\n\r\nx\r\n--a b--\r\n";
    EXPECT_EQ(read(body, 5, "Multipart/Form-Data; charset=UTF-8; Boundary=\"a b\"").file, "x");
    for (const std::string_view type :
         {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a",
          "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a \"",
          "multipart/form-data; boundary=a;", "multipart/mixed; boundary=a"}) {
        EXPECT_FALSE(FormReader::for_content_type(type)) << type;
    }
    EXPECT_FALSE(FormReader::for_content_type("multipart/form-data; boundary=" + std::string(71, 'a')));
}

TEST(FormReader, FieldsAreBounded) {
    const std::string much(20'000, 'a');
    EXPECT_EQ(read(field("key", much) + file("a") + std::string(end)).error, "");
    EXPECT_EQ(read(field("key", much + much) + file("a") + std::string(end)).error,
              "MaxPostPreDataLengthExceeded");
    EXPECT_EQ(read(field("key", much + much), 1'000).error, "MaxPostPreDataLengthExceeded") << "in pieces";
    EXPECT_EQ(read(file("a") + field("later", much + much) + std::string(end)).error,
              "MaxPostPreDataLengthExceeded");
    EXPECT_EQ(read(field("key", "a") + file(much + much) + std::string(end)).file, much + much);
}

}  // namespace
}  // namespace writ::gateway
