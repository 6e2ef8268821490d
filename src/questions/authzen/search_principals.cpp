#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "directory/principals/roles.h"
#include "directory/principals/users.h"
#include "questions/authzen/search.h"

/// The Subject Search API, and the Resource Search API for the resources that this Writ keeps itself: the
/// users and roles of the asker's account. Which resources another service has, Writ does not know, so that
/// no answer would be the whole one.
namespace writ::questions::internal {
namespace {

struct Candidate {
    std::string name;
    std::string arn;
};
struct Chunk {
    std::vector<Candidate> candidates;
    std::optional<std::string> marker;  ///< Only when more follows.
};

template <class Entity>
Result<Chunk> chunk_of(Result<directory::Page<Entity>> page) {
    if (!page) return std::unexpected(std::move(page.error()));
    Chunk chunk{.candidates = {}, .marker = std::move(page->marker)};
    for (Entity& entity : page->items) {
        chunk.candidates.push_back({.name = std::move(entity.name), .arn = std::move(entity.arn)});
    }
    return chunk;
}

struct Kind {
    std::string_view subject_type;
    std::string_view resource_type;
    std::string_view list_action;  ///< Who may not list them is told no resources.
    std::string_view list_resource;
    Result<Chunk> (*read)(const directory::AccountView& account, const directory::PageRequest& page);
};
constexpr auto kinds = std::to_array<Kind>({
    {"user", "iam:user", "iam:ListUsers", "user/",
     [](const directory::AccountView& account, const directory::PageRequest& page) {
         return chunk_of(directory::list_users(account, "/", page));
     }},
    {"role", "iam:role", "iam:ListRoles", "role/",
     [](const directory::AccountView& account, const directory::PageRequest& page) {
         return chunk_of(directory::list_roles(account, "/", page));
     }},
});

Result<Chunk> read_chunk(const Inquiry& inquiry, const Kind& kind, const std::string& marker) {
    auto reader = inquiry.at().store.read();
    if (!reader) return std::unexpected(directory::to_error(reader.error()));
    const directory::PageRequest page{.marker = marker.empty() ? std::nullopt : std::optional(marker),
                                      .items_max = ResultPage::chunk_size};
    return kind.read({**reader, inquiry.asker().principal->account, inquiry.at().environment}, page);
}

/// A search of one of the two kinds, on its way.
class Search {
  public:
    Search(Inquiry& inquiry, const Kind& kind, Open open) : inquiry_(inquiry), kind_(kind), open_(open) {}

    /// True: the list goes on behind the page.
    Result<bool> fill(ResultPage& page, Question question) {
        while (true) {
            const auto chunk = read_chunk(inquiry_, kind_, page.place().marker);
            if (!chunk) return std::unexpected(chunk.error());
            while (page.place().offset < chunk->candidates.size()) {
                if (page.is_full()) return true;
                const Candidate& candidate = chunk->candidates[page.place().offset];
                page.step();
                if (auto looked_at = look_at(candidate, question, page); !looked_at) {
                    return std::unexpected(std::move(looked_at.error()));
                }
            }
            const auto& marker = chunk->marker;
            if (!marker) return false;
            page.enter(*marker);
        }
    }

  private:
    Result<void> look_at(const Candidate& candidate, Question& question, ResultPage& page) {
        const bool of_subject = open_ == Open::subject;
        (of_subject ? question.principal : question.resource) = candidate.arn;
        const auto allowed = is_allowed(inquiry_, question, of_subject);
        if (!allowed) return std::unexpected(allowed.error());
        if (!*allowed) return {};
        page.add([&](JsonWriter& json) {
            json.StartObject();
            write_text(json, "type", of_subject ? kind_.subject_type : kind_.resource_type);
            write_text(json, "id", of_subject ? candidate.name : candidate.arn);
            json.EndObject();
        });
        return {};
    }

    Inquiry& inquiry_;
    const Kind& kind_;
    const Open open_;
};

Result<void> check_may_list(Inquiry& inquiry, const Kind& kind) {
    std::string listed = "arn:" + inquiry.at().config.partition + ":iam::";
    listed.append(inquiry.asker().principal->account).append(1, ':').append(kind.list_resource);
    return inquiry.check_asker_may(kind.list_action, listed);
}

const Kind* find_kind(std::string_view Kind::* type, std::string_view wanted) {
    const auto* const at = std::ranges::find(kinds, wanted, type);
    return at == kinds.end() ? nullptr : at;
}

/// Errors: NotFound for a type that nobody knows; ValidationError 400 for one of which is not known which
/// there are.
Result<const Kind*> kind_of_subject(const Json& subject) {
    const std::string_view type = text_of(*find_member(subject, "type"));
    if (const Kind* kind = find_kind(&Kind::subject_type, type)) return kind;
    if (type == "root")
        return fail("ValidationError", 400, "Subjects of the types user and role can be searched.");
    return fail("NotFound", 404, "There is no subject of the type " + std::string(type) + ".");
}

/// The same errors.
Result<const Kind*> kind_of_resource(const Entities& entities, Mapping& mapping) {
    const std::string_view type = text_of(*find_member(*entities.resource, "type"));
    if (const Kind* kind = find_kind(&Kind::resource_type, type)) return kind;
    const auto known =
        mapping.resource_of(*entities.resource, text_of(*find_member(*entities.action, "name")));
    if (!known) return std::unexpected(known.error());
    return fail("ValidationError", 400,
                "Resources of the types iam:user and iam:role can be searched; which others there are is not "
                "known here.");
}

Result<HttpResponse> search(Exchange& exchange, Open open) {
    AuthzenCall call;
    if (auto read = read_call(exchange, call); !read) return std::unexpected(std::move(read.error()));
    const Entities entities = entities_of(*call.document);
    if (auto fits = check_form(entities, open); !fits) return std::unexpected(std::move(fits.error()));
    auto page = ResultPage::of(*call.document);
    if (!page) return std::unexpected(std::move(page.error()));
    Inquiry inquiry(exchange.at, exchange.authenticator, call.asker, call.services, exchange.http);
    Mapping mapping(inquiry);
    const auto kind =
        open == Open::subject ? kind_of_subject(*entities.subject) : kind_of_resource(entities, mapping);
    if (!kind) return none_if_unknown(*page, kind.error());
    if (open == Open::resource) {
        if (auto may = check_may_list(inquiry, **kind); !may) return std::unexpected(std::move(may.error()));
    }
    auto question = mapping.question_of(entities, open);
    if (!question) return none_if_unknown(*page, std::move(question.error()));
    const auto more = Search(inquiry, **kind, open).fill(*page, std::move(*question));
    if (!more) return std::unexpected(more.error());
    return page->answer(*more);
}

HttpResponse answer(Exchange& exchange, Open open) {
    auto found = search(exchange, open);
    return found ? std::move(*found) : authzen_error(exchange, found.error());
}

}  // namespace

HttpResponse search_subjects(Exchange& exchange) {
    return answer(exchange, Open::subject);
}

HttpResponse search_resources(Exchange& exchange) {
    return answer(exchange, Open::resource);
}

}  // namespace writ::questions::internal
