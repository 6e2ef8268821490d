#include "server/log.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <unistd.h>
#include <vector>

namespace writ::server {
namespace {

using nlohmann::json;

class Logging : public testing::Test {
  protected:
    Logging() {
        std::filesystem::create_directories(folder_);
        options_.file = (folder_ / "writ.log").string();
    }
    ~Logging() override { std::filesystem::remove_all(folder_); }

    Log& log() {
        if (!log_) {
            auto opened = Log::open(options_, clock_);
            if (!opened) throw std::runtime_error(opened.error().message);
            log_ = std::move(*opened);
        }
        return *log_;
    }
    std::string written() {
        log().flush();
        std::ifstream file(options_.file);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::vector<json> lines() {
        std::vector<json> parsed;
        std::istringstream text(written());
        for (std::string line; std::getline(text, line);) parsed.push_back(json::parse(line));
        return parsed;
    }

    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z") + std::chrono::milliseconds(7)};
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("writ-log-" + std::to_string(::getpid()));
    LogOptions options_;
    std::unique_ptr<Log> log_;
};

const std::string secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

HttpRequest some_request() {
    HttpRequest request;
    request.method = "POST";
    request.target = "/?X-Amz-Security-Token=" + secret;
    request.headers = {{"Authorization", "AWS4-HMAC-SHA256 Credential=x, Signature=" + secret},
                       {"X-Amz-Security-Token", secret}};
    request.body = "Action=CreateUser&Password=" + secret;
    request.peer_address = "203.0.113.9";
    request.request_id = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
    return request;
}

api::RequestRecord denied_record() {
    api::RequestRecord record;
    record.service = "iam";
    record.action = "CreateUser";
    record.account = "123456789012";
    record.caller_arn = "arn:aws:iam::123456789012:user/ada";
    record.access_key_id = "AKIAIOSFODNN7EXAMPLE";
    record.decision = "implicitDeny";
    record.decided_by = "identity";
    record.error_code = "AccessDenied";
    return record;
}

TEST_F(Logging, ARequestIsOneLineOfKnownFields) {
    log().request(some_request(), denied_record(), 403, std::chrono::microseconds(214));
    const auto all = lines();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0], json({{"time", "2026-11-24T04:23:00.007Z"},
                            {"level", "info"},
                            {"event", "request"},
                            {"request_id", "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"},
                            {"source_address", "203.0.113.9"},
                            {"account", "123456789012"},
                            {"caller", "arn:aws:iam::123456789012:user/ada"},
                            {"access_key_id", "AKIAIOSFODNN7EXAMPLE"},
                            {"service", "iam"},
                            {"action", "CreateUser"},
                            {"decision", "implicitDeny"},
                            {"decided_by", "identity"},
                            {"error_code", "AccessDenied"},
                            {"status", 403},
                            {"latency_us", 214}}));
}

TEST_F(Logging, NothingSecretIsTold) {
    log().request(some_request(), denied_record(), 403, std::chrono::microseconds(1));
    // Somebody took the secret for the id.
    api::RequestRecord swapped;
    swapped.access_key_id = secret;
    log().request(some_request(), swapped, 403, std::chrono::microseconds(1));
    EXPECT_EQ(lines()[1]["access_key_id"], "unknown");
    EXPECT_EQ(written().find(secret.substr(0, 8)), std::string::npos);
}

TEST_F(Logging, AnUnknownKeyOfTheRightFormIsTold) {
    api::RequestRecord record;
    record.access_key_id = "AKIAQEAAAAAAAAAAAAAA";
    log().request(some_request(), record, 403, std::chrono::microseconds(1));
    EXPECT_EQ(lines()[0]["access_key_id"], "AKIAQEAAAAAAAAAAAAAA");
}

TEST_F(Logging, ADefectIsAnError) {
    auto record = denied_record();
    record.defect = "the store: \"disk\nfull\"";
    options_.level = LogLevel::error;
    log().request(some_request(), record, 500, std::chrono::microseconds(1));
    log().request(some_request(), denied_record(), 403, std::chrono::microseconds(1));
    const auto all = lines();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]["level"], "error");
    EXPECT_EQ(all[0]["defect"], record.defect);
}

TEST_F(Logging, AnyBytesMakeAValidLine) {
    log().event(LogLevel::info, "odd",
                {{"control", std::string_view("\0\x1b\x7f\t", 4)},
                 {"broken", "\xff\xc3("},
                 {"wide", "Zürich → 東京"},
                 {"long", std::string(100'000, 'x')}});
    const auto all = lines();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0]["control"], std::string("\0\x1b\x7f\t", 4));
    EXPECT_EQ(all[0]["broken"], "\u00ff\u00c3(");
    EXPECT_EQ(all[0]["wide"], "Zürich → 東京");
    EXPECT_EQ(all[0]["long"].get<std::string>().size(), 2'048U);
}

TEST_F(Logging, TextHasTheSameFields) {
    options_.format = LogFormat::text;
    log().event(LogLevel::warning, "started", {{"listen", "127.0.0.1:7600"}, {"data", "a b"}});
    EXPECT_EQ(written(),
              "2026-11-24T04:23:00.007Z level=warning event=started listen=127.0.0.1:7600 data=\"a b\"\n");
}

TEST_F(Logging, LinesOfAThreadStayInOrder) {
    constexpr int threads = 4;
    constexpr int each = 500;
    log();
    {
        std::vector<std::jthread> running;
        for (int thread = 0; thread < threads; ++thread) {
            running.emplace_back([this, thread] {
                HttpRequest request;
                request.request_id = std::to_string(thread);
                for (int i = 0; i < each; ++i) log_->request(request, {}, i, {});
            });
        }
    }
    std::map<std::string, int> next;
    for (const json& line : lines()) EXPECT_EQ(line["status"], next[line["request_id"]]++);
    EXPECT_EQ(next.size(), threads);
    for (const auto& [thread, count] : next) EXPECT_EQ(count, each);
    EXPECT_EQ(log_->dropped(), 0U);
}

TEST_F(Logging, WhatIsDroppedIsCountedAndTold) {
    options_.waiting_bytes_max = 1'000;
    constexpr int many = 50'000;
    for (int i = 0; i < many; ++i) log().request(some_request(), denied_record(), 403, {});
    std::uint64_t told = 0;
    std::uint64_t kept = 0;
    for (const json& line : lines()) {
        if (line["event"] == "lines_dropped")
            told += line["count"].get<std::uint64_t>();
        else
            ++kept;
    }
    EXPECT_GT(told, 0U);
    EXPECT_EQ(told, log().dropped());
    EXPECT_EQ(told + kept, static_cast<std::uint64_t>(many));
}

TEST_F(Logging, FilesAreTurnedOver) {
    options_.file_bytes_max = 4'096;
    options_.files_max = 2;
    for (int i = 0; i < 60; ++i) {
        log().request(some_request(), denied_record(), 403, {});
        log().flush();
    }
    EXPECT_TRUE(std::filesystem::exists(folder_ / "writ.1.log"));
    EXPECT_TRUE(std::filesystem::exists(folder_ / "writ.2.log"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "writ.3.log"));
    EXPECT_LE(std::filesystem::file_size(options_.file), 4'096U);
}

TEST_F(Logging, AFileThatCannotBeWrittenIsAnError) {
    options_.file = "/proc/nowhere/writ.log";
    const auto opened = Log::open(options_, clock_);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("/proc/nowhere"), std::string::npos) << opened.error().message;
}

}  // namespace
}  // namespace writ::server
