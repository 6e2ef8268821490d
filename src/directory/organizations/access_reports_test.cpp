// Last accessed by organization (spec 8.15).
#include "directory/organizations/access_reports.h"

#include <algorithm>

#include "directory/internal/organizations/testing.h"
#include "directory/reports/last_accessed.h"

namespace writ::directory::organizations {
namespace {

class OrganizationAccessReports : public OrganizationTest {
  protected:
    static constexpr const char* caller = "AIDACALLER";
    static constexpr const char* allow_iam_and_s3 =
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*","s3:*"],"Resource":"*"}]})";

    void SetUp() override {
        make_organization();
        unit_ = make_unit(root_id(), "unit")->id;
        inside_ = make_member("inside");
        outside_ = make_member("outside");
        ASSERT_TRUE(
            edit([&](AccountEdit& account) { return move_account(account, inside_, root_id(), unit_); }));
        organization_ = view([](const AccountView& account) { return get_organization(account); })->id;
    }
    /// By the root user of an account, who always lives.
    void use(const std::string& member, const std::string& service, const std::string& action) {
        EXPECT_TRUE(edit(
            [&](AccountEdit& account) {
                return record_service_use(account, {member, service, action, clock_.now()}, "eu-west-1");
            },
            member.c_str()));
    }
    [[nodiscard]] std::string root_path() const { return organization_ + "/" + root_id(); }
    [[nodiscard]] std::string unit_path() const { return root_path() + "/" + unit_; }
    [[nodiscard]] std::string inside_path() const { return unit_path() + "/" + inside_; }
    [[nodiscard]] std::string outside_path() const { return root_path() + "/" + outside_; }

    Result<DraftReport> draft(const std::string& path, std::optional<std::string_view> policy = {},
                              const char* by = account_id) {
        return view(
            [&](const AccountView& account) {
                return draft_access_report(account, {.entity_path = path, .policy_id = policy});
            },
            by);
    }
    std::vector<std::string> services(const std::string& path, std::optional<std::string_view> policy = {}) {
        const auto made = draft(path, policy);
        EXPECT_TRUE(made);
        std::vector<std::string> names;
        for (const ServiceAccess& access : made->services) names.push_back(access.service);
        return names;
    }
    ServiceAccess access_to(const std::string& service, const std::string& path,
                            std::optional<std::string_view> policy = {}) {
        const auto made = draft(path, policy);
        EXPECT_TRUE(made);
        const auto found = std::ranges::find(made->services, service, &ServiceAccess::service);
        if (found != made->services.end()) return *found;
        ADD_FAILURE() << service << " is not told of";
        return {.service = {}};
    }
    std::string save(const DraftReport& report) {
        return *edit([&](AccountEdit& account) { return save_access_report(account, report, caller); });
    }
    Result<AccessReport> read(const AccessReportQuery& query) {
        return view([&](const AccountView& account) { return get_access_report(account, query); });
    }

    std::string unit_, inside_, outside_, organization_;
};

TEST_F(OrganizationAccessReports, TellWhoInTheEntityAccessedLast) {
    use(inside_, "iam", "GetUser");
    clock_.advance(std::chrono::minutes(1));
    use(outside_, "iam", "ListUsers");

    const ServiceAccess all = access_to("iam", root_path());
    EXPECT_EQ(all.accounts, 2);
    EXPECT_EQ(all.entity_path, outside_path());
    EXPECT_EQ(all.at, clock_.now());
    EXPECT_EQ(all.region, "eu-west-1");
    const ServiceAccess unit = access_to("iam", unit_path() + "/");
    EXPECT_EQ(unit.accounts, 1);
    EXPECT_EQ(unit.entity_path, inside_path());
    EXPECT_EQ(access_to("iam", outside_path()).accounts, 1);
    const ServiceAccess none = access_to("s3", root_path());
    EXPECT_FALSE(none.at);
    EXPECT_EQ(none.accounts, 0);
    EXPECT_EQ(none.entity_path, "");

    clock_.advance(std::chrono::days(401));
    EXPECT_FALSE(access_to("iam", root_path()).at);
}

TEST_F(OrganizationAccessReports, TellOfTheManagementAccountAlone) {
    use(account_id, "iam", "GetUser");
    EXPECT_FALSE(access_to("iam", root_path()).at) << "no SCP holds for it";
    const std::string path = root_path() + "/" + account_id;
    EXPECT_EQ(access_to("iam", path).entity_path, path);
    EXPECT_FALSE(access_to("iam", unit_path()).at);
    // A policy makes no difference.
    const auto policy = make_policy("two", scp, allow_iam_and_s3);
    EXPECT_GT(services(path, policy->summary.id).size(), 300U);
    EXPECT_EQ(access_to("iam", path, policy->summary.id).accounts, 1);
}

TEST_F(OrganizationAccessReports, ListWhatTheScpsOfTheWholePathAllow) {
    const auto has = [](const std::vector<std::string>& names, std::string_view service) {
        return std::ranges::find(names, service) != names.end();
    };
    const auto deny = make_policy("no-s3", scp, deny_s3);
    ASSERT_TRUE(attach(deny->summary.id, unit_));
    EXPECT_TRUE(has(services(root_path()), "s3"));
    EXPECT_FALSE(has(services(unit_path()), "s3"));
    EXPECT_FALSE(has(services(inside_path()), "s3"));
    EXPECT_TRUE(has(services(inside_path()), "iam"));
    EXPECT_TRUE(has(services(outside_path()), "s3"));

    const auto two = make_policy("two", scp, allow_iam_and_s3);
    ASSERT_TRUE(attach(two->summary.id, inside_));
    ASSERT_TRUE(
        edit([&](AccountEdit& account) { return detach_policy(account, "p-FullAWSAccess", inside_); }));
    EXPECT_EQ(services(inside_path()), std::vector<std::string>{"iam"});
}

TEST_F(OrganizationAccessReports, AreAboutOnePolicyWhenAskedFor) {
    use(inside_, "iam", "GetUser");
    use(outside_, "iam", "GetUser");
    const auto two = make_policy("two", scp, allow_iam_and_s3);
    const std::string& id = two->summary.id;
    EXPECT_EQ(services(root_path(), id), (std::vector<std::string>{"iam", "s3"}));
    EXPECT_EQ(access_to("iam", root_path(), id).accounts, 0) << "it is attached to nothing";
    ASSERT_TRUE(attach(id, unit_));
    EXPECT_EQ(access_to("iam", root_path(), id).entity_path, inside_path());
    EXPECT_EQ(access_to("iam", root_path(), id).accounts, 1);
    EXPECT_EQ(access_to("iam", unit_path(), id).accounts, 1);
    EXPECT_EQ(access_to("iam", inside_path(), id).accounts, 0) << "not attached to the account itself";
    EXPECT_EQ(access_to("iam", root_path(), "p-FullAWSAccess").accounts, 2);
}

TEST_F(OrganizationAccessReports, FailForWhatIsNotThere) {
    const auto code = [&](const std::string& path, std::optional<std::string_view> policy = {}) {
        const auto made = draft(path, policy);
        return made && made->failure != nullptr ? std::string(made->failure->code) : "none";
    };
    constexpr std::string_view no_entity = "INVALID_ORGANIZATIONS_ENTITY_PATH";
    EXPECT_EQ(code(root_path() + "/ou-abcd-12345678"), no_entity);
    EXPECT_EQ(code(root_path() + "/" + inside_), no_entity) << "it is in the unit";
    EXPECT_EQ(code(organization_ + "/r-zzzz"), no_entity);
    EXPECT_EQ(code(root_path() + "/" + other_account_id), no_entity);
    EXPECT_EQ(code(root_path(), "p-12345678"), "INVALID_ORGANIZATIONS_POLICY");
    EXPECT_EQ(code(root_path(), "p-RCPFullAWSAccess"), "INVALID_ORGANIZATIONS_POLICY");
    EXPECT_EQ(code(root_path()), "none");

    const auto failed = read({.job_id = save(*draft(root_path(), "p-12345678")), .caller_id = caller});
    ASSERT_TRUE(failed);
    ASSERT_NE(failed->failure, nullptr);
    EXPECT_EQ(failed->failure->code, "INVALID_ORGANIZATIONS_POLICY");
    EXPECT_TRUE(failed->services.items.empty());
}

TEST_F(OrganizationAccessReports, AreForTheManagementAccountWhereScpsAreEnabled) {
    const std::string job = save(*draft(root_path()));
    EXPECT_EQ(error_of(draft(root_path(), {}, inside_.c_str())).code, "AccessDenied");
    EXPECT_EQ(error_of(draft(root_path(), {}, other_account_id)).code, "AccessDenied");
    const Error foreign = error_of(draft("o-0123456789/r-abcd"));
    EXPECT_EQ(foreign.code, "AccessDenied");
    EXPECT_EQ(foreign.http_status, 403);
    ASSERT_TRUE(edit([&](AccountEdit& account) { return disable_policy_type(account, root_id(), scp); }));
    EXPECT_EQ(error_of(draft(root_path())).code, "AccessDenied");
    EXPECT_EQ(error_of(read({.job_id = job, .caller_id = caller})).code, "AccessDenied");
}

TEST_F(OrganizationAccessReports, AreFrozenAndBelongToWhoAskedForThem) {
    const std::string job = save(*draft(root_path()));
    EXPECT_EQ(job.size(), 36U);
    use(inside_, "iam", "GetUser");
    const auto told = read({.job_id = job, .caller_id = caller, .page = {.items_max = 1000}});
    ASSERT_TRUE(told);
    EXPECT_EQ(told->made_at, clock_.now());
    EXPECT_EQ(told->accessible, told->services.items.size());
    EXPECT_EQ(told->not_accessed, told->accessible);
    EXPECT_EQ(error_of(read({.job_id = job, .caller_id = "AIDAOTHER"})).code, "NoSuchEntity");
    const std::string other = *edit([&](AccountEdit& account) {
        return generate_access_report(
            account, {.arn = "arn:aws:iam::aws:policy/ReadOnlyAccess", .caller_id = std::string(caller)});
    });
    EXPECT_EQ(error_of(read({.job_id = other, .caller_id = caller})).code, "NoSuchEntity");
    clock_.advance(std::chrono::days(8));
    save(*draft(root_path()));
    EXPECT_EQ(error_of(read({.job_id = job, .caller_id = caller})).code, "NoSuchEntity") << "kept for a week";
}

TEST_F(OrganizationAccessReports, AreSortedAndComeInPages) {
    use(outside_, "s3", "GetObject");
    clock_.advance(std::chrono::minutes(1));
    use(inside_, "iam", "GetUser");
    const std::string job = save(*draft(root_path()));
    const auto first = [&](bool by_time, bool descending) {
        const auto told = read({.job_id = job,
                                .caller_id = caller,
                                .by_time = by_time,
                                .descending = descending,
                                .page = {.items_max = 2}});
        EXPECT_EQ(told->services.items.size(), 2U);
        EXPECT_EQ(told->accessible - told->not_accessed, 2U);
        return told->services;
    };
    EXPECT_LT(first(false, false).items[0].service, first(false, false).items[1].service);
    EXPECT_GT(first(false, true).items[0].service, first(false, true).items[1].service);
    EXPECT_EQ(first(true, true).items[0].service, "iam");
    EXPECT_EQ(first(true, true).items[1].service, "s3");
    EXPECT_FALSE(first(true, false).items[0].at);

    std::vector<std::string> names;
    AccessReportQuery query{.job_id = job, .caller_id = caller, .page = {.items_max = 100}};
    for (;;) {
        const auto told = read(query);
        ASSERT_TRUE(told);
        for (const ServiceAccess& access : told->services.items) names.push_back(access.service);
        if (!told->services.marker) break;
        query.page.marker = told->services.marker;
    }
    EXPECT_EQ(names, services(root_path()));
    EXPECT_TRUE(std::ranges::is_sorted(names));
    AccessReportQuery mixed{.job_id = job, .caller_id = caller, .descending = true};
    mixed.page.marker = first(false, false).marker;
    EXPECT_EQ(error_of(read(mixed)).code, "ValidationError") << "the marker is of another order";
}

}  // namespace
}  // namespace writ::directory::organizations
