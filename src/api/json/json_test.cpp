// JSON 1.1 on the wire (spec 6.3, 9.1).
#include <gtest/gtest.h>
#include <random>

#include "api/internal/organization_for_tests.h"
#include "reference/api_model.h"

namespace writ::api {
namespace {

class JsonProtocol : public testing::Test, public OrganizationWorld {
  protected:
    [[nodiscard]] JsonReply send_body(std::string_view operation, const std::string& body) {
        return send_json(root(), json_request(operation, body));
    }
};

TEST_F(JsonProtocol, AnswersInItsTypeWithSecondsSince1970) {
    make_organization();
    const JsonReply reply = send_body("DescribeAccount", R"({"AccountId":"123456789012","Unknown":[1]})");
    ASSERT_TRUE(reply.ok());
    EXPECT_EQ(*find_header(reply.answer.response.headers, "Content-Type"), "application/x-amz-json-1.1");
    const Json& joined = reply.body["Account"]["JoinedTimestamp"];
    ASSERT_TRUE(joined.is_number());
    EXPECT_DOUBLE_EQ(joined.get<double>(), 1795494180.0);  // 2026-11-24T04:23:00Z.
}

TEST_F(JsonProtocol, WhatAnswersNothingHasNoBody) {
    make_organization();
    const JsonReply reply = send_body("DeleteOrganization", "{}");
    EXPECT_TRUE(reply.ok());
    EXPECT_EQ(reply.answer.response.body, "");
}

TEST_F(JsonProtocol, RefusesBodiesThatDoNotFitTheModel) {
    make_organization();
    for (const char* body :
         {"{", "[]", "\"x\"", R"({"AccountId":1})", R"({"AccountId":{}})", R"({"AccountId":"1"} x)"}) {
        const JsonReply reply = send_body("DescribeAccount", body);
        EXPECT_EQ(reply.answer.response.status, 400) << body;
        EXPECT_EQ(reply.code(), "SerializationException") << body;
    }
    EXPECT_EQ(send_body("ListAccounts", R"({"MaxResults":"3"})").code(), "SerializationException");
    EXPECT_EQ(send_body("ListAccounts", R"({"MaxResults":3.5})").code(), "SerializationException");
    EXPECT_EQ(send_body("ListAccounts", R"({"MaxResults":99999999999999999999})").code(),
              "SerializationException");
    EXPECT_EQ(send_body("ListAccounts", std::string(100'000, '[')).code(), "SerializationException");
    EXPECT_TRUE(send_body("ListAccounts", "").ok());
    EXPECT_TRUE(send_body("ListAccounts", R"({"MaxResults":null})").ok());
}

TEST_F(JsonProtocol, TellsTheReasonOfABadParameter) {
    make_organization();
    const JsonReply missing = send_body("DescribeAccount", "{}");
    EXPECT_EQ(missing.summary(), "InvalidInputException INPUT_REQUIRED");
    const JsonReply pattern = send_body("DescribeAccount", R"({"AccountId":"12"})");
    EXPECT_EQ(pattern.summary(), "InvalidInputException INVALID_PATTERN");
    EXPECT_EQ(pattern.message(), "You provided a value that does not match the required pattern.");
    EXPECT_EQ(send_body("ListPolicies", R"({"Filter":"X"})").summary(), "InvalidInputException INVALID_ENUM");
    EXPECT_EQ(send_body("ListAccounts", R"({"MaxResults":0})").summary(),
              "InvalidInputException MIN_VALUE_EXCEEDED");
    EXPECT_EQ(send_body("CreateOrganizationalUnit",
                        R"({"ParentId":")" + root_id() + R"(","Name":")" + std::string(129, 'a') + "\"}")
                  .summary(),
              "InvalidInputException MAX_LENGTH_EXCEEDED");
}

/// Something for each parameter of the model: often of the right form, often not.
class Nonsense {
  public:
    explicit Nonsense(unsigned seed) : random_(seed) {}

    // NOLINTNEXTLINE(misc-no-recursion): as deep as the model and no deeper.
    Json value(const reference::Shape& shape, int depth = 0) {
        if (depth > 4 || below(20) == 0) return nullptr;
        if (below(25) == 0) return Json::array({1, "x"});
        switch (shape.type) {
            case reference::ShapeType::structure:
                return structure(shape, depth);
            case reference::ShapeType::list: {
                Json list = Json::array();
                for (int item = below(3); item > 0; --item) {
                    list.push_back(value(*shape.element->shape, depth + 1));
                }
                return list;
            }
            case reference::ShapeType::integer:
                return below(40) - 5;
            default:
                return text(shape);
        }
    }

  private:
    // NOLINTNEXTLINE(misc-no-recursion)
    Json structure(const reference::Shape& shape, int depth) {
        Json object = Json::object();
        for (const reference::Member& member : shape.members) {
            if (!member.required && below(2) == 0) continue;
            object[std::string(member.name)] = value(*member.shape, depth + 1);
        }
        return object;
    }
    std::string text(const reference::Shape& shape) {
        static const std::vector<std::string> texts{
            "",
            "x",
            "r-abcd",
            "ou-abcd-12345678",
            "123456789012",
            "p-FullAWSAccess",
            "p-1234567",
            "h-12345678",
            "a@example.com",
            "{}",
            "\xC3\xA9",
            "config.amazonaws.com",
            "car-12345678",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})"};
        if (!shape.values.empty() && below(4) > 0) {
            return std::string(
                shape.values[static_cast<std::size_t>(below(static_cast<int>(shape.values.size())))]);
        }
        return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
    }
    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

    std::mt19937 random_;
};

TEST_F(JsonProtocol, NonsenseIsAnsweredByAnError) {
    make_organization();
    Nonsense nonsense(20261125);
    const auto* service = reference::find_api_service("organizations");
    int succeeded = 0;
    for (const reference::Operation& operation : service->operations) {
        if (operation.name == "DeleteOrganization") continue;
        for (int round = 0; round < 40; ++round) {
            const Json body = operation.input == nullptr ? Json::object() : nonsense.value(*operation.input);
            const JsonReply reply = send_body(operation.name, body.dump());
            EXPECT_NE(reply.answer.response.status, 500) << operation.name << body;
            EXPECT_EQ(reply.answer.record.defect, "") << operation.name << body;
            if (!reply.ok()) {
                EXPECT_NE(reply.code(), "") << operation.name << body;
            }
            succeeded += reply.ok() ? 1 : 0;
        }
    }
    EXPECT_GT(succeeded, 100);  // Else the nonsense would never come past validation.
}

TEST_F(JsonProtocol, RefusesUnknownOperationsAndCallers) {
    EXPECT_EQ(send_body("NoSuchOperation", "{}").code(), "UnknownOperationException");
    const JsonReply unknown =
        organizations({"AKIANOBODYNOBODYNOBO", "secret-secret-secret-secret-secret-secre", {}}, "ListRoots");
    EXPECT_EQ(unknown.code(), "UnrecognizedClientException");
}

}  // namespace
}  // namespace writ::api
