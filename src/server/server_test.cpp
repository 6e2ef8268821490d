#include "server/server.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sigv4_signer.h"
#include "server/internal/raw_client_for_tests.h"

namespace writ::server {
namespace {

using internal::RawClient;
using testing::HasSubstr;
using testing::StartsWith;

class Serving : public testing::Test {
  protected:
    ~Serving() override {
        server_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    LoadedConfiguration configuration() {
        ConfigurationSources sources;
        sources.environment = {{"WRIT_LISTEN", "127.0.0.1:0"},
                               {"WRIT_METRICS_LISTEN", "127.0.0.1:0"},
                               {"WRIT_DATA", (folder_ / "data").string()},
                               {"WRIT_THREADS", "1"},
                               {"WRIT_LOG_FILE", (folder_ / "writ.log").string()}};
        std::ranges::copy(more_, std::back_inserter(sources.environment));
        auto loaded = load_configuration(sources);
        if (!loaded) throw std::runtime_error(loaded.error().message);
        return std::move(*loaded);
    }
    Result<std::unique_ptr<Server>> try_start() {
        return Server::start(
            configuration(), "1.2.3",
            [this](const directory::KeyPair& made) {
                shown_.push_back(made.access_key_id);
                shown_secret_ = made.secret.copy();
                return can_show_;
            },
            clock_, random_);
    }
    void start() {
        auto started = try_start();
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    std::string start_error() {
        const auto started = try_start();
        return started ? "" : started.error().message;
    }
    static std::string ask(const Address& address, const std::string& target,
                           std::string_view method = "GET") {
        RawClient client(address);
        client.send(std::string(method) + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        return client.read_to_end();
    }
    [[nodiscard]] std::string log() const {
        std::ifstream file(folder_ / "writ.log");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    [[nodiscard]] static unsigned mode_of(const std::filesystem::path& path) {
        struct stat status{};
        return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0;
    }

    SystemClock clock_;
    SystemRandom random_;
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("writ-server-" + std::to_string(::getpid()));
    std::vector<std::pair<std::string, std::string>> more_;
    std::vector<std::string> shown_;
    Secret shown_secret_;
    bool can_show_ = true;
    std::unique_ptr<Server> server_;

    void SetUp() override { std::filesystem::create_directories(folder_); }
};

TEST_F(Serving, AnswersOnBothPortsAndStops) {
    start();
    ASSERT_NE(server_->address().port, 0);
    ASSERT_NE(server_->metrics_address(), nullptr);
    const std::string answer =
        ask(server_->address(), "/?Action=GetCallerIdentity&Version=2011-06-15", "POST");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 403 "));
    EXPECT_THAT(answer, HasSubstr("MissingAuthenticationToken"));
    EXPECT_THAT(ask(*server_->metrics_address(), "/health"),
                testing::AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr(R"("status":"ok","version":"1.2.3")")));
    EXPECT_THAT(ask(*server_->metrics_address(), "/metrics"),
                HasSubstr("writ_authentication_failures_total{code=\"MissingAuthenticationToken\"} 1\n"));

    const Address was = server_->address();
    server_->stop();
    EXPECT_FALSE(RawClient(was).connected());
    const std::string said = log();
    EXPECT_THAT(said, HasSubstr(R"("event":"started")"));
    EXPECT_THAT(said, HasSubstr(R"("error_code":"MissingAuthenticationToken","status":403)"));
    EXPECT_THAT(said, HasSubstr(R"("event":"stopped")"));
}

TEST_F(Serving, TheRootKeyIsShownOnceAndNeverLogged) {
    start();
    ASSERT_EQ(shown_.size(), 1U);
    server_.reset();
    start();
    EXPECT_EQ(shown_.size(), 1U);
    EXPECT_EQ(log().find(shown_secret_.reveal()), std::string::npos);
}

TEST_F(Serving, ARootKeyThatNobodySawIsNotKept) {
    can_show_ = false;
    EXPECT_THAT(start_error(), HasSubstr("could not be printed"));
    can_show_ = true;
    start();
    EXPECT_EQ(shown_.size(), 2U);
}

TEST_F(Serving, AChosenRootKeyIsNotShown) {
    more_ = {{"WRIT_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"},
             {"WRIT_ROOT_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}};
    start();
    EXPECT_TRUE(shown_.empty());
}

TEST_F(Serving, ConfiguredQuotasHoldAndSignedCallsLeaveNothingSecretInTheLog) {
    const std::string secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    more_ = {{"WRIT_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"},
             {"WRIT_ROOT_SECRET_ACCESS_KEY", secret},
             {"WRIT_QUOTAS", "UsersPerAccount=1"}};
    start();
    const auto create_user = [&](const std::string& name) {
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.headers = {{"Host", server_->address().text()},
                           {"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = "Action=CreateUser&Version=2010-05-08&UserName=" + name;
        crypto::sign(request, {"AKIAIOSFODNN7EXAMPLE", Secret(secret), {}}, "us-east-1", "iam", clock_.now());
        std::string wire =
            "POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + std::to_string(request.body.size()) +
            "\r\n";
        for (const auto& [field, value] : request.headers) wire.append(field + ": " + value + "\r\n");
        RawClient client(server_->address());
        client.send(wire + "\r\n" + request.body);
        return client.read_to_end();
    };
    EXPECT_THAT(create_user("ada"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(create_user("bob"), HasSubstr("Cannot exceed quota for UsersPerAccount: 1"));
    server_->stop();
    const std::string said = log();
    EXPECT_THAT(said, HasSubstr(R"("caller":"arn:aws:iam::123456789012:root","access_key_id":"AKIAIOSF)"));
    EXPECT_THAT(said, HasSubstr(R"("error_code":"LimitExceeded","status":409)"));
    for (const char* private_text : {"wJalrXUtnFEMI", "Signature=", "UserName="})
        EXPECT_EQ(said.find(private_text), std::string::npos) << private_text;
}

TEST_F(Serving, WhatIsKeptIsForTheOwnerOnly) {
    start();
    EXPECT_EQ(mode_of(folder_ / "data"), 0700U);
    for (const char* name : {"writ.db", "keys", "lock"})
        EXPECT_EQ(mode_of(folder_ / "data" / name), 0600U) << name;
}

TEST_F(Serving, OneServerADirectory) {
    start();
    EXPECT_THAT(start_error(),
                HasSubstr("is in use by another Writ (process " + std::to_string(::getpid()) + ")"));
    server_.reset();
    start();
}

TEST_F(Serving, APortInUseIsSaid) {
    start();
    const std::string taken = server_->address().text();
    more_ = {{"WRIT_DATA", (folder_ / "other").string()}, {"WRIT_LISTEN", taken}};
    EXPECT_EQ(start_error(),
              "Cannot listen on " + taken +
                  ": Address already in use. Choose another with --listen HOST:PORT; port 0 takes "
                  "a free one.");
}

TEST_F(Serving, ADirectoryThatCannotBeMadeIsSaid) {
    more_ = {{"WRIT_DATA", "/proc/nowhere/data"}};
    EXPECT_THAT(start_error(), StartsWith("The data directory /proc/nowhere/data cannot be made: "));
    std::ofstream(folder_ / "file") << "x";
    more_ = {{"WRIT_DATA", (folder_ / "file").string()}};
    EXPECT_THAT(start_error(), HasSubstr("cannot be opened: Not a directory. Choose another with --data"));
}

TEST_F(Serving, DamagedKeysAreSaid) {
    start();
    server_.reset();
    std::ofstream(folder_ / "data" / "keys") << "rubbish\n";
    EXPECT_THAT(start_error(), HasSubstr("keys does not begin with writ-keys-1. Restore it from a backup"));
    std::filesystem::remove(folder_ / "data" / "keys");
    EXPECT_THAT(start_error(), HasSubstr("keys is missing. Restore it from a backup"));
}

TEST_F(Serving, AForeignDatabaseIsSaid) {
    start();
    server_.reset();
    std::ofstream(folder_ / "data" / "writ.db") << std::string(4'096, 'x');
    EXPECT_THAT(start_error(),
                testing::AllOf(HasSubstr("writ.db cannot be used: "), HasSubstr("another data directory")));
}

}  // namespace
}  // namespace writ::server
