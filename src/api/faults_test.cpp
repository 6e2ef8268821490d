// The store fails at the first call that an operation makes, at its second, and so on: every answer is an
// error or a success, what was asked for has happened as a whole or not at all, and nobody may do more than
// before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "api/internal/furnished_world_for_tests.h"
#include "api/operation.h"
#include "api/refusals.h"
#include "store/records.h"

namespace writ::api {
namespace {

using store::FailureKind;
using store::Fault;

constexpr std::uint64_t calls_max = 300;  // More than any operation makes.

using Rows = std::multiset<std::string>;
using Contents = std::map<std::string_view, Rows>;

std::string text_of(const store::Table& table, const store::Row& row) {
    std::string text;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        text += '|';
        if (row.is_null(i)) {
            text += "null";
        } else if (table.columns[i].type == store::ColumnType::integer) {
            text += std::to_string(row.integer(i));
        } else if (table.columns[i].type == store::ColumnType::text) {
            text += row.text(i);
        } else {
            const auto bytes = row.bytes(i);
            text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
    }
    return text;
}

/// Every row of every table.
Contents contents_of(World& world) {
    Contents contents;
    const auto reader = world.store().read();
    for (const store::Table* table : store::all_tables) {
        Rows& rows = contents[table->name];
        EXPECT_TRUE((*reader)->scan(*table, table->primary_key(), {},
                                    [&](const store::Row& row) { rows.insert(text_of(*table, row)); }));
    }
    return contents;
}

/// What does not depend on random ids.
std::map<std::string_view, std::size_t> sizes_of(const Contents& contents) {
    std::map<std::string_view, std::size_t> sizes;
    for (const auto& [table, rows] : contents) sizes[table] = rows.size();
    return sizes;
}

std::vector<const reference::Operation*> operations_here() {
    std::vector<const reference::Operation*> operations;
    for (const reference::Operation& model : reference::find_api_service("iam")->operations) {
        if (find_operation("iam", model.name) != nullptr) operations.push_back(&model);
    }
    return operations;
}

/// Operations are tried in copies of it.
FurnishedWorld& furnished() {
    static FurnishedWorld world;
    return world;
}

/// One operation, called by root in a world of its own.
class Trial {
  public:
    struct Outcome {
        Reply reply;
        bool struck;  ///< Else the operation was carried out in peace.
    };

    explicit Trial(const reference::Operation& operation) : operation_(operation) {
        world.make("ListUsers", {});  // From now on the caller is known.
        const std::string_view before_it = FurnishedWorld::step_before(operation.name);
        if (!before_it.empty()) world.make(before_it, {});
        before = contents_of(world);
    }

    Reply call() { return world.iam(world.root(), operation_.name, furnished().sample_of(operation_)); }
    Outcome call_with(const Fault& fault) {
        world.faults().fail(fault);
        Reply reply = call();
        const bool struck = world.faults().has_failed();
        world.faults().mend();
        return {std::move(reply), struck};
    }
    [[nodiscard]] bool changed() { return contents_of(world) != before; }

  private:
    const reference::Operation& operation_;

  public:
    World world{furnished().world};
    Contents before;
};

/// Root has no password, and its MFA device is no security key (spec B16). What means nothing outside of AWS
/// is refused to everybody.
bool is_refused_anyway(std::string_view operation) {
    return operation == "ChangePassword" || operation == "GetMFADevice" ||
           find_refusal("iam", operation) != nullptr;
}

// Else the tests below mean nothing.
TEST(Faults, AreTriedInOperationsThatSucceedWithoutThem) {
    for (const reference::Operation* operation : operations_here()) {
        if (is_refused_anyway(operation->name)) continue;
        EXPECT_EQ(Trial(*operation).call().summary(), "200") << operation->name;
    }
}

TEST(Faults, LeaveNothingHalfDone) {
    for (const reference::Operation* operation : operations_here()) {
        SCOPED_TRACE(operation->name);
        Trial trial(*operation);
        for (std::uint64_t call = 1; call < calls_max; ++call) {
            const auto once = trial.call_with({.first = call});
            if (!once.struck) break;
            EXPECT_EQ(once.reply.code(), "ServiceFailure") << call;
            EXPECT_EQ(once.reply.answer.record.defect, "unavailable: disk full");
            const auto lasting = trial.call_with({.first = call, .count = Fault::all});
            EXPECT_EQ(lasting.reply.code(), "ServiceFailure") << call;
            ASSERT_FALSE(trial.changed()) << call;
        }
    }
}

// The transaction is run again from its beginning, wherever it lost.
TEST(Faults, AreGotOverWhenSomebodyElseWasFaster) {
    for (const reference::Operation* operation : operations_here()) {
        SCOPED_TRACE(operation->name);
        Trial undisturbed(*operation);
        const std::string expected = undisturbed.call().summary();
        const auto sizes = sizes_of(contents_of(undisturbed.world));
        std::optional<Trial> trial;
        for (std::uint64_t call = 1; call < calls_max; ++call) {
            if (!trial || trial->changed()) trial.emplace(*operation);
            const auto outcome = trial->call_with({.first = call, .kind = FailureKind::retry});
            if (!outcome.struck) break;
            EXPECT_EQ(outcome.reply.summary(), expected) << call;
            EXPECT_EQ(sizes_of(contents_of(trial->world)), sizes) << call;
        }
    }
}

// The disk or the network answers no more, but all is written.
TEST(Faults, OfAnswersToCommitsLeaveAllDone) {
    int lost = 0;
    for (const reference::Operation* operation : operations_here()) {
        SCOPED_TRACE(operation->name);
        Trial undisturbed(*operation);
        (void)undisturbed.call();
        Trial trial(*operation);
        for (std::uint64_t call = 1; call < calls_max; ++call) {
            const auto outcome = trial.call_with({.first = call, .loses_answers_of_commits = true});
            if (!outcome.struck) break;
            EXPECT_EQ(outcome.reply.code(), "ServiceFailure") << call;
            if (!trial.changed()) continue;
            ++lost;
            EXPECT_EQ(sizes_of(contents_of(trial.world)), sizes_of(contents_of(undisturbed.world)));
            break;
        }
    }
    EXPECT_GE(lost, 40);
}

// Whatever became of an operation that takes something from ada: what is kept in memory says what is stored.
TEST(Faults, LeaveNoPermissionBehind) {
    for (const char* name :
         {"PutUserPolicy", "PutGroupPolicy", "CreatePolicyVersion", "UpdateAccessKey", "DeleteAccessKey"}) {
        SCOPED_TRACE(name);
        const auto* operation = reference::find_operation(*reference::find_api_service("iam"), name);
        for (const bool answers_get_lost : {false, true}) {
            Trial trial(*operation);
            const auto may_get = [&] {
                return trial.world.iam(furnished().ada, "GetUser", {{"UserName", "ada"}}).ok();
            };
            bool may_still = may_get();
            EXPECT_TRUE(may_still);
            for (std::uint64_t call = 1; may_still && call < calls_max; ++call) {
                const auto outcome =
                    trial.call_with({.first = call, .loses_answers_of_commits = answers_get_lost});
                may_still = may_get();
                EXPECT_EQ(may_still, !trial.changed()) << call;
                EXPECT_EQ(outcome.struck, !outcome.reply.ok()) << call;
            }
            EXPECT_FALSE(may_still);
        }
    }
}

/// A user who is denied DeleteUser in one way, and may call GetUser.
struct Denied {
    const char* how;
    void (*arrange)(World&);
};

const Parameters eve{{"UserName", "eve"}};

const auto denied = std::to_array<Denied>({
    {"implicitly", [](World& world) { world.set_policy("eve", allow("iam:GetUser")); }},
    {"by an inline policy", [](World& world) { world.set_policy("eve", deny("iam:DeleteUser")); }},
    {"by an attached policy",
     [](World& world) {
         world.set_policy("eve", allow_all);
         world.make("AttachUserPolicy", {{"UserName", "eve"}, {"PolicyArn", policy_arn_of("denying")}});
     }},
    {"by a policy of a group",
     [](World& world) {
         world.set_policy("eve", allow_all);
         world.make("CreateGroup", {{"GroupName", "limited"}});
         world.make(
             "PutGroupPolicy",
             {{"GroupName", "limited"}, {"PolicyName", "p"}, {"PolicyDocument", deny("iam:DeleteUser")}});
         world.make("AddUserToGroup", {{"GroupName", "limited"}, {"UserName", "eve"}});
     }},
    {"by a policy attached to a group",
     [](World& world) {
         world.set_policy("eve", allow_all);
         world.make("CreateGroup", {{"GroupName", "limited"}});
         world.make("AttachGroupPolicy", {{"GroupName", "limited"}, {"PolicyArn", policy_arn_of("denying")}});
         world.make("AddUserToGroup", {{"GroupName", "limited"}, {"UserName", "eve"}});
     }},
    {"by a boundary",
     [](World& world) {
         world.set_policy("eve", allow_all);
         world.make("PutUserPermissionsBoundary",
                    {{"UserName", "eve"}, {"PermissionsBoundary", policy_arn_of("denying")}});
     }},
    {"for a tag of the target",
     [](World& world) {
         world.set_policy(
             "eve", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},)"
                    R"({"Effect":"Deny","Action":"iam:DeleteUser","Resource":"*","Condition":)"
                    R"({"StringEquals":{"aws:ResourceTag/guarded":"yes"}}}]})");
     }},
    {"for a tag of her own",
     [](World& world) {
         world.make("TagUser",
                    {{"UserName", "eve"}, {"Tags.member.1.Key", "trusted"}, {"Tags.member.1.Value", "no"}});
         world.set_policy(
             "eve", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},)"
                    R"({"Effect":"Deny","Action":"iam:DeleteUser","Resource":"*","Condition":)"
                    R"({"StringEquals":{"aws:PrincipalTag/trusted":"no"}}}]})");
     }},
});

class DeniedCaller {
  public:
    explicit DeniedCaller(const Denied& row) {
        world.make("CreatePolicy", {{"PolicyName", "denying"}, {"PolicyDocument", deny("iam:DeleteUser")}});
        world.make(
            "CreateUser",
            {{"UserName", "target"}, {"Tags.member.1.Key", "guarded"}, {"Tags.member.1.Value", "yes"}});
        key = world.make_user("eve");
        row.arrange(world);
    }
    Reply ask() { return world.iam(key, "DeleteUser", {{"UserName", "target"}}); }
    bool may_get() { return world.iam(key, "GetUser", eve).ok(); }

    World world;
    Who key;
};

TEST(Faults, NeverMakeADenialAnAllow) {
    for (const Denied& row : denied) {
        SCOPED_TRACE(row.how);
        DeniedCaller caller(row);
        for (std::uint64_t call = 1; call < calls_max; ++call) {
            bool struck = false;
            for (const std::uint64_t count : {Fault::all, std::uint64_t{1}}) {
                caller.world.forget();
                caller.world.faults().fail({.first = call, .count = count});
                const Reply during = caller.ask();
                struck = caller.world.faults().has_failed();
                caller.world.faults().mend();
                EXPECT_TRUE(during.status() == 403 || during.status() == 500) << during.summary();
                // What was read by halves is not kept.
                EXPECT_EQ(caller.ask().code(), "AccessDenied") << call;
                EXPECT_TRUE(caller.may_get()) << call;
            }
            if (!struck) break;
        }
    }
}

}  // namespace
}  // namespace writ::api
