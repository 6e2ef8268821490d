#include "engine/internal/explanation/remedies.h"

#include <algorithm>

#include "engine/internal/explanation/remedy_statement.h"
#include "engine/internal/explanation/remedy_words.h"

namespace writ::engine {
namespace {

// Whether any Action element but a wildcard can mean it (spec A2).
bool is_nameable(std::string_view action) noexcept {
    const std::size_t colon = action.find(':');
    return colon != std::string_view::npos && colon != 0 && colon + 1 != action.size();
}

class RemedyFinder {
  public:
    RemedyFinder(const Recorder& recorder, const std::vector<TracedStatement>& statements,
                 const Policies& policies, const Request& request)
        : recorder_(recorder), statements_(statements), policies_(policies), request_(request) {}

    std::vector<Remedy> run() {
        const std::optional<Situation>& situation = recorder_.situation();
        if (!situation) {  // E12
            add_hopeless(Layer::always, "The resource belongs to AWS: no policy lets anyone change it.");
        } else if (!situation->same_partition) {  // E13
            add_hopeless(Layer::resource, "No policy grants anything across partitions: the caller is in " +
                                              request_.principal().partition + ", the resource in " +
                                              std::string(request_.resource_part(1)) + ".");
        } else if (!is_nameable(request_.action())) {
            add_hopeless(Layer::identity,
                         "The action is none: SERVICE:NAME is wanted, such as s3:GetObject.");
        } else {
            add_denies();
            add_missing_allows(*situation);
        }
        return std::move(remedies_);
    }

  private:
    void add_hopeless(Layer layer, std::string why) {
        remedies_.push_back({layer, 0, "no policy", "", std::move(why)});
    }

    void add_denies() {
        for (const TracedStatement& statement : statements_) {
            if (!statement.denies()) continue;
            const std::uint32_t level = statement.trace.ref.level;
            remedies_.push_back({statement.layer, level,
                                 place_of(statement.layer, level, policies_, request_), "",
                                 note_on_deny(statement)});
        }
    }

    void add_missing_allows(const Situation& situation) {
        Answers answers = answers_without_denies();
        for (std::size_t i = 0; i < Requirements{}.size(); ++i) {
            // Anew for each: an Allow added to the resource side may make the caller's own policies
            // unnecessary (spec 5.3).
            const Requirement requirement = requirements(policies_, situation, answers)[i];
            if (!requirement.needed || requirement.met) continue;
            if (requirement.layer == Layer::scp || requirement.layer == Layer::rcp ||
                requirement.of_scope_down) {
                add_levels(requirement);
                continue;
            }
            add_allow(requirement.layer, 0);
            if (requirement.layer == Layer::resource || requirement.layer == Layer::trust)
                answers.resource = allow(grant_by_name(request_.principal()));
        }
    }

    void add_levels(const Requirement& requirement) {
        const Layer layer = requirement.layer;
        for (const Recorder::Asked& asked : recorder_.asked()) {
            const bool is_meant =
                asked.layer == layer && is_scope_down(layer, asked.level) == requirement.of_scope_down;
            if (is_meant && !grant_at(layer, asked.level)) add_allow(layer, asked.level);
        }
    }

    void add_allow(Layer layer, std::uint32_t level) {
        Remedy remedy{layer, level, place_of(layer, level, policies_, request_),
                      allowing_statement(layer, request_), note_on_near_miss(layer, level, statements_)};
        if (layer == Layer::rcp && remedy.note.empty())
            remedy.note = "Customer RCPs only deny: attach RCPFullAWSAccess.";  // T5
        remedies_.push_back(std::move(remedy));
    }

    static SetAnswer allow(GrantClass grant) { return {SetAnswer::Says::allow, grant, 0}; }

    // The best that the Allow statements of a set give, whatever it denies; nothing when none applies.
    [[nodiscard]] std::optional<GrantClass> grant_at(Layer layer, std::uint32_t level) const {
        std::optional<GrantClass> best;
        for (const TracedStatement& statement : statements_) {
            if (statement.allows() && statement.layer == layer && statement.trace.ref.level == level)
                best = std::max(best.value_or(GrantClass::none), statement.grant);
        }
        return best;
    }

    [[nodiscard]] Answers answers_without_denies() const {
        Answers answers;
        for (const Recorder::Asked& asked : recorder_.asked()) {
            const std::optional<GrantClass> grant = grant_at(asked.layer, asked.level);
            if (!grant) {
                note_silence(answers, asked);
            } else if (SetAnswer* answer = answer_of(answers, asked)) {
                *answer = allow(*grant);
            }
        }
        return answers;
    }

    static void note_silence(Answers& answers, const Recorder::Asked& asked) {
        if (asked.layer == Layer::scp)
            answers.silent_scp_level = std::min(answers.silent_scp_level, asked.level);
        if (asked.layer == Layer::rcp)
            answers.silent_rcp_level = std::min(answers.silent_rcp_level, asked.level);
        if (is_scope_down(asked.layer, asked.level))
            answers.silent_scope_down = std::min(answers.silent_scope_down, asked.level);
    }

    static SetAnswer* answer_of(Answers& answers, const Recorder::Asked& asked) {
        switch (asked.layer) {
            case Layer::identity:
                return &answers.identity;
            case Layer::boundary:
                return &answers.boundary;
            case Layer::session:
                return asked.level == 0 ? &answers.session : nullptr;
            case Layer::endpoint:
                return &answers.endpoint;
            case Layer::resource:
            case Layer::trust:
                return &answers.resource;
            default:
                return nullptr;  // Levels are noted by their silence.
        }
    }

    const Recorder& recorder_;
    const std::vector<TracedStatement>& statements_;
    const Policies& policies_;
    const Request& request_;
    std::vector<Remedy> remedies_;
};

}  // namespace

std::vector<Remedy> find_remedies(const Recorder& recorder, const std::vector<TracedStatement>& statements,
                                  const Policies& policies, const Request& request) {
    return RemedyFinder(recorder, statements, policies, request).run();
}

}  // namespace writ::engine
