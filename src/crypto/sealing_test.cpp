#include "crypto/sealing.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

#include "crypto/key_ring_file.h"

namespace writ::crypto {
namespace {

namespace fs = std::filesystem;

class Sealing : public testing::Test {
  protected:
    Sealing() : folder_(fs::temp_directory_path() / ("writ-sealing-" + std::to_string(::getpid()))) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~Sealing() override { fs::remove_all(folder_); }

    [[nodiscard]] fs::path path() const { return folder_ / "keys"; }
    [[nodiscard]] std::string text() const {
        std::ifstream file(path());
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void write(std::string_view text) const {
        std::ofstream(path()) << text;
        ::chmod(path().c_str(), 0600);
    }
    Result<SealingKeys> open() {
        KeyRingFile file(path());
        return SealingKeys::open(file, clock_, random_);
    }
    Result<SealingKeys> rotate() {
        KeyRingFile file(path());
        return SealingKeys::rotate(file, clock_, random_);
    }

    fs::path folder_;
    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z")};
    SequenceRandom random_{7};
};

TEST_F(Sealing, OpensWhatItSealed) {
    const auto keys = open();
    ASSERT_TRUE(keys);
    const std::string sealed = keys->seal_secret(Secret("a secret"), "AKIA1", random_);
    EXPECT_EQ(sealed.size(), std::string_view("a secret").size() + 33);
    EXPECT_EQ(sealed.find("a secret"), std::string::npos);
    EXPECT_EQ(keys->open_secret(sealed, "AKIA1")->reveal(), "a secret");
    EXPECT_NE(sealed, keys->seal_secret(Secret("a secret"), "AKIA1", random_));
}

TEST_F(Sealing, OpensNothingElse) {
    const auto keys = open();
    ASSERT_TRUE(keys);
    const std::string sealed = keys->seal_secret(Secret("a secret"), "AKIA1", random_);
    EXPECT_FALSE(keys->open_secret(sealed, "AKIA2"));
    for (const Purpose other : {Purpose::session_token, Purpose::authorization_message}) {
        EXPECT_FALSE(keys->unseal(other, sealed, "AKIA1"));
    }
    const std::string token = keys->seal(Purpose::session_token, "a token", "AKIA1", random_);
    EXPECT_FALSE(keys->unseal(Purpose::authorization_message, token, "AKIA1"));
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        std::string changed = sealed;
        changed[i / 8] = static_cast<char>(changed[i / 8] ^ static_cast<char>(1U << (i % 8)));
        EXPECT_FALSE(keys->open_secret(changed, "AKIA1")) << "bit " << i;
    }
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        EXPECT_FALSE(keys->open_secret(sealed.substr(0, length), "AKIA1")) << "length " << length;
    }
    EXPECT_FALSE(keys->open_secret(sealed + "x", "AKIA1"));
}

TEST_F(Sealing, KeepsItsKeysForItsOwnerAlone) {
    ASSERT_TRUE(open());
    struct stat status{};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ::chmod(path().c_str(), 0640);
    EXPECT_FALSE(open());
}

TEST_F(Sealing, OpensAfterAnotherStartAndAfterRotation) {
    const std::string sealed = open()->seal_secret(Secret("a secret"), "AKIA1", random_);
    EXPECT_EQ(open()->open_secret(sealed, "AKIA1")->reveal(), "a secret");

    clock_.advance(std::chrono::hours{24});
    const auto rotated = rotate();
    ASSERT_TRUE(rotated);
    EXPECT_EQ(rotated->newest_id(), 2U);
    EXPECT_EQ(rotated->newest_created(), clock_.now());
    EXPECT_EQ(rotated->open_secret(sealed, "AKIA1")->reveal(), "a secret");
    const std::string newer = rotated->seal_secret(Secret("another"), "AKIA1", random_);
    EXPECT_EQ(open()->open_secret(newer, "AKIA1")->reveal(), "another");
    EXPECT_EQ(open()->newest_id(), 2U);
}

TEST_F(Sealing, TakesANewerRingWhileOthersSealAndOpen) {
    auto opened = open();
    ASSERT_TRUE(opened);
    SealingKeys& keys = *opened;
    std::atomic<int> lost = 0;
    std::atomic<bool> stop = false;
    std::vector<std::jthread> threads;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
        threads.emplace_back([&keys, &lost, &stop, seed] {
            SequenceRandom random{seed};
            while (!stop) {
                const std::string sealed = keys.seal_secret(Secret("a secret"), "AKIA1", random);
                if (!keys.open_secret(sealed, "AKIA1")) ++lost;
            }
        });
    }
    const std::string first = keys.seal_secret(Secret("a secret"), "AKIA1", random_);
    constexpr std::uint32_t rotations = 20;
    for (std::uint32_t i = 0; i < rotations; ++i) {
        auto newer = rotate();
        ASSERT_TRUE(newer);
        keys = std::move(*newer);
    }
    stop = true;
    threads.clear();
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(keys.newest_id(), 1 + rotations);
    EXPECT_TRUE(keys.open_secret(first, "AKIA1"));
}

// A key that is taken out of the ring takes along what it has sealed.
TEST_F(Sealing, WithoutTheKeyNothingOfItOpens) {
    const std::string sealed = open()->seal_secret(Secret("a secret"), "AKIA1", random_);
    ASSERT_TRUE(rotate());
    KeyRingFile file(path());
    auto keys = file.load();
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 2U);
    keys->erase(keys->begin());
    ASSERT_TRUE(file.save(*keys));
    EXPECT_FALSE(open()->open_secret(sealed, "AKIA1"));
}

TEST_F(Sealing, RefusesDamagedKeyFiles) {
    ASSERT_TRUE(open());
    const std::string good = text();
    for (const std::string& bad :
         {std::string(), std::string("writ-keys-1\n"), good.substr(0, good.size() - 4),
          "writ-keys-2\n" + good.substr(12), good + "2 now AAAA\n", good + "\n"}) {
        write(bad);
        const auto opened = open();
        ASSERT_FALSE(opened) << bad;
        EXPECT_NE(opened.error().message.find(path().string()), std::string::npos);
        EXPECT_EQ(text(), bad);  // Never overwritten.
    }
}

TEST_F(Sealing, SaysWhyItCannotWrite) {
    KeyRingFile file(folder_ / "absent" / "keys");
    const auto opened = SealingKeys::open(file, clock_, random_);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("No such file"), std::string::npos);
}

}  // namespace
}  // namespace writ::crypto
