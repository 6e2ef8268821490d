#include "gateway/form_upload.h"

#include <gtest/gtest.h>

// Cases from "POST Object" and "Creating an HTML Form" in the API reference of S3.
namespace writ::gateway {
namespace {

Result<FormUpload> read(const FormFields& fields) {
    return read_form_upload(fields, "photos", "http://gateway:7700/photos");
}
std::string error(const FormFields& fields) {
    const auto upload = read(fields);
    return upload ? "" : upload.error().code;
}

TEST(FormUpload, TheNameOfTheFileIsItsLastSegment) {
    const FormFields fields{{"key", "user/${filename}/${filename}"},
                            {"x-amz-meta-name", "${filename}"},
                            {"policy", "${filename}"},
                            {"X-Amz-Signature", "${filename}"}};
    const FormFields expanded = expand_fields(fields, "C:\\Program Files\\directory1\\file.txt");
    EXPECT_EQ(expanded, (FormFields{{"key", "user/file.txt/file.txt"},
                                    {"x-amz-meta-name", "file.txt"},
                                    {"policy", "${filename}"},
                                    {"X-Amz-Signature", "${filename}"}}));
    EXPECT_EQ(expand_fields(fields, "../../etc/passwd").front().second, "user/passwd/passwd");
    EXPECT_EQ(expand_fields(fields, "").front().second, "user//");
    EXPECT_EQ(expand_fields(fields, "dir/").front().second, "user//");
    EXPECT_EQ(expand_fields(fields, "${filename}").front().second, "user/${filename}/${filename}")
        << "replaced once";
}

TEST(FormUpload, FieldsBecomeTheHeadersOfAPut) {
    const auto upload = read({{"key", "a b"},
                              {"acl", "public-read"},
                              {"Content-Type", "image/jpeg"},
                              {"X-Amz-Meta-Uuid", "1"},
                              {"x-amz-meta-empty", ""},
                              {"Cache-Control", ""},
                              {"x-amz-server-side-encryption", "AES256"},
                              {"x-amz-checksum-algorithm", "SHA256"},
                              {"X-Amz-Credential", "AKIA/20261125/us-east-1/s3/aws4_request"},
                              {"Content-Length", "1"},
                              {"Authorization", "AWS4"},
                              {"x-ignore-me", "1"},
                              {"submit", "Upload"}});
    ASSERT_TRUE(upload) << upload.error().message;
    EXPECT_EQ(upload->headers, (HttpHeaders{{"x-amz-acl", "public-read"},
                                            {"content-type", "image/jpeg"},
                                            {"x-amz-meta-uuid", "1"},
                                            {"x-amz-meta-empty", ""},
                                            {"x-amz-server-side-encryption", "AES256"},
                                            {"x-amz-sdk-checksum-algorithm", "SHA256"}}));
    EXPECT_EQ(upload->answer.status, 204);
    EXPECT_EQ(upload->answer.key, "a b");
    EXPECT_EQ(upload->answer.location, "http://gateway:7700/photos/a%20b");
}

TEST(FormUpload, TagsComeInXml) {
    const auto upload = read({{"key", "a"},
                              {"tagging",
                               "<Tagging><TagSet><Tag><Key>Tag Name</Key><Value>a&amp;b</Value></Tag>"
                               "<Tag><Key>k</Key><Value></Value></Tag></TagSet></Tagging>"}});
    ASSERT_TRUE(upload) << upload.error().message;
    EXPECT_EQ(upload->headers, (HttpHeaders{{"x-amz-tagging", "Tag%20Name=a%26b&k="}}));
    for (const char* xml :
         {"a=b", "<Tags/>", "<Tagging><TagSet><Tag><Value>v</Value></Tag></TagSet></Tagging>",
          "<!DOCTYPE x><Tagging><TagSet/></Tagging>"}) {
        EXPECT_EQ(error({{"key", "a"}, {"tagging", xml}}), "MalformedXML") << xml;
    }
}

TEST(FormUpload, WhatCannotBePutIsRefused) {
    EXPECT_EQ(error({}), "InvalidArgument");
    EXPECT_EQ(error({{"key", ""}}), "InvalidArgument");
    EXPECT_EQ(error({{"key", "\xFF"}}), "InvalidArgument");
    EXPECT_EQ(error({{"key", std::string(1024, 'a')}}), "");
    EXPECT_EQ(error({{"key", std::string(1025, 'a')}}), "KeyTooLongError");
    EXPECT_EQ(error({{"key", "a"}, {"x-amz-copy-source", "/other/secret"}}), "NotImplemented");
    EXPECT_EQ(error({{"key", "a"}, {"acl", "private"}, {"x-amz-acl", "public-read"}}), "InvalidArgument");
    EXPECT_EQ(error({{"key", "a"}, {"x-amz-meta-a", "b\r\nx-amz-acl: public-read"}}), "InvalidArgument");
    EXPECT_EQ(error({{"key", "a"}, {"x-amz-meta-a: b, c", "d"}}), "InvalidArgument");
    EXPECT_EQ(error({{"key", "a"}, {"acl", " public-read"}}), "InvalidArgument")
        << "conditions saw the blank";
}

TEST(FormUpload, AnswersAsTheFormAsksFor) {
    const HttpHeaders of_upstream{{"ETag", "\"abc\""},
                                  {"x-amz-version-id", "v1"},
                                  {"Content-Length", "0"},
                                  {"Connection", "keep-alive"},
                                  {"Set-Cookie", "a=b"}};
    const auto answer = [&](const FormFields& fields) {
        FormFields all = fields;
        all.emplace_back("key", "user/a b");
        const auto upload = read(all);
        EXPECT_TRUE(upload);
        return print_form_answer(upload->answer, of_upstream, "id-1");
    };
    const HttpResponse usual = answer({});
    EXPECT_EQ(usual.status, 204);
    EXPECT_EQ(usual.body, "");
    EXPECT_EQ(usual.headers, (HttpHeaders{{"ETag", "\"abc\""},
                                          {"x-amz-version-id", "v1"},
                                          {"Location", "http://gateway:7700/photos/user/a%20b"},
                                          {"x-amzn-RequestId", "id-1"}}));
    EXPECT_EQ(answer({{"success_action_status", "200"}}).status, 200);
    EXPECT_EQ(answer({{"success_action_status", "302"}}).status, 204) << "not valid";
    const HttpResponse created = answer({{"success_action_status", "201"}});
    EXPECT_EQ(created.status, 201);
    EXPECT_EQ(created.body,
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse>"
              "<Location>http://gateway:7700/photos/user/a%20b</Location><Bucket>photos</Bucket>"
              "<Key>user/a b</Key><ETag>\"abc\"</ETag></PostResponse>");
    const auto goes_to = [&](const char* field, const char* url) {
        const HttpResponse response = answer({{field, url}, {"success_action_status", "201"}});
        return std::to_string(response.status) + " " + *find_header(response.headers, "location");
    };
    const std::string query = "bucket=photos&key=user%2Fa%20b&etag=%22abc%22";
    EXPECT_EQ(goes_to("success_action_redirect", "https://shop.example/done"),
              "303 https://shop.example/done?" + query);
    EXPECT_EQ(goes_to("redirect", "http://shop.example/?a=b#top"),
              "303 http://shop.example/?a=b&" + query + "#top");
    for (const char* url : {"javascript:alert(1)", "/done", "http://a\r\nSet-Cookie: a=b", ""}) {
        EXPECT_TRUE(goes_to("success_action_redirect", url).starts_with("201 http://gateway")) << url;
    }
}

}  // namespace
}  // namespace writ::gateway
