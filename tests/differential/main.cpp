// differential: engine against oracle on random cases that collide. Ends with 0 when they agreed on all of
// them, with 1 and the smallest case they differ on as soon as they do not.
#include <CLI/CLI.hpp>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bundle.h"
#include "cases/write.h"
#include "reproduce.h"

namespace writ::differential {
namespace {

constexpr std::uint64_t cases_per_bundle = 512;
constexpr std::size_t verdicts_count = 3, layers_count = 11;

// How many cases ended how.
struct Tally {
    std::array<std::array<std::uint64_t, layers_count>, verdicts_count> count{};

    void add(const engine::Decision& decision) {
        ++count[static_cast<std::size_t>(decision.verdict)][static_cast<std::size_t>(decision.decided_by)];
    }
    void add(const Tally& other) {
        for (std::size_t v = 0; v < verdicts_count; ++v)
            for (std::size_t l = 0; l < layers_count; ++l) count[v][l] += other.count[v][l];
    }
    [[nodiscard]] std::uint64_t total() const {
        std::uint64_t sum = 0;
        for (const auto& row : count)
            for (const std::uint64_t cell : row) sum += cell;
        return sum;
    }
    void print() const {
        for (std::size_t v = 0; v < verdicts_count; ++v) {
            for (std::size_t l = 0; l < layers_count; ++l) {
                if (count[v][l] == 0) continue;
                const double share = 100.0 * static_cast<double>(count[v][l]) / static_cast<double>(total());
                std::printf("  %-12s %-8s %5.2f %%\n", engine::name(static_cast<engine::Verdict>(v)).data(),
                            engine::name(static_cast<engine::Layer>(l)).data(), share);
            }
        }
    }
};

struct Options {
    double seconds = 0;
    std::uint64_t cases = 0;  ///< 0: until the time is over.
    unsigned threads = 1;
    std::uint64_t seed = 0;
};

class Comparison {
  public:
    explicit Comparison(const Options& options) : options_(options) {}

    bool run() {
        const auto start = std::chrono::steady_clock::now();
        end_ = start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                           std::chrono::duration<double>(options_.seconds));
        {
            std::vector<std::jthread> threads;
            for (unsigned i = 0; i < options_.threads; ++i) threads.emplace_back([this] { work(); });
        }
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        const auto total = static_cast<double>(tally_.total());
        std::printf("%.0f cases in %.1f s, %.0f a second; seed %llu\n", total, took.count(),
                    total / took.count(), static_cast<unsigned long long>(options_.seed));
        tally_.print();
        if (found_.empty()) return true;
        std::printf("engine and oracle differ; seed of the bundle: %llu\n%s\n",
                    static_cast<unsigned long long>(found_seed_), found_.c_str());
        return false;
    }

  private:
    [[nodiscard]] bool has_more(std::uint64_t bundle) const {
        if (differs_.load(std::memory_order_relaxed)) return false;
        if (options_.cases != 0) return bundle * cases_per_bundle < options_.cases;
        return std::chrono::steady_clock::now() < end_;
    }

    void work() {
        Tally tally;
        for (std::uint64_t bundle = next_++; has_more(bundle); bundle = next_++)
            compare_bundle(options_.seed + bundle, tally);
        const std::lock_guard lock(mutex_);
        tally_.add(tally);
    }

    void compare_bundle(std::uint64_t seed, Tally& tally) {
        Choices choices(seed);
        Bundle bundle(choices);
        for (std::uint64_t i = 0; i < cases_per_bundle; ++i) {
            const Selection selection = bundle.select(choices);
            const Answers answers = bundle.ask(selection);
            tally.add(answers.engine);
            if (answers.agree()) continue;
            const std::lock_guard lock(mutex_);
            if (differs_.exchange(true)) return;
            found_seed_ = seed;
            const std::string whole = cases::to_file(bundle.case_of(selection));
            found_ = minimise(whole);
            if (found_.empty()) found_ = "(only inside its bundle)\n" + whole;
            return;
        }
    }

    Options options_;
    std::chrono::steady_clock::time_point end_;
    std::atomic<std::uint64_t> next_{0};
    std::atomic<bool> differs_{false};
    std::mutex mutex_;
    Tally tally_;
    std::string found_;
    std::uint64_t found_seed_ = 0;
};

}  // namespace
}  // namespace writ::differential

int main(int argc, char** argv) {
    writ::differential::Options options;
    options.seed = std::random_device{}();
    CLI::App app("Compares the decision engine with the oracle on random cases");
    app.add_option("--seconds", options.seconds, "Run that long");
    app.add_option("--cases", options.cases, "Run that many cases instead");
    app.add_option("--threads", options.threads, "Threads")->check(CLI::Range(1U, 256U));
    app.add_option("--seed", options.seed, "Where the random numbers begin; printed at the end");
    CLI11_PARSE(app, argc, argv);
    return writ::differential::Comparison(options).run() ? 0 : 1;
}
