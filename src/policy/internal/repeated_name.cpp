#include "policy/internal/repeated_name.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace writ::policy::internal {

const Scalar* repeated_name(std::span<const Scalar> names) {
    constexpr std::size_t pairwise_max = 16;
    const Scalar* found = nullptr;
    const auto note = [&](const Scalar* second) {
        if (found == nullptr || second->span.begin.byte < found->span.begin.byte) found = second;
    };
    if (names.size() <= pairwise_max) {
        for (std::size_t i = 1; i < names.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (names[i].text == names[j].text) note(&names[i]);
        return found;
    }
    std::vector<const Scalar*> sorted;
    sorted.reserve(names.size());
    for (const Scalar& name : names) sorted.push_back(&name);
    std::ranges::sort(sorted, [](const Scalar* a, const Scalar* b) {
        return a->text != b->text ? a->text < b->text : a->span.begin.byte < b->span.begin.byte;
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (sorted[i]->text == sorted[i - 1]->text) note(sorted[i]);
    return found;
}

}  // namespace writ::policy::internal
