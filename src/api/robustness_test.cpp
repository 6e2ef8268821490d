#include <gtest/gtest.h>
#include <random>

#include "api/internal/world_for_tests.h"
#include "api/operation.h"

/// Whatever parameters come, the answer is an answer: no failure inside, no exception, nothing printed that
/// is not XML.
namespace writ::api {
namespace {

using reference::Shape;
using reference::ShapeType;

class Nonsense {
  public:
    explicit Nonsense(unsigned seed) : random_(seed) {}

    Parameters for_shape(const Shape* shape) {
        Parameters parameters;
        if (shape != nullptr) structure(*shape, "", parameters, 0);
        return parameters;
    }

  private:
    unsigned below(unsigned limit) { return std::uniform_int_distribution<unsigned>(0, limit - 1)(random_); }

    std::string text(const Shape& shape) {
        static const std::vector<std::string> texts{
            "",
            " ",
            "bob",
            "*",
            "?",
            std::string("\0x", 2),
            "a/b",
            "//",
            "/",
            "/x/",
            "true",
            "-1",
            "900",
            "3600",
            "99999999999",
            "arn:aws:iam::123456789012:policy/p",
            "arn:aws:iam::aws:policy/ReadOnlyAccess",
            "arn:aws:iam::",
            "arn:aws:iam::123456789012:role/r",
            "aws:x",
            "\xF0\x9F\x98\x80",
            "\x01\x02",
            "<&>\"'",
            "${aws:username}",
            "v1",
            "v0",
            "v99999999999999999999",
            "Active",
            "User",
            "AKIAQQQQQQQQQQQQQQQQ",
            std::string(3000, 'x'),
            allow_all,
            "{",
            "[[[[[[",
            R"({"Version":"2012-10-17","Statement":[]})",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}})"};
        if (!shape.values.empty() && below(3) > 0) {
            return std::string(shape.values[below(static_cast<unsigned>(shape.values.size()))]);
        }
        if (below(3) == 0) return "bob";
        return texts[below(static_cast<unsigned>(texts.size()))];
    }

    void structure(const Shape& shape, const std::string& prefix, Parameters& out, int depth) {
        for (const reference::Member& member : shape.members) {
            if (member.required ? below(8) == 0 : below(3) > 0) continue;
            value(*member.shape, prefix + std::string(member.wire_name), out, depth + 1);
        }
    }

    void value(const Shape& shape, const std::string& name, Parameters& out, int depth) {
        if (depth > 4) return;
        if (shape.type == ShapeType::structure) return structure(shape, name + ".", out, depth);
        if (shape.type == ShapeType::list) {
            for (unsigned item = below(3); item > 0; --item) {
                value(*shape.element->shape, name + ".member." + std::to_string(item), out, depth + 1);
            }
            return;
        }
        out.emplace_back(name, text(shape));
    }

    std::mt19937 random_;
};

TEST(Robustness, NonsenseIsAnsweredByAnError) {
    World world;
    const Who bob = world.make_user("bob", allow_all);
    Nonsense nonsense(20261124);
    constexpr int rounds = 40;
    int succeeded = 0;
    for (const OperationTable& table : operation_tables()) {
        const auto* service = reference::find_api_service(table.service);
        if (service->protocol != reference::Protocol::query) continue;  // json/json_test.cpp
        for (const Operation& operation : table.operations) {
            const auto* model = reference::find_operation(*service, operation.name);
            for (int round = 0; round < rounds; ++round) {
                const Parameters parameters = nonsense.for_shape(model->input);
                const Reply reply = world.call(round % 2 == 0 ? world.root() : bob, table.service,
                                               operation.name, parameters);
                EXPECT_NE(reply.status(), 500) << operation.name << ": " << reply.answer.record.defect;
                EXPECT_EQ(reply.answer.record.defect, "") << operation.name;
                EXPECT_NE(reply.document.document_element(), nullptr) << reply.body();
                succeeded += reply.ok() ? 1 : 0;
            }
        }
    }
    EXPECT_GT(succeeded, 100);  // Else the nonsense would never come past validation.
}

TEST(Robustness, AnyBytesAreAnswered) {
    World world;
    std::mt19937 random(7);
    HttpRequest good =
        World::request({{"Action", "CreateUser"}, {"Version", "2010-05-08"}, {"UserName", "ada"}});
    crypto::sign(good, world.root().credentials(), "us-east-1", "iam", world.clock().now());
    const auto spoil = [&](std::string& text) {
        if (text.empty()) return;
        const auto at = std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random);
        text[at] = static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    };
    for (int round = 0; round < 3000; ++round) {
        HttpRequest request = good;
        spoil(request.body);
        if (round % 3 == 0) spoil(request.target);
        if (round % 4 == 0) {
            spoil(request.headers[static_cast<std::size_t>(round / 4) % request.headers.size()].second);
        }
        const Reply reply = world.send(request);
        EXPECT_NE(reply.status(), 500) << reply.answer.record.defect;
        EXPECT_EQ(reply.answer.record.defect, "");
    }
}

}  // namespace
}  // namespace writ::api
