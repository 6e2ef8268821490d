#include <filesystem>
#include <gtest/gtest.h>
#include <stdexcept>
#include <unistd.h>

#include "base/random.h"
#include "base/time.h"
#include "server/configuration.h"
#include "server/server.h"
#include "writ/client.h"

/// include/writ/client.h as its users see it, against a server in this process.
namespace writ::client {
namespace {

class CppClient : public testing::TestWithParam<Form> {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_);
        server::ConfigurationSources sources;
        sources.environment = {{"WRIT_LISTEN", "127.0.0.1:0"},
                               {"WRIT_METRICS_LISTEN", "off"},
                               {"WRIT_DATA", (folder_ / "data").string()},
                               {"WRIT_THREADS", "1"},
                               {"WRIT_ROOT_ACCESS_KEY_ID", root.access_key_id},
                               {"WRIT_ROOT_SECRET_ACCESS_KEY", root.secret_access_key},
                               {"WRIT_LOG_FILE", (folder_ / "writ.log").string()}};
        auto loaded = server::load_configuration(sources);
        ASSERT_TRUE(loaded) << loaded.error().message;
        auto started = server::Server::start(
            std::move(*loaded), "1.2.3", [](const directory::KeyPair&) { return true; }, clock_, random_);
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
        url = "http://" + server_->address().text();
    }
    void TearDown() override {
        server_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    /// The text behind "NAME":" in JSON that has it once.
    static std::string member(const std::string& json, const std::string& name) {
        const std::size_t at = json.find("\"" + name + "\":\"");
        if (at == std::string::npos) return {};
        const std::size_t begin = at + name.size() + 4;
        return json.substr(begin, json.find('"', begin) - begin);
    }

    const Key root{.access_key_id = "AKIAWRITTESTWRITTEST",
                   .secret_access_key = "writ-test-writ-test-writ-test-writ-test-"};
    const std::string nobody = "arn:aws:iam::123456789012:user/nobody";
    std::string url;
    SystemClock clock_;
    SystemRandom random_;
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("writ-client-" + std::to_string(::getpid()));
    std::unique_ptr<server::Server> server_;
};

TEST_P(CppClient, AsksOneQuestion) {
    Client client(url, root, GetParam());
    const auto answer = client.authorize(Question{
        .action = "s3:GetObject",
        .resource = "arn:aws:s3:::orders/1",
        .context = {{"aws:SourceIp", "203.0.113.9"}, {"aws:TagKeys", std::vector<std::string>{"a", "b"}}}});
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_TRUE(answer->allowed());
    EXPECT_EQ(answer->decided_by, "root");
    const auto denied = client.authorize(
        Question{.principal = nobody, .action = "s3:GetObject", .resource = "arn:aws:s3:::orders/1"});
    ASSERT_TRUE(denied) << denied.error().message;
    EXPECT_FALSE(denied->allowed());
    EXPECT_EQ(denied->error, "NoSuchEntity");
    EXPECT_FALSE(denied->message.empty());
}

TEST_P(CppClient, AsksManyAndForExplanations) {
    Client client(url, root, GetParam());
    const std::vector<Question> questions{
        {.action = "s3:GetObject", .resource = "arn:aws:s3:::orders/1", .explain = true},
        {.action = "s3", .resource = "*"},
        {.action = "s3:GetObject", .resource = "arn:aws:s3:::orders/1", .resource_account = "210987654321"}};
    const auto answers = client.authorize(questions);
    ASSERT_TRUE(answers) << answers.error().message;
    ASSERT_EQ(answers->size(), 3U);
    EXPECT_TRUE((*answers)[0].allowed());
    EXPECT_NE((*answers)[0].explanation.find("\"decision\""), std::string::npos);
    EXPECT_EQ((*answers)[1].error, "ValidationError");
    EXPECT_EQ((*answers)[2].decision, Decision::implicit_deny);
    EXPECT_TRUE((*answers)[2].error.empty());
}

TEST_P(CppClient, TakesABearerToken) {
    const auto made = Client(url, root).call("POST", "/bearer-token", R"({"lifetime_s":60})");
    ASSERT_TRUE(made) << made.error().message;
    Client client(url + "/", Bearer{member(*made, "bearer_token")}, GetParam());
    for (int times = 0; times < 3; ++times) {
        const auto answer = client.authorize(Question{.action = "s3:GetObject", .resource = "*"});
        ASSERT_TRUE(answer) << answer.error().message;
        EXPECT_TRUE(answer->allowed());
    }
}

TEST_P(CppClient, NeverAllowsWithoutAnAnswer) {
    const Question question{.action = "s3:GetObject", .resource = "*"};
    EXPECT_FALSE(Answer{}.allowed());
    const auto forged =
        Client(url, Key{.access_key_id = root.access_key_id, .secret_access_key = "x"}, GetParam())
            .authorize(question);
    ASSERT_FALSE(forged);
    EXPECT_EQ(forged.error().status, 401);
    EXPECT_NE(forged.error().message.find("signature"), std::string::npos) << forged.error().message;
    Client client(url, root, GetParam());
    ASSERT_TRUE(client.authorize(question));
    server_->stop();
    const auto away = client.authorize(question);
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().status, 0);
}

INSTANTIATE_TEST_SUITE_P(Forms, CppClient, testing::Values(Form::json, Form::compact),
                         [](const auto& form) { return form.param == Form::json ? "Json" : "Compact"; });

}  // namespace
}  // namespace writ::client
