#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/policies.h"
#include "engine/principal.h"
#include "engine/request.h"

namespace writ::bench {

/// One question with its policies, as bench/workloads.py writes it for every engine.
struct Workload {
    std::string name;
    std::vector<std::string> identity_texts;  ///< One JSON document a policy.
    std::string boundary_text;                ///< Empty: none.
    std::string resource_text;                ///< Empty: none.
    std::size_t statements = 0;               ///< In identity_texts.
    engine::Principal principal;
    std::string action, resource, resource_account;
    engine::Context context;
    bool expected = false;
};

/// Ends the program with a message when the file is not one of ours.
[[nodiscard]] Workload read_workload(const std::filesystem::path& path);

/// A workload ready to be decided. The workload must outlive it.
class Ready {
  public:
    explicit Ready(const Workload& workload);
    Ready(Workload&&) = delete;

    [[nodiscard]] const engine::Policies& policies() const noexcept { return policies_; }
    [[nodiscard]] const engine::Request& request() const noexcept { return request_; }

  private:
    std::unique_ptr<engine::PolicySet> identity_, boundary_, resource_;
    engine::Policies policies_;
    engine::Request request_;
};

/// Parses and compiles; a text that is no policy ends the program.
[[nodiscard]] engine::CompiledDocumentPtr compile_text(std::string_view text, policy::PolicyType type);

}  // namespace writ::bench
