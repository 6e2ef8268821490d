#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "store/store.h"

namespace writ::bench {

/// A statement as the stores over SQL send it for one call of the interface.
struct Statement {
    std::string text;                 ///< Parameters are $1, $2 …
    std::vector<std::string> values;  ///< As PostgreSQL reads them in text form.
    bool writes = false;              ///< Then a savepoint stands before it.
};

/// Another transaction, and what is sent for it between begin and commit. Never committed.
class RecordedTransaction final : public store::Transaction {
  public:
    explicit RecordedTransaction(std::unique_ptr<store::Transaction> inner) : inner_(std::move(inner)) {}

    [[nodiscard]] const std::vector<Statement>& statements() const noexcept { return statements_; }
    /// What the lines in the feed would tell.
    [[nodiscard]] const std::set<store::Entity>& changed() const noexcept { return changed_; }

    /// Ends the transaction; what was recorded stays. Nothing else may be asked of it then.
    void take_back() noexcept { inner_.reset(); }

    [[nodiscard]] store::Revision revision() const noexcept override { return inner_->revision(); }
    store::Outcome<void> scan(const store::Table& table, const store::Index& index, const store::Range& range,
                              const store::Reader::Sink& sink) override;
    store::Outcome<std::size_t> count_rows(const store::Table& table, const store::Index& index,
                                           const store::Range& range) override;
    store::Outcome<void> insert_row(const store::Table& table, std::span<const store::Bind> row) override;
    store::Outcome<void> update_row(const store::Table& table, std::span<const store::Bind> row) override;
    store::Outcome<void> erase_row(const store::Table& table, std::span<const store::Bind> row) override;
    store::Outcome<store::Revision> commit() override;

  private:
    std::unique_ptr<store::Transaction> inner_;
    std::vector<Statement> statements_;
};

}  // namespace writ::bench
