#include "embed/bundle.h"

#include <string>
#include <utility>

namespace writ::embed {
namespace {

using engine::PolicySet;
using policy::PolicyType;

bool has_levels(PolicyType type) noexcept {
    return type == PolicyType::scp || type == PolicyType::rcp;
}

// The texts of the types that may have several documents are lists.
std::vector<cases::PolicyText>* list_of(cases::PolicyTexts& texts, PolicyType type, std::uint32_t level) {
    const auto level_of = [level](std::optional<std::vector<cases::PolicyLevel>>& levels) {
        if (!levels) levels.emplace();
        if (levels->size() <= level) levels->resize(level + 1);
        return &(*levels)[level];
    };
    switch (type) {
        case PolicyType::identity:
            return &texts.identity;
        case PolicyType::session:
            return texts.session ? &*texts.session : &texts.session.emplace();
        case PolicyType::scp:
            return level_of(texts.scp);
        case PolicyType::rcp:
            return level_of(texts.rcp);
        default:
            return nullptr;
    }
}

std::optional<cases::PolicyText>& single_of(cases::PolicyTexts& texts, PolicyType type) {
    switch (type) {
        case PolicyType::boundary:
            return texts.boundary;
        case PolicyType::trust:
            return texts.trust;
        case PolicyType::endpoint:
            return texts.endpoint;
        default:
            return texts.resource;
    }
}

std::shared_ptr<const PolicySet> with_member(const PolicySet* set, PolicySet::Member member) {
    std::vector<PolicySet::Member> members;
    if (set != nullptr) members.assign(set->members().begin(), set->members().end());
    members.push_back(std::move(member));
    return std::make_shared<const PolicySet>(std::move(members));
}

}  // namespace

std::optional<Failure> Bundle::add(PolicyType type, std::uint32_t level, cases::PolicyText text) {
    if (auto failure = require(type, level)) return failure;
    Set& set = slot_for(type, level);
    std::vector<cases::PolicyText>* list = list_of(texts_, type, level);
    if (list == nullptr && !set->members().empty())
        return invalid("There can be one policy of this type only, and there is one already.");
    if (text.source.name.empty()) text.source.name = std::to_string(set->members().size());
    set = with_member(set.get(), {engine::compile(text.document, type), text.source});
    refresh_pointers();
    if (list != nullptr) {
        list->push_back(std::move(text));
    } else {
        single_of(texts_, type) = std::move(text);
    }
    return std::nullopt;
}

std::optional<Failure> Bundle::require(PolicyType type, std::uint32_t level) {
    if (!has_levels(type) && level != 0) return invalid("Only SCPs and RCPs have levels.");
    if (level >= levels_max) return invalid("An organization has no more than 64 levels.");
    if (Set& set = slot_for(type, level); set == nullptr)
        set = std::make_shared<const PolicySet>(std::vector<PolicySet::Member>{});
    static_cast<void>(list_of(texts_, type, level));
    refresh_pointers();
    if (type == PolicyType::rcp) engine::prepare_for_rcps();
    return std::nullopt;
}

Bundle::Set& Bundle::slot_for(PolicyType type, std::uint32_t level) {
    if (!has_levels(type)) return sets_.at(static_cast<std::size_t>(type));
    std::optional<Levels>& levels = type == PolicyType::scp ? scp_ : rcp_;
    if (!levels) levels.emplace();
    while (levels->sets.size() <= level) {
        levels->pointers.push_back(nullptr);
        levels->sets.push_back(std::make_shared<const PolicySet>(std::vector<PolicySet::Member>{}));
    }
    return levels->sets[level];
}

void Bundle::refresh_pointers() noexcept {
    for (std::optional<Levels>* levels : {&scp_, &rcp_}) {
        if (!*levels) continue;
        for (std::size_t i = 0; i < (*levels)->sets.size(); ++i)
            (*levels)->pointers[i] = (*levels)->sets[i].get();
    }
}

engine::Policies Bundle::policies() const noexcept {
    const auto set = [&](PolicyType type) { return sets_[static_cast<std::size_t>(type)].get(); };
    engine::Policies policies;
    policies.identity = set(PolicyType::identity);
    policies.boundary = set(PolicyType::boundary);
    policies.session = set(PolicyType::session);
    policies.resource = set(PolicyType::resource);
    policies.trust = set(PolicyType::trust);
    policies.endpoint = set(PolicyType::endpoint);
    if (scp_) policies.scp = scp_->pointers;
    if (rcp_) policies.rcp = rcp_->pointers;
    return policies;
}

}  // namespace writ::embed
