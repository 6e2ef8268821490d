#include "server/configuration.h"

#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <set>

namespace writ::server {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class ConfigurationOf : public testing::Test {
  protected:
    ~ConfigurationOf() override {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }
    void write(std::string_view text) {
        std::ofstream(file_) << text;
        sources_.file = file_;
    }
    void flag(std::string_view key, std::string value) {
        for (const Setting& setting : settings()) {
            if (setting.key == key) sources_.flags.emplace_back(&setting, std::move(value));
        }
    }
    [[nodiscard]] Configuration loaded() const {
        auto result = load_configuration(sources_);
        EXPECT_TRUE(result) << result.error().message;
        return result ? std::move(result->configuration) : Configuration{};
    }
    [[nodiscard]] std::string error() const {
        const auto result = load_configuration(sources_);
        return result ? "" : result.error().message;
    }

    std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                  ("writ-configuration-" + std::to_string(::getpid()) + ".toml");
    ConfigurationSources sources_;
};

TEST_F(ConfigurationOf, NothingIsTheStandard) {
    const Configuration standard = loaded();
    EXPECT_EQ(standard.listen, (Address{"127.0.0.1", 7600}));
    EXPECT_EQ(standard.metrics_listen, (Address{"127.0.0.1", 7601}));
    EXPECT_EQ(standard.account_id, "123456789012");
    EXPECT_EQ(standard.region, "us-east-1");
    EXPECT_TRUE(standard.root_access_key_id.empty());
    EXPECT_EQ(standard.rotate_keys_after, std::chrono::days{90});
    // The standards of the table are those of the parts.
    const HttpLimits limits;
    EXPECT_EQ(standard.limits.body_bytes_max, limits.body_bytes_max);
    EXPECT_EQ(standard.limits.header_bytes_max, limits.header_bytes_max);
    EXPECT_EQ(standard.limits.connections_max, limits.connections_max);
    EXPECT_EQ(standard.limits.request_timeout, limits.request_timeout);
    EXPECT_EQ(standard.limits.write_timeout, limits.write_timeout);
    EXPECT_EQ(standard.limits.idle_timeout, limits.idle_timeout);
    EXPECT_EQ(standard.limits.drain_timeout, limits.drain_timeout);
    const LogOptions log;
    EXPECT_EQ(standard.log.level, log.level);
    EXPECT_EQ(standard.log.format, log.format);
    EXPECT_EQ(standard.log.file_bytes_max, log.file_bytes_max);
    EXPECT_EQ(standard.log.files_max, log.files_max);
}

TEST_F(ConfigurationOf, AFileSetsAll) {
    write(R"(
listen = "0.0.0.0:80"
metrics_listen = "off"
public_url = "https://iam.example.com"
threads = 3

[root]
access_key_id = "AKIAIOSFODNN7EXAMPLE"
secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

[log]
level = "warning"

[limits]
idle_timeout_s = 5

[quotas]
UsersPerAccount = 7
TagsPerRole = 1
)");
    const Configuration configuration = loaded();
    EXPECT_EQ(configuration.listen, (Address{"0.0.0.0", 80}));
    EXPECT_FALSE(configuration.metrics_listen);
    EXPECT_EQ(configuration.public_url, "https://iam.example.com");
    EXPECT_EQ(configuration.threads, 3U);
    EXPECT_EQ(configuration.root_access_key_id, "AKIAIOSFODNN7EXAMPLE");
    EXPECT_EQ(configuration.root_secret_access_key.reveal(), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    EXPECT_EQ(configuration.log.level, LogLevel::warning);
    EXPECT_EQ(configuration.limits.idle_timeout, std::chrono::seconds(5));
    EXPECT_EQ(configuration.quotas[directory::Quota::users_per_account], 7);
    EXPECT_EQ(configuration.quotas[directory::Quota::tags_per_role], 1);
    EXPECT_EQ(configuration.quotas[directory::Quota::tags_per_user], 50);
}

TEST_F(ConfigurationOf, FlagsWinOverTheEnvironmentAndThatOverTheFile) {
    write("listen = \"127.0.0.1:1\"\nregion = \"eu-west-1\"\naccount_id = \"111111111111\"\n");
    sources_.environment = {{"WRIT_LISTEN", "127.0.0.1:2"}, {"WRIT_REGION", "eu-west-2"}};
    flag("listen", "127.0.0.1:3");
    const Configuration configuration = loaded();
    EXPECT_EQ(configuration.listen.port, 3);
    EXPECT_EQ(configuration.region, "eu-west-2");
    EXPECT_EQ(configuration.account_id, "111111111111");
}

TEST_F(ConfigurationOf, AnEmptyVariableIsNotSet) {
    sources_.environment = {{"WRIT_LISTEN", ""}};
    EXPECT_EQ(loaded().listen.port, 7600);
}

TEST_F(ConfigurationOf, TheEnvironmentNamesTheFileUnlessAFlagDoes) {
    write("region = \"eu-west-1\"\n");
    sources_.file.reset();
    sources_.environment = {{"WRIT_CONFIG", file_.string()}};
    EXPECT_EQ(loaded().region, "eu-west-1");
    sources_.file = "/nowhere/writ.toml";
    EXPECT_THAT(error(), StartsWith("/nowhere/writ.toml: "));
}

TEST_F(ConfigurationOf, UnknownKeysAreErrorsWithTheirPlace) {
    write("region = \"eu-west-1\"\n  listn = \"127.0.0.1:1\"\n");
    EXPECT_THAT(error(), StartsWith(file_.string() + ":2:3: 'listn' is not a setting."));
    EXPECT_THAT(error(), HasSubstr("Did you mean listen?"));
    write("[log]\nlevle = \"info\"\n");
    EXPECT_THAT(error(), StartsWith(file_.string() + ":2:1: 'log.levle' is not a setting."));
    EXPECT_THAT(error(), HasSubstr("log.level"));
    write("[quotas]\nUserPerAccount = 4\n");
    EXPECT_THAT(error(), StartsWith(file_.string() + ":2:1: 'UserPerAccount' is not a quota."));
    EXPECT_THAT(error(), HasSubstr("UsersPerAccount"));
}

TEST_F(ConfigurationOf, BrokenFilesAreErrorsWithTheirPlace) {
    write("region = \"eu-west-1\"\nlisten 4\n");
    EXPECT_THAT(error(), StartsWith(file_.string() + ":2:"));
    write("threads = 1.5\n");
    EXPECT_EQ(error(), file_.string() + ":1:1: 'threads' must be text or a whole number.");
    write("region = \"a\"\nregion = \"b\"\n");
    EXPECT_THAT(error(), StartsWith(file_.string() + ":2:"));
}

TEST_F(ConfigurationOf, WrongValuesNameTheirSource) {
    sources_.environment = {{"WRIT_LISTEN", "7600"}};
    EXPECT_EQ(error(), "WRIT_LISTEN: '7600' is not HOST:PORT: there is no port.");
    sources_.environment.clear();
    flag("log.level", "loud");
    EXPECT_EQ(error(), "--log-level: 'loud' is not info, warning or error.");
}

struct Wrong {
    std::string_view key;
    std::string_view value;
    std::string_view said;
};
constexpr auto wrong_values = std::to_array<Wrong>({
    {"account_id", "12345", "twelve digits"},
    {"threads", "-1", "whole number"},
    {"threads", "2x", "whole number"},
    {"threads", "100000", "whole number"},
    {"region", "us east", "name of a region"},
    {"public_url", "iam.example.com", "not a URL"},
    {"public_url", "https://iam.example.com/", "not a URL"},
    {"public_url", "https://iam.example.com?a=b", "not a URL"},
    {"database", "oracle://localhost/writ", "it is no database"},
    {"log.format", "xml", "json or text"},
    {"limits.request_timeout_s", "0", "whole number"},
    {"quotas", "UsersPerAccount", "QUOTA=NUMBER"},
    {"quotas", "UsersPerAccount=many", "whole number"},
    {"data", "", "needs a name"},
});

TEST_F(ConfigurationOf, RefusesWrongValues) {
    for (const Wrong& wrong : wrong_values) {
        SCOPED_TRACE(wrong.value);
        sources_.flags.clear();
        flag(wrong.key, std::string(wrong.value));
        ASSERT_EQ(sources_.flags.size(), 1U);
        EXPECT_THAT(error(), HasSubstr(std::string(wrong.said)));
    }
}

TEST_F(ConfigurationOf, TheRootKeyIsGivenWholeOrNotAtAll) {
    sources_.environment = {{"WRIT_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"}};
    EXPECT_THAT(error(), HasSubstr("belong together"));
}

TEST_F(ConfigurationOf, QuotasFromOneText) {
    sources_.environment = {{"WRIT_QUOTAS", "UsersPerAccount=9,GroupsPerUser=3"}};
    const Configuration configuration = loaded();
    EXPECT_EQ(configuration.quotas[directory::Quota::users_per_account], 9);
    EXPECT_EQ(configuration.quotas[directory::Quota::groups_per_user], 3);
}

TEST_F(ConfigurationOf, ForeignVariablesAreOnlyWarnedOf) {
    sources_.environment = {{"WRIT_LISTN", "127.0.0.1:2"}};
    const auto result = load_configuration(sources_);
    ASSERT_TRUE(result);
    EXPECT_THAT(result->warnings, ElementsAre("WRIT_LISTN is not a setting. Did you mean WRIT_LISTEN?"));
}

TEST(Settings, HaveNamesOfTheirOwnAndSecretsNoFlag) {
    std::set<std::string> variables;
    std::set<std::string> flags;
    for (const Setting& setting : settings()) {
        EXPECT_TRUE(variables.insert(setting.variable()).second) << setting.key;
        EXPECT_TRUE(flags.insert(setting.flag()).second) << setting.key;
        EXPECT_EQ(setting.secret, setting.key.contains("secret")) << setting.key;
        EXPECT_THAT(std::string(setting.meaning), EndsWith("."));
    }
    EXPECT_TRUE(variables.contains("WRIT_ROOT_SECRET_ACCESS_KEY"));
    EXPECT_TRUE(flags.contains("--log-level"));
}

TEST(Settings, ArePrintedInTheDocumentation) {
    const std::string path = WRIT_SOURCE_DIR "/docs/configuration.md";
    if (std::getenv("WRIT_WRITE_DOCS") != nullptr) std::ofstream(path) << configuration_page();
    std::ifstream file(path);
    const std::string page{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(page, configuration_page()) << "Run this test with WRIT_WRITE_DOCS=1 to write the page.";
}

}  // namespace
}  // namespace writ::server
