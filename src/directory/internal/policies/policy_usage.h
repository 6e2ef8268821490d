#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "directory/directory.h"
#include "directory/policies/policies.h"

namespace writ::directory {

/// How often the managed policies of an account are used. Read as a whole: only policies in use are counted.
class PolicyUsage {
  public:
    [[nodiscard]] static Result<PolicyUsage> read(const AccountView& account);

    /// Sets the counts of the policy.
    void count(Policy& policy) const;
    /// Every policy that is attached or bounds somebody, of customers and of AWS, once each and in order.
    [[nodiscard]] std::vector<std::string> arns() const;

  private:
    struct Counts {
        std::int64_t attachments = 0;
        std::int64_t boundaries = 0;
    };
    std::map<std::string, Counts, std::less<>> counts_;  ///< By ARN.
};

}  // namespace writ::directory
