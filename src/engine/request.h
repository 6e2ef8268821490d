#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/context.h"
#include "engine/principal.h"

namespace writ::engine {

/// One (action, resource) pair that somebody asks for. Copies what it is given but the principal and the
/// context, which must outlive it. Immutable, so that many threads may decide it.
class Request {
  public:
    struct Fields {
        std::string_view action = {};    ///< "s3:GetObject", in any case.
        std::string_view resource = {};  ///< ARN, or "*" for an action without resource (spec R9).
        /// Account that owns the resource. Empty: the account in the ARN, else the principal's. What AWS
        /// itself owns (account "aws" in the ARN) counts as the principal's.
        std::string_view resource_account = {};
        /// The resource lies in the management account of its organization: RCPs do not apply (spec 5.2).
        bool resource_in_management_account = false;
        /// The request came through a VPC endpoint; its policy must allow then (spec E19).
        bool via_vpc_endpoint = false;
    };

    Request(const Principal& principal, const Fields& fields, const Context& context);
    Request(Principal&&, const Fields&, const Context&) = delete;  // Would dangle.
    Request(const Principal&, const Fields&, Context&&) = delete;

    [[nodiscard]] const Principal& principal() const noexcept { return *principal_; }
    [[nodiscard]] const Context& context() const noexcept { return *context_; }
    [[nodiscard]] std::string_view action() const noexcept { return action_; }                ///< As given.
    [[nodiscard]] std::string_view folded_action() const noexcept { return folded_action_; }  ///< Lower case.
    [[nodiscard]] std::string_view resource() const noexcept { return resource_; }
    [[nodiscard]] std::string_view resource_account() const noexcept { return resource_account_; }
    [[nodiscard]] bool resource_in_management_account() const noexcept {
        return resource_in_management_account_;
    }
    [[nodiscard]] bool via_vpc_endpoint() const noexcept { return via_vpc_endpoint_; }

    /// True when the resource has the six parts of an ARN.
    [[nodiscard]] bool resource_is_arn() const noexcept { return resource_is_arn_; }
    /// Part 0 ("arn") to 5 of the resource; REQUIRES resource_is_arn().
    [[nodiscard]] std::string_view resource_part(std::size_t index) const noexcept;
    /// Where each part of the ARN begins; valid when resource_is_arn().
    [[nodiscard]] const std::array<std::uint32_t, 6>& part_begins() const noexcept { return part_begin_; }
    /// Of the folded action, and of its prefix before the colon.
    [[nodiscard]] std::uint64_t action_hash() const noexcept { return action_hash_; }
    [[nodiscard]] std::uint64_t service_hash() const noexcept { return service_hash_; }
    [[nodiscard]] std::string_view folded_service() const noexcept {
        return std::string_view(folded_action_).substr(0, service_size_);
    }
    /// Behind the colon; empty when there is none.
    [[nodiscard]] std::string_view folded_name() const noexcept {
        const std::string_view action = folded_action_;
        return service_size_ < action.size() ? action.substr(service_size_ + 1) : std::string_view{};
    }
    /// Resource part, NUL, account: the text by which statements are indexed. Empty when the resource is no
    /// ARN.
    [[nodiscard]] std::string_view index_key() const noexcept { return index_key_; }

  private:
    const Principal* principal_;
    const Context* context_;
    std::string action_, folded_action_, resource_, resource_account_, index_key_;
    std::array<std::uint32_t, 6> part_begin_{};
    std::size_t service_size_ = 0;
    std::uint64_t action_hash_ = 0, service_hash_ = 0;
    bool resource_in_management_account_ = false, via_vpc_endpoint_ = false, resource_is_arn_ = false;
};

}  // namespace writ::engine
