#include "engine/internal/explanation/layers.h"

#include <algorithm>

namespace writ::engine {
namespace {

std::vector<LayerTrace> rows_of(const Policies& policies) {
    std::vector<LayerTrace> rows;
    const auto add_levels = [&](Layer layer, const auto& levels) {
        const std::size_t count = levels ? levels->size() : 1;
        for (std::uint32_t level = 0; level < count; ++level) {
            rows.push_back({});
            rows.back().layer = layer;
            rows.back().level = level;
        }
    };
    add_levels(Layer::scp, policies.scp);
    add_levels(Layer::rcp, policies.rcp);
    for (const Layer layer :
         {Layer::identity, Layer::boundary, Layer::session, Layer::resource, Layer::trust, Layer::endpoint}) {
        rows.push_back({});
        rows.back().layer = layer;
        if (layer != Layer::session) continue;
        for (std::uint32_t level = 1; level <= policies.scope_down.size(); ++level) {
            rows.push_back({});
            rows.back().layer = layer;
            rows.back().level = level;
        }
    }
    return rows;
}

LayerTrace::Answer answer_of(const SetAnswer& answer) noexcept {
    if (answer.denies()) return LayerTrace::Answer::deny;
    return answer.allows() ? LayerTrace::Answer::allow : LayerTrace::Answer::none;
}

}  // namespace

std::vector<LayerTrace> trace_layers(const Recorder& recorder, const Policies& policies) {
    std::vector<LayerTrace> rows = rows_of(policies);
    for (const Recorder::Asked& asked : recorder.asked()) {
        const auto row = std::ranges::find_if(rows, [&](const LayerTrace& candidate) {
            return candidate.layer == asked.layer && candidate.level == asked.level;
        });
        row->in_force = true;
        row->answer = answer_of(asked.answer);
    }
    const std::optional<Situation>& situation = recorder.situation();
    if (!situation) return rows;
    for (const Requirement& requirement : requirements(policies, *situation, recorder.answers())) {
        for (LayerTrace& row : rows) {
            const bool same_part = is_scope_down(row.layer, row.level) == requirement.of_scope_down;
            if (row.layer == requirement.layer && same_part) row.required = requirement.needed;
        }
    }
    return rows;
}

}  // namespace writ::engine
