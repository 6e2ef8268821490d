#include "reproduce.h"

#include <nlohmann/json.hpp>

#include "cases/read.h"
#include "cases/run.h"
#include "engine/decide.h"
#include "oracle_answer.h"

namespace writ::differential {
namespace {

using Json = nlohmann::ordered_json;

constexpr Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};

struct Pair {
    engine::Decision engine;
    oracle::Answer oracle;
};

// Nothing when the file is none or both answer the same.
std::optional<Pair> difference(const std::string& cases_file) {
    const auto read = cases::read_text(cases_file, "case", ".");
    if (!read || read->size() != 1) return std::nullopt;
    const cases::Prepared prepared(read->front(), now);
    const Pair pair{engine::decide(prepared.policies(), prepared.request()),
                    cases::oracle_answer(read->front(), now)};
    const bool same = static_cast<int>(pair.engine.verdict) == static_cast<int>(pair.oracle.verdict) &&
                      engine::name(pair.engine.decided_by) == pair.oracle.decided_by;
    if (same) return std::nullopt;
    return pair;
}

// Leaves out members and elements, the largest first, as long as the difference stays.
bool shrink(Json& whole, Json& part) {
    bool shrunk = false;
    if (!part.is_structured()) return false;
    for (std::size_t i = 0; i < part.size();) {
        Json kept = part;
        if (part.is_object())
            part.erase(std::next(part.begin(), static_cast<std::ptrdiff_t>(i)).key());
        else
            part.erase(i);
        if (difference(whole.dump(-1, ' ', true))) {
            shrunk = true;
        } else {
            part = std::move(kept);
            ++i;
        }
    }
    for (Json& child : part) shrunk = shrink(whole, child) || shrunk;
    return shrunk;
}

}  // namespace

std::string minimise(const std::string& cases_file) {
    if (!difference(cases_file)) return {};
    Json whole = Json::parse(cases_file);
    while (shrink(whole, whole["cases"][0])) {
    }
    const auto pair = difference(whole.dump(-1, ' ', true));
    Json& only = whole["cases"][0];
    only["name"] = "engine says " + std::string(engine::name(pair->engine.verdict)) + " by " +
                   std::string(engine::name(pair->engine.decided_by));
    constexpr std::array<const char*, 3> words{"allowed", "explicitDeny", "implicitDeny"};
    only["expect"] = {{"decision", words.at(static_cast<std::size_t>(pair->oracle.verdict))},
                      {"decided_by", std::string(pair->oracle.decided_by)}};
    return whole.dump(2, ' ', true);
}

}  // namespace writ::differential
