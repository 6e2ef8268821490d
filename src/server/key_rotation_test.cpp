#include "server/key_rotation.h"

#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

#include "crypto/key_ring_file.h"

namespace writ::server {
namespace {

using std::chrono::days;

class KeyRotation : public testing::Test {
  protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    ~KeyRotation() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    crypto::SealingKeys make_ring() {
        crypto::KeyRingFile file(path_);
        auto made = crypto::SealingKeys::open(file, clock_, random_);
        if (!made) throw std::runtime_error(made.error().message);
        return std::move(*made);
    }

    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("writ-rotation-" + std::to_string(::getpid()));
    std::filesystem::path path_ = key_file_of(folder_);
    FixedClock clock_{*parse_iso8601("2026-11-24T04:23:00Z")};
    SystemRandom random_;
};

TEST_F(KeyRotation, ComesWhenTheNewestKeyIsOldEnough) {
    const auto first = make_ring();
    const std::string sealed = first.seal_secret(Secret("a secret"), "AKIA1", random_);
    clock_.advance(days{90} - std::chrono::seconds{1});
    EXPECT_EQ(rotate_keys_older_than(days{90}, path_, clock_, random_)->newest_id(), 1U);
    clock_.advance(std::chrono::seconds{1});
    const auto rotated = rotate_keys_older_than(days{90}, path_, clock_, random_);
    ASSERT_TRUE(rotated);
    EXPECT_EQ(rotated->newest_id(), 2U);
    EXPECT_TRUE(rotated->open_secret(sealed, "AKIA1"));
    EXPECT_EQ(rotate_keys_older_than(days{90}, path_, clock_, random_)->newest_id(), 2U);
}

TEST_F(KeyRotation, OfZeroDaysNeverComesByItself) {
    make_ring();
    clock_.advance(days{10'000});
    EXPECT_EQ(rotate_keys_older_than(days{0}, path_, clock_, random_)->newest_id(), 1U);
    EXPECT_EQ(rotate_keys(path_, clock_, random_)->newest_id(), 2U);
}

// `writ keys rotate` beside a server: no key is lost, none comes twice.
TEST_F(KeyRotation, OfSeveralAtOnceAddsAKeyEach) {
    make_ring();
    constexpr std::uint32_t rotations = 8;
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t i = 0; i < rotations; ++i)
            threads.emplace_back([this] { EXPECT_TRUE(rotate_keys(path_, clock_, random_)); });
    }
    const auto keys = list_keys(path_);
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 1 + rotations);
    for (std::uint32_t i = 0; i < keys->size(); ++i) EXPECT_EQ(keys->at(i).id, i + 1);
}

TEST_F(KeyRotation, NeedsARing) {
    EXPECT_EQ(rotate_keys(path_, clock_, random_).error().code, "InvalidInput");
    EXPECT_EQ(list_keys(path_).error().code, "InvalidInput");
    EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace writ::server
