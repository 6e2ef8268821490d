#include "engine/internal/index.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "engine/internal/hash.h"

namespace writ::engine {
namespace {

using Entry = PolicySet::Index::Entry;

constexpr std::uint16_t all_action_bits = 0xFFFFU;
// A statement with more (service, resource) pairs stands in the bucket for any service, once a resource: an
// index must not outgrow what it indexes.
constexpr std::size_t pairs_max = 64;

// An entry and where it belongs, before sorting.
struct Placed {
    std::optional<std::uint64_t> service_hash;  ///< Nothing: any service.
    std::string prefix;
    Entry entry;
};

struct ServiceActions {
    std::uint64_t service_hash;
    std::uint16_t action_bits;
};

void add_action(std::vector<ServiceActions>& services, std::uint64_t service_hash, std::uint16_t bits) {
    const auto found = std::ranges::find(services, service_hash, &ServiceActions::service_hash);
    if (found != services.end()) {
        found->action_bits |= bits;
    } else {
        services.push_back({service_hash, bits});
    }
}

// The services that a statement's actions name; nothing when they may name any, or too many to tell apart.
std::optional<std::vector<ServiceActions>> services_of(const ActionElement& element) {
    if (element.negated) return std::nullopt;
    std::vector<ServiceActions> services;
    for (const ActionPattern& pattern : element.patterns) {
        if (services.size() > pairs_max) return std::nullopt;
        switch (pattern.kind) {
            case ActionPattern::Kind::never:
                break;
            case ActionPattern::Kind::all:
            case ActionPattern::Kind::globs:
                return std::nullopt;
            case ActionPattern::Kind::exact:
                add_action(services, hash_text(pattern.text.substr(0, pattern.text.find(':'))),
                           PolicySet::Index::action_bit(pattern.hash));
                break;
            case ActionPattern::Kind::service:
                add_action(services, pattern.hash, all_action_bits);
                break;
        }
    }
    return services;
}

struct KeyedPattern {
    std::string prefix;
    std::uint16_t pattern;
};

std::vector<KeyedPattern> resources_of(const CompiledStatement& statement) {
    const std::span<const ResourcePattern> patterns = statement.resource.patterns;
    const bool by_pattern =
        statement.has_resource && !statement.resource.negated && patterns.size() < every_resource_pattern;
    if (!by_pattern) return {{{}, static_cast<std::uint16_t>(every_resource_pattern)}};
    std::vector<KeyedPattern> keyed;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (patterns[i].kind == ResourcePattern::Kind::never) continue;
        keyed.push_back({index_prefix(patterns[i]), static_cast<std::uint16_t>(i)});
    }
    return keyed;
}

void place(const CompiledStatement& statement, std::uint32_t ordinal, std::vector<Placed>& placed) {
    if (!statement.has_action) return;
    const auto services = services_of(statement.action);
    const std::vector<KeyedPattern> resources = resources_of(statement);
    const bool anywhere = !services || services->size() * resources.size() > pairs_max;
    for (const KeyedPattern& resource : resources) {
        if (anywhere) {
            placed.push_back(
                {std::nullopt, resource.prefix, {&statement, ordinal, resource.pattern, all_action_bits}});
            continue;
        }
        for (const ServiceActions& service : *services) {
            placed.push_back({service.service_hash,
                              resource.prefix,
                              {&statement, ordinal, resource.pattern, service.action_bits}});
        }
    }
}

}  // namespace

PolicySet::Index::Index(std::vector<Member> given) : members(std::move(given)) {
    std::vector<Placed> placed;
    std::vector<std::uint32_t> ordinals{0};
    for (const Member& member : members) {
        std::uint32_t ordinal = ordinals.back();
        for (const CompiledStatement& statement : member.document->statements())
            place(statement, ordinal++, placed);
        ordinals.push_back(ordinal);
    }
    std::ranges::sort(placed, [](const Placed& a, const Placed& b) {
        return std::tie(a.service_hash, a.prefix, a.entry.ordinal, a.entry.pattern) <
               std::tie(b.service_hash, b.prefix, b.entry.ordinal, b.entry.pattern);
    });

    std::vector<Entry> made_entries;
    std::vector<Bucket> made_buckets;
    PrefixTriesBuilder made_tries;
    made_entries.reserve(placed.size());
    std::vector<std::string_view> prefixes;
    for (std::size_t at = 0; at < placed.size();) {
        const auto service = placed[at].service_hash;
        const auto first = static_cast<std::uint32_t>(made_entries.size());
        prefixes.clear();
        for (; at < placed.size() && placed[at].service_hash == service; ++at) {
            prefixes.push_back(placed[at].prefix);
            made_entries.push_back(placed[at].entry);
        }
        const PrefixTries::Root root = made_tries.add(prefixes, first);
        if (service) {
            made_buckets.push_back({*service, root});
        } else {
            any_service = root;
        }
    }
    pack(made_buckets, ordinals, made_tries.words(), made_entries);
}

void PolicySet::Index::pack(const std::vector<Bucket>& made_buckets,
                            const std::vector<std::uint32_t>& ordinals,
                            std::span<const std::uint32_t> trie_words,
                            const std::vector<Entry>& made_entries) {
    packed_bytes_ = std::span(made_buckets).size_bytes() + std::span(ordinals).size_bytes() +
                    trie_words.size_bytes() + alignof(Entry) + std::span(made_entries).size_bytes();
    arena_.emplace(packed_bytes_);
    buckets = arena_->keep(std::span(made_buckets));
    first_ordinals = arena_->keep(std::span(ordinals));
    tries = PrefixTries(arena_->keep(trie_words));
    entries = arena_->keep(std::span(made_entries));
}

std::pair<std::uint32_t, std::uint32_t> PolicySet::Index::locate(std::uint32_t ordinal) const noexcept {
    const auto after = std::ranges::upper_bound(first_ordinals, ordinal);
    const auto member = static_cast<std::uint32_t>(after - first_ordinals.begin() - 1);
    return {member, ordinal - first_ordinals[member]};
}

std::size_t PolicySet::Index::bytes() const noexcept {
    return sizeof(Index) + packed_bytes_ + members.capacity() * sizeof(Member);
}

PolicySet::PolicySet(std::vector<Member> members)
    : index_(std::make_unique<const Index>(std::move(members))) {}
PolicySet::PolicySet(PolicySet&&) noexcept = default;
PolicySet& PolicySet::operator=(PolicySet&&) noexcept = default;
PolicySet::~PolicySet() = default;

std::span<const PolicySet::Member> PolicySet::members() const noexcept {
    return index_->members;
}
std::size_t PolicySet::index_bytes() const noexcept {
    return sizeof(PolicySet) + index_->bytes();
}

}  // namespace writ::engine
