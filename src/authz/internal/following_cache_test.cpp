#include "authz/internal/following_cache.h"

#include <gtest/gtest.h>

namespace writ::authz {
namespace {

using Cache = FollowingCache<std::string>;

void put(Cache& cache, const std::string& key, std::vector<std::string> made_from) {
    cache.put(key, std::make_shared<const std::string>("value of " + key), std::move(made_from),
              cache.epoch());
}

void change(Cache& cache, const std::string& entity_id) {
    cache.follow({{.revision = 1, .entity = {store::EntityKind::user, "123456789012", entity_id}}});
}

TEST(FollowingCache, KeepsWhatWasPut) {
    Cache cache(10);
    EXPECT_EQ(cache.find("ada"), nullptr);
    put(cache, "ada", {"ada"});
    ASSERT_NE(cache.find("ada"), nullptr);
    EXPECT_EQ(*cache.find("ada"), "value of ada");
    EXPECT_EQ(cache.size(), 1U);
}

TEST(FollowingCache, DropsWhatWasMadeFromAnEntityThatChanged) {
    Cache cache(10);
    put(cache, "ada", {"ada", "group"});
    put(cache, "bob", {"bob", "group"});
    put(cache, "eve", {"eve"});
    change(cache, "eve");
    EXPECT_EQ(cache.find("eve"), nullptr);
    EXPECT_NE(cache.find("ada"), nullptr);
    change(cache, "group");
    EXPECT_EQ(cache.find("ada"), nullptr);
    EXPECT_EQ(cache.find("bob"), nullptr);
    EXPECT_EQ(cache.size(), 0U);
}

TEST(FollowingCache, FollowsWhatWasPutAgain) {
    Cache cache(10);
    put(cache, "ada", {"ada", "group"});
    change(cache, "group");
    put(cache, "ada", {"ada", "group"});
    change(cache, "ada");
    EXPECT_EQ(cache.find("ada"), nullptr);
    put(cache, "ada", {"ada", "group"});
    change(cache, "group");
    EXPECT_EQ(cache.find("ada"), nullptr);
}

TEST(FollowingCache, DoesNotKeepWhatMayBeStale) {
    Cache cache(10);
    const auto started = cache.epoch();
    change(cache, "somebody");
    cache.put("ada", std::make_shared<const std::string>("old"), {"ada"}, started);
    EXPECT_EQ(cache.find("ada"), nullptr);
}

// A turn comes with each half of ten.
TEST(FollowingCache, LetsGoWhatNobodyAskedForAndFollowsTheRest) {
    Cache cache(10);
    put(cache, "ada", {"ada", "group"});
    put(cache, "bob", {"bob"});
    for (const char* key : {"c", "d", "e", "f"}) put(cache, key, {key});
    EXPECT_NE(cache.find("ada"), nullptr);
    for (const char* key : {"g", "h", "i", "j", "k"}) put(cache, key, {key});
    EXPECT_NE(cache.find("ada"), nullptr);
    EXPECT_EQ(cache.find("bob"), nullptr);
    EXPECT_LE(cache.size(), 10U);
    change(cache, "group");
    EXPECT_EQ(cache.find("ada"), nullptr);
}

TEST(FollowingCache, DropsEverythingWhenAnythingMayHaveChanged) {
    Cache cache(4);
    for (const char* key : {"a", "b", "c"}) put(cache, key, {key});  // Of both generations.
    const auto held = cache.find("a");
    const auto started = cache.epoch();
    cache.follow({});
    EXPECT_EQ(cache.size(), 0U);
    EXPECT_EQ(cache.find("c"), nullptr);
    EXPECT_EQ(*held, "value of a") << "whoever holds it keeps it until done";
    cache.put("a", std::make_shared<const std::string>("old"), {"user"}, started);
    EXPECT_EQ(cache.find("a"), nullptr);
}

}  // namespace
}  // namespace writ::authz
