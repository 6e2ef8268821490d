#include "bench/directory/population.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"
#include "crypto/access_key.h"
#include "policy/parse.h"
#include "policy/validate.h"
#include "store/records.h"
#include "store/sqlite/session.h"
#include "store/sqlite/sqlite_store.h"

namespace writ::bench {
namespace {

/// The random part of the ids of one user: five bits a byte, of which 35 differ.
class NumberedRandom final : public RandomSource {
  public:
    explicit NumberedRandom(std::uint64_t number) : mixed_(mixed(number)) {}

    void fill(std::span<std::byte> bytes) override {
        std::ranges::fill(bytes, std::byte{0});
        // The first character of an id takes four bits only.
        for (std::size_t i = 1; i < bytes.size() && i <= 7; ++i) {
            bytes[i] = static_cast<std::byte>((mixed_ >> (5 * (i - 1))) & 31U);
        }
    }

  private:
    /// Each step can be undone, so no two numbers meet.
    static std::uint64_t mixed(std::uint64_t number) {
        constexpr std::uint64_t bits = (std::uint64_t{1} << 35U) - 1;
        number = (number * 0x5851F42D4C957F2DULL) & bits;
        number ^= number >> 18U;
        return (number * 0x14057B7EF767814FULL) & bits;
    }
    std::uint64_t mixed_;
};

std::string id_of(crypto::IdKind kind, std::size_t number) {
    NumberedRandom random(number);
    return crypto::make_id(kind, account_id, random);
}

struct Service {
    std::string_view actions, resources;
};
constexpr auto services = std::to_array<Service>({
    {R"("dynamodb:GetItem","dynamodb:Query")", "dynamodb:us-east-1:123456789012:table/"},
    {R"("s3:GetObject","s3:PutObject")", "s3:::"},
    {R"("sqs:SendMessage","sqs:ReceiveMessage")", "sqs:us-east-1:123456789012:"},
    {R"("sns:Publish","sns:Subscribe")", "sns:us-east-1:123456789012:"},
    {R"("lambda:InvokeFunction","lambda:Get*")", "lambda:us-east-1:123456789012:function:"},
    {R"("kms:Decrypt","kms:Encrypt")", "kms:us-east-1:123456789012:key/"},
    {R"("ec2:StartInstances","ec2:StopInstances")", "ec2:us-east-1:123456789012:instance/"},
    {R"("logs:PutLogEvents","logs:Get*")", "logs:us-east-1:123456789012:log-group:"},
    {R"("ssm:GetParameter","ssm:PutParameter")", "ssm:us-east-1:123456789012:parameter/"},
});
static_assert(services.size() + 1 == statements_each);

std::string condition_of(std::size_t statement) {
    if (statement % 4 != 1) return {};
    return R"(,"Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}})";
}

std::int64_t counted_size_of(const std::string& document) {
    const auto parsed = policy::parse(document, {.type = policy::PolicyType::identity});
    if (!parsed) give_up("the policy of a user is none: " + parsed.error().message);
    const auto size = policy::counted_size(**parsed, policy::PolicyType::identity);
    constexpr std::size_t user_quota = 2048;
    if (size > user_quota) give_up("the policy of a user is too long");
    return static_cast<std::int64_t>(size);
}

void must(const store::Outcome<void>& done) {
    if (!done) give_up(done.error().detail);
}

/// Rows in the order of ids, by which the tables are clustered.
class Filling {
  public:
    Filling(store::sqlite::Session& session, const Surroundings& around, store::Revision revision)
        : session_(session), around_(around), revision_(revision), now_(around.clock().now()) {}

    void add(std::size_t number) {
        const std::string id = user_id(number), name = user_name(number);
        insert(store::User{.account_id = std::string(account_id),
                           .user_id = id,
                           .name = name,
                           .name_folded = name,
                           .path = "/",
                           .created_at = now_});
        insert(store::InlinePolicy{.account_id = std::string(account_id),
                                   .principal_kind = store::EntityKind::user,
                                   .principal_id = id,
                                   .name = "own",
                                   .name_folded = "own",
                                   .document = own_policy(number),
                                   .counted_size = counted_size_});
        const Signer key = user(number);
        const std::string sealed = around_.environment().sealing.seal_secret(
            Secret(key.secret), key.access_key_id, around_.environment().random);
        const auto bytes = as_bytes(sealed);
        insert(store::AccessKey{.account_id = std::string(account_id),
                                .owner_id = id,
                                .access_key_id = key.access_key_id,
                                .active = true,
                                .sealed_secret = {bytes.begin(), bytes.end()},
                                .created_at = now_});
    }
    void count(std::size_t users) {
        insert(store::Counter{.account_id = std::string(account_id),
                              .name = "users",
                              .value = static_cast<std::int64_t>(users)});
    }

  private:
    template <class Record>
    void insert(const Record& record) {
        must(session_.insert(store::table_of<Record>, store::binds_of(record)));
        if (store::Entity entity = record.entity(); entity.kind != store::EntityKind::none) {
            must(session_.append_changes({{++revision_, std::move(entity)}}));
        }
    }

    store::sqlite::Session& session_;
    const Surroundings& around_;
    store::Revision revision_;
    Instant now_;
    std::int64_t counted_size_ = counted_size_of(own_policy(0));  // All are of one length.
};

std::vector<std::size_t> numbers_by_id(std::size_t users) {
    std::vector<std::pair<std::string, std::size_t>> ids;
    ids.reserve(users);
    for (std::size_t i = 0; i < users; ++i) ids.emplace_back(user_id(i), i);
    std::ranges::sort(ids);
    std::vector<std::size_t> numbers;
    numbers.reserve(users);
    for (const auto& [id, number] : ids) numbers.push_back(number);
    return numbers;
}

void make_file(const std::filesystem::path& file, std::size_t users) {
    const Surroundings around;
    {
        const auto store = store::open_sqlite({.file = file, .sync_every_commit = false});
        if (!store) give_up(store.error().detail);
        around.make_account(**store);
    }
    auto connection = store::sqlite::Connection::open(file);
    if (!connection) give_up(connection.error().detail);
    // Half a file would be of no use, so nothing needs to be undone.
    must(
        connection->run("pragma synchronous = off; pragma journal_mode = off; pragma cache_size = -1000000"));
    store::sqlite::Session session(std::move(*connection));
    const auto revision = session.begin(true);
    if (!revision) give_up(revision.error().detail);
    Filling filling(session, around, *revision);
    for (const std::size_t number : numbers_by_id(users)) filling.add(number);
    filling.count(users);
    must(session.commit());
    must(session.connection().run("pragma journal_mode = wal"));
}

}  // namespace

std::string user_name(std::size_t number) {
    return fmt::format("user-{:07}", number);
}

std::string user_id(std::size_t number) {
    return id_of(crypto::IdKind::user, number);
}

Signer user(std::size_t number) {
    return {id_of(crypto::IdKind::access_key, number),
            fmt::format("secret-of-a-user-of-the-benchmarks-{:05}", number % 100'000)};
}

std::string own_table(std::size_t number) {
    return fmt::format("arn:aws:dynamodb:us-east-1:{}:table/p{:07}-0-orders", account_id, number);
}

std::string own_policy(std::size_t number) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    for (std::size_t i = 0; i < services.size(); ++i) {
        text += fmt::format(
            R"({{"Sid":"S{}","Effect":"Allow","Action":[{}],"Resource":"arn:aws:{}p{:07}-{}-*"{}}},)", i,
            services[i].actions, services[i].resources, number, i, condition_of(i));
    }
    return text + fmt::format(R"({{"Sid":"Self","Effect":"Allow","Action":"iam:Get*",)"
                              R"("Resource":"arn:aws:iam::{}:user/${{aws:username}}"}}]}})",
                              account_id);
}

void make_population(const std::filesystem::path& file, std::size_t users) {
    if (std::filesystem::exists(file)) return;
    std::filesystem::path unfinished = file;
    unfinished += ".unfinished";
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(unfinished.string() + part);
    make_file(unfinished, users);
    std::filesystem::rename(unfinished, file);
}

void copy_users_to_postgresql(const std::string& address, std::size_t users) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(address.c_str()), PQfinish);
    PGconn* const handle = connection.get();
    const auto expect = [&](PGresult* result, ExecStatusType status) {
        if (PQresultStatus(result) != status) give_up(PQerrorMessage(handle));
        PQclear(result);
    };
    expect(PQexec(handle, "copy users (account_id, user_id, name, name_folded, path, created_at) from stdin"),
           PGRES_COPY_IN);
    for (std::size_t i = 0; i < users; ++i) {
        const std::string name = user_name(i);
        const std::string line =
            fmt::format("{}\t{}\t{}\t{}\t/\t{}\n", account_id, user_id(i), name, name, 1'700'000'000'000);
        if (PQputCopyData(handle, line.data(), static_cast<int>(line.size())) != 1) {
            give_up(PQerrorMessage(handle));
        }
    }
    if (PQputCopyEnd(handle, nullptr) != 1) give_up(PQerrorMessage(handle));
    expect(PQgetResult(handle), PGRES_COMMAND_OK);
    // What autovacuum does within a minute.
    expect(PQexec(handle, "analyze users"), PGRES_COMMAND_OK);
}

}  // namespace writ::bench
