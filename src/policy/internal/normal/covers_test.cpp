#include "policy/internal/normal/covers.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

// Coverage against its definition: whatever the covered pattern matches, the covering one matches.
namespace writ::policy::internal {
namespace {

// Spec M1, as plainly as it can be said.
bool matches(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*')
        return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
    return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
           matches(pattern.substr(1), text.substr(1));
}

std::vector<std::string> all_texts(std::string_view alphabet, std::size_t length_max) {
    std::vector<std::string> out{""};
    for (std::size_t begin = 0, length = 1; length <= length_max; ++length) {
        const std::size_t end = out.size();
        for (; begin < end; ++begin)
            for (const char c : alphabet) out.push_back(out[begin] + c);
    }
    return out;
}

// One bit a text.
std::vector<bool> language(std::string_view pattern, const std::vector<std::string>& texts) {
    std::vector<bool> out;
    for (const std::string& text : texts) out.push_back(matches(pattern, text));
    return out;
}

bool contains(const std::vector<bool>& language, const std::vector<bool>& part) {
    for (std::size_t i = 0; i < part.size(); ++i)
        if (part[i] && !language[i]) return false;
    return true;
}

TEST(GlobCovers, HoldsForEveryTextOfSmallPatterns) {
    const std::vector<std::string> patterns = all_texts("ab*?", 4);
    const std::vector<std::string> texts = all_texts("abc", 6);
    std::vector<std::vector<bool>> languages;
    for (const std::string& pattern : patterns) languages.push_back(language(pattern, texts));
    std::size_t covered_pairs = 0;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        for (std::size_t j = 0; j < patterns.size(); ++j) {
            if (!glob_covers(patterns[i], patterns[j])) continue;
            ++covered_pairs;
            ASSERT_TRUE(contains(languages[i], languages[j])) << patterns[i] << " and " << patterns[j];
        }
    }
    EXPECT_GT(covered_pairs, patterns.size());  // More than each pattern itself.
}

// Without `?` the answer is exact.
TEST(GlobCovers, MissesNothingAmongStars) {
    const std::vector<std::string> patterns = all_texts("ab*", 4);
    const std::vector<std::string> texts = all_texts("abc", 6);
    std::vector<std::vector<bool>> languages;
    for (const std::string& pattern : patterns) languages.push_back(language(pattern, texts));
    for (std::size_t i = 0; i < patterns.size(); ++i)
        for (std::size_t j = 0; j < patterns.size(); ++j)
            ASSERT_EQ(glob_covers(patterns[i], patterns[j]), contains(languages[i], languages[j]))
                << patterns[i] << " and " << patterns[j];
}

}  // namespace
}  // namespace writ::policy::internal
