#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "store/store.h"

namespace writ::store {

/// Which calls of a FaultyStore fail, and how.
struct Fault {
    std::uint64_t first = 1;  ///< 1 is the next call.
    std::uint64_t count = 1;  ///< So many calls in a row, from the first on.
    FailureKind kind = FailureKind::unavailable;
    /// A commit that fails has happened all the same: only its answer is lost.
    bool loses_answers_of_commits = false;

    static constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
};

/// Another store, some calls of which fail: any of read, write, find, list, count, insert, update, erase,
/// commit and changes_since. A failing call does nothing but for `loses_answers_of_commits`. For tests; for
/// one thread at a time while a fault is set.
class FaultyStore final : public Store {
  public:
    explicit FaultyStore(Store& inner) : inner_(inner) {}

    /// Counts from now on.
    void fail(const Fault& fault) {
        fault_ = fault;
        calls_ = 0;
    }
    /// Whether any call has failed since fail().
    [[nodiscard]] bool has_failed() const noexcept { return fault_ && calls_ >= fault_->first; }
    void mend() { fault_.reset(); }

    Outcome<std::unique_ptr<Reader>> read() override;
    Outcome<std::unique_ptr<Transaction>> write() override;
    [[nodiscard]] Revision revision() const noexcept override { return inner_.revision(); }
    Outcome<std::vector<Change>> changes_since(Revision revision, std::size_t rows_max) override {
        if (auto failure = next_failure()) return std::unexpected(std::move(*failure));
        return inner_.changes_since(revision, rows_max);
    }
    void listen(ChangeListener listener) override { inner_.listen(std::move(listener)); }

  private:
    template <class Base>
    class FaultyReads;
    class FaultyTransaction;

    std::optional<Failure> next_failure() {
        if (!fault_) return std::nullopt;
        ++calls_;
        if (calls_ < fault_->first || calls_ - fault_->first >= fault_->count) return std::nullopt;
        return Failure{fault_->kind, {}, "disk full"};
    }

    Store& inner_;
    std::optional<Fault> fault_;
    std::uint64_t calls_ = 0;
};

/// What readers and transactions have in common.
template <class Base>
class FaultyStore::FaultyReads : public Base {
  public:
    FaultyReads(FaultyStore& store, std::unique_ptr<Base> inner) : store_(store), inner_(std::move(inner)) {}

    [[nodiscard]] Revision revision() const noexcept override { return inner_->revision(); }
    Outcome<void> scan(const Table& table, const Index& index, const Range& range,
                       const Reader::Sink& sink) override {
        if (auto failure = store_.next_failure()) return std::unexpected(std::move(*failure));
        return inner_->scan(table, index, range, sink);
    }
    Outcome<std::size_t> count_rows(const Table& table, const Index& index, const Range& range) override {
        if (auto failure = store_.next_failure()) return std::unexpected(std::move(*failure));
        return inner_->count_rows(table, index, range);
    }

  protected:
    FaultyStore& store_;
    std::unique_ptr<Base> inner_;
};

class FaultyStore::FaultyTransaction final : public FaultyReads<Transaction> {
  public:
    using FaultyReads::FaultyReads;

    Outcome<void> insert_row(const Table& table, std::span<const Bind> row) override {
        if (auto failure = store_.next_failure()) return std::unexpected(std::move(*failure));
        return inner_->insert_row(table, row);
    }
    Outcome<void> update_row(const Table& table, std::span<const Bind> row) override {
        if (auto failure = store_.next_failure()) return std::unexpected(std::move(*failure));
        return inner_->update_row(table, row);
    }
    Outcome<void> erase_row(const Table& table, std::span<const Bind> row) override {
        if (auto failure = store_.next_failure()) return std::unexpected(std::move(*failure));
        return inner_->erase_row(table, row);
    }
    void note(Entity changed) override { inner_->note(std::move(changed)); }
    Outcome<Revision> commit() override {
        auto failure = store_.next_failure();
        if (failure && !store_.fault_->loses_answers_of_commits) return std::unexpected(std::move(*failure));
        auto committed = inner_->commit();
        if (failure) return std::unexpected(std::move(*failure));
        return committed;
    }
};

inline Outcome<std::unique_ptr<Reader>> FaultyStore::read() {
    if (auto failure = next_failure()) return std::unexpected(std::move(*failure));
    auto reader = inner_.read();
    if (!reader) return reader;
    return std::make_unique<FaultyReads<Reader>>(*this, std::move(*reader));
}

inline Outcome<std::unique_ptr<Transaction>> FaultyStore::write() {
    if (auto failure = next_failure()) return std::unexpected(std::move(*failure));
    auto transaction = inner_.write();
    if (!transaction) return transaction;
    return std::make_unique<FaultyTransaction>(*this, std::move(*transaction));
}

}  // namespace writ::store
