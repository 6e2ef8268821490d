#include "api/denials.h"

#include <array>
#include <map>
#include <string_view>

#include "cases/write.h"
#include "directory/reports/denials.h"

namespace writ::api {
namespace {

constexpr std::size_t id_characters = 26;  // 130 bits.

std::string make_id(RandomSource& random) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::array<std::byte, id_characters> bytes{};
    random.fill(bytes);
    std::string id;
    id.reserve(id_characters);
    for (const std::byte byte : bytes) id += alphabet[std::to_integer<std::size_t>(byte) % alphabet.size()];
    return id;
}

}  // namespace

std::string Denials::note(std::string account, cases::Case question) {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= waiting_max) return {};
    std::string id = make_id(environment_.random);
    waiting_.push_back({std::move(account), id, environment_.clock.now(), std::move(question)});
    return id;
}

void Denials::flush() {
    std::vector<Waiting> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
    }
    if (waiting.empty()) return;
    std::map<std::string, std::vector<directory::Denial>> by_account;
    for (const Waiting& denial : waiting) {
        by_account[denial.account].push_back({denial.id, denial.denied_at, cases::to_file(denial.question)});
    }
    auto transaction = store_.write();
    if (!transaction) return;
    for (const auto& [id, denials] : by_account) {
        directory::AccountEdit account(**transaction, id, environment_);
        if (!directory::keep_denials(account, denials)) return;
    }
    static_cast<void>((*transaction)->commit());
}

}  // namespace writ::api
