#include "engine/internal/condition/families.h"

namespace writ::engine {

Operand compile_ip(std::string_view text) {
    const auto network = parse_network(text);
    return network ? Operand(*network) : Operand();
}

Match match_ip(const CompiledCondition& condition, std::string_view value) noexcept {
    const auto address = parse_ip(value);
    if (!address) return Match::unusable;
    for (const Operand& operand : condition.operands) {
        const IpNetwork* network = std::get_if<IpNetwork>(&operand);
        if (network != nullptr && contains(*network, *address)) return Match::yes;
    }
    return Match::no;
}

}  // namespace writ::engine
