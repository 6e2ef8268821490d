#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "questions/authzen/answers.h"
#include "questions/authzen/mapping.h"
#include "questions/inquiry.h"

/// What the Search APIs have in common: pages, and the candidates that are asked about one by one.
namespace writ::questions::internal {

/// Where a list goes on: a part of it, by the marker of the directory (empty: the first), and how many of
/// that part were looked at.
struct Place {
    std::string marker;
    std::size_t offset = 0;
};

/// Results of one page. At most `limit` of them, and at most candidates_max candidates are asked about: a
/// page may be short, or empty, and not the last.
class ResultPage {
  public:
    static constexpr std::size_t candidates_max = 5'000;
    static constexpr std::size_t chunk_size = 200;  ///< Candidates that are read together.

    /// Reads "page" of the request. ValidationError 400 for one that is none, or whose token is of another
    /// search.
    [[nodiscard]] static Result<ResultPage> of(const Json& document);

    [[nodiscard]] const Place& place() const noexcept { return place_; }
    /// Goes on with the part behind that marker.
    void enter(std::string marker) { place_ = {std::move(marker), 0}; }
    [[nodiscard]] bool is_full() const noexcept { return count_ >= limit_ || candidates_ >= candidates_max; }
    /// One more candidate is being looked at.
    void step() {
        ++place_.offset;
        ++candidates_;
    }
    /// Adds what `write` prints, one value.
    void add(const std::function<void(JsonWriter&)>& write);
    /// The whole answer. `more`: the list goes on at place().
    [[nodiscard]] HttpResponse answer(bool more);

  private:
    ResultPage() = default;
    Place place_;
    std::size_t limit_ = 100;
    std::size_t count_ = 0, candidates_ = 0;
    std::string search_;   ///< Digest of what is searched.
    std::string results_;  ///< JSON values with commas.
};

/// The answer where the search cannot be made: no results where a type of subject or resource is unknown, for
/// nobody may do anything then. Any other error stays one.
[[nodiscard]] Result<HttpResponse> none_if_unknown(ResultPage& page, Error error);

/// Asks about one candidate. Who has gone meanwhile is no result, nor, where subjects are searched, is whom
/// the asker may not ask about. Any other error ends the search.
[[nodiscard]] Result<bool> is_allowed(Inquiry& inquiry, const Question& question, bool of_subject);

}  // namespace writ::questions::internal
