#include "gateway/upstreams.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace writ::gateway {
namespace {

std::optional<std::string> variable(const std::string& name) {
    return name == "SECRET" ? std::optional<std::string>("hush") : std::nullopt;
}

Upstream made(std::string_view text) {
    auto upstream = read_upstream(text, variable);
    EXPECT_TRUE(upstream) << text << ": " << (upstream ? "" : upstream.error().message);
    return upstream ? std::move(*upstream) : Upstream{};
}

TEST(Upstreams, AreReadFromOneText) {
    const Upstream upstream = made(
        "service=dynamodb,service=sqs,region=eu-central-1,url=https://aws.example:8443/,mode=observe,account="
        "210987654321,access_key_id=AKIAX,secret_access_key_variable=SECRET,signing_region=us-east-1");
    EXPECT_EQ(upstream.services, (std::vector<std::string>{"dynamodb", "sqs"}));
    EXPECT_EQ(upstream.regions, std::vector<std::string>{"eu-central-1"});
    EXPECT_EQ(upstream.host, "aws.example");
    EXPECT_EQ(upstream.port, 8443);
    EXPECT_EQ(upstream.authority, "aws.example:8443");
    EXPECT_TRUE(upstream.tls);
    EXPECT_EQ(upstream.mode, Mode::observe);
    EXPECT_EQ(upstream.account, "210987654321");
    ASSERT_TRUE(upstream.credentials);
    EXPECT_EQ(upstream.credentials->access_key_id, "AKIAX");
    EXPECT_EQ(upstream.credentials->secret_access_key.reveal(), "hush");
    EXPECT_EQ(upstream.signing_region, "us-east-1");
}

TEST(Upstreams, NameActionsForOperations) {
    const Upstream upstream = made(
        "service=glue,url=http://a,operation=GetJob glue:ReadJob arn:{partition}:glue:{region}:{account}:job/"
        "{JobName},operation=GetJobs glue:ListJobs");
    ASSERT_EQ(upstream.operations.size(), 2U);
    EXPECT_EQ(upstream.operations[0].operation, "GetJob");
    EXPECT_EQ(upstream.operations[0].demand.action, "glue:ReadJob");
    EXPECT_EQ(upstream.operations[0].demand.resource,
              "arn:{partition}:glue:{region}:{account}:job/{JobName}");
    EXPECT_EQ(upstream.operations[1].demand.resource, "*");
}

TEST(Upstreams, RecordWhatIsUsedWhereTheyLearnOrAreAskedTo) {
    EXPECT_FALSE(made("service=s3,url=http://a").records_use);
    EXPECT_FALSE(made("service=s3,url=http://a,mode=observe").records_use);
    EXPECT_TRUE(made("service=s3,url=http://a,record=true").records_use);
    const Upstream learning = made("service=s3,url=http://a,mode=learn,record=false");
    EXPECT_EQ(learning.mode, Mode::learn);
    EXPECT_TRUE(learning.records_use);
    EXPECT_TRUE(passes_all(Mode::learn));
    EXPECT_TRUE(passes_all(Mode::observe));
    EXPECT_FALSE(passes_all(Mode::enforce));
}

TEST(Upstreams, TakeASecretFromAFile) {
    const std::string file = testing::TempDir() + "upstream-secret";
    std::ofstream(file) << "from a file\n";
    const Upstream upstream =
        made("service=s3,url=http://[::1]:9000,access_key_id=AKIAX,secret_access_key_file=" + file);
    EXPECT_EQ(upstream.credentials->secret_access_key.reveal(), "from a file");
    EXPECT_EQ(upstream.host, "::1");
    EXPECT_EQ(upstream.port, 9000);
    EXPECT_EQ(upstream.authority, "[::1]:9000");
}

TEST(Upstreams, SayWhatIsWrong) {
    struct Row {
        std::string_view text, message;
    };
    for (const auto& [text, message] : {
             Row{"url=http://a", "An upstream needs a service."},
             Row{"service=s3", "An upstream needs a url."},
             Row{"service=s3,url=ftp://a", "'ftp://a' is no http:// or https:// URL."},
             Row{"service=s3,url=http://a/path", "'http://a/path' is to be a host and a port only."},
             Row{"service=s3,url=http://a:0", "'http://a:0' has a port that is no number from 1 to 65535."},
             Row{"service=s3,url=http://u:p@a", "'http://u:p@a' is to be a host and a port only."},
             Row{"service=s3,url=http://a,mode=trust", "'trust' is not enforce, observe or learn."},
             Row{"service=s3,url=http://a,record=yes", "'yes' is not true or false."},
             Row{"service=s3,url=http://a,account=12", "'12' is not twelve digits."},
             Row{"service=s3,url=http://a,paths=lax", "'lax' is not strict or verbatim."},
             Row{"service=s3,url=http://a,new_buckets=mine", "'mine' is not owner or creator."},
             Row{"service=s3,url=http://a,buckets=b",
                 "'buckets' is not a setting of an upstream. Did you mean bucket?"},
             Row{"service=sqs,url=http://a,bucket=b",
                 "An upstream of certain buckets is of the service s3 only."},
             Row{"service=s3,url=http://a,access_key_id=k",
                 "access_key_id needs either secret_access_key_file or secret_access_key_variable."},
             Row{"service=s3,url=http://a,access_key_id=k,secret_access_key_variable=NONE",
                 "There is no secret in 'NONE'."},
             Row{"service=s3,url=http://a,secret_access_key_variable=SECRET",
                 "A secret needs its access_key_id."},
             Row{"service=glue,url=http://a,operation=GetJob",
                 "'GetJob' is not OPERATION ACTION RESOURCE: \"GetWidget widgets:Read "
                 "arn:{partition}:widgets:{region}:{account}:widget/{WidgetName}\"."},
             Row{"service=glue,url=http://a,operation=GetJbo glue:GetJob",
                 "'GetJbo' is not an operation of glue. Did you mean GetJob?"},
             Row{"service=glue,url=http://a,operation=GetJob glue:Get*",
                 "'glue:Get*' is no action: SERVICE:NAME, without wildcards."},
             Row{"service=glue,url=http://a,operation=GetJob glue:GetJob job/x",
                 "'job/x' is neither an ARN nor *."},
             Row{"service=s3,url", "'url' is not NAME=VALUE."},
             Row{"service=", "'service' is empty."},
         }) {
        const auto upstream = read_upstream(text, variable);
        ASSERT_FALSE(upstream) << text;
        EXPECT_EQ(upstream.error().message, message);
    }
}

TEST(Upstreams, AreFoundByServiceRegionAndBucket) {
    std::vector<Upstream> upstreams;
    upstreams.push_back(made("service=s3,bucket=team-*,bucket=x?,url=http://teams"));
    upstreams.push_back(made("service=s3,region=eu-central-1,url=http://rest"));
    upstreams.push_back(made("service=sqs,url=http://queues"));
    const auto host_of = [&](std::string_view service, std::string_view region, std::string_view bucket) {
        const Upstream* found = find_upstream(upstreams, service, region, bucket);
        return found == nullptr ? "" : found->host;
    };
    EXPECT_EQ(host_of("s3", "eu-central-1", "team-a"), "teams");
    EXPECT_EQ(host_of("s3", "us-east-1", "x1"), "teams");
    EXPECT_EQ(host_of("s3", "eu-central-1", "other"), "rest");
    EXPECT_EQ(host_of("s3", "us-east-1", "other"), "");
    EXPECT_EQ(host_of("s3", "eu-central-1", ""), "rest");
    EXPECT_EQ(host_of("s3", "us-east-1", ""), "teams");
    EXPECT_EQ(host_of("sqs", "us-east-1", ""), "queues");
    EXPECT_EQ(host_of("sns", "us-east-1", ""), "");
}

TEST(Upstreams, AllTheirSettingsAreInTheDocumentation) {
    std::ostringstream page;
    page << std::ifstream(WRIT_SOURCE_DIR "/docs/gateway.md").rdbuf();
    for (const UpstreamSetting& setting : upstream_settings()) {
        std::string row = "| `" + std::string(setting.name) + "` | ";
        if (!setting.standard.empty()) row.append("`").append(setting.standard).append("` ");
        row.append("| ").append(setting.meaning).append(" |");
        EXPECT_NE(page.str().find(row), std::string::npos) << row;
    }
}

}  // namespace
}  // namespace writ::gateway
