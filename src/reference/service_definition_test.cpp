#include "reference/service_definition.h"

#include <gtest/gtest.h>

/// The JSON of services that AWS does not have, and its rules.
namespace writ::reference {
namespace {

const std::string shop = R"({
  "prefix": "shop",
  "title": "The shop",
  "actions": [
    {
      "name": "ReadOrder",
      "access_level": "Read",
      "resource_types": [
        "order*",
        "customer"
      ],
      "condition_keys": [
        "shop:Channel",
        "aws:RequestedRegion"
      ]
    }
  ],
  "resource_types": [
    {
      "name": "order",
      "arn": "arn:${Partition}:shop:${Region}:${Account}:order/${OrderId}",
      "condition_keys": [
        "aws:ResourceTag/${TagKey}"
      ]
    },
    {
      "name": "customer",
      "arn": "arn:${Partition}:shop:::customer/${CustomerId}"
    }
  ],
  "condition_keys": [
    {
      "name": "shop:Channel",
      "type": "String",
      "multivalued": false
    },
    {
      "name": "shop:Label/${Key}",
      "type": "Numeric",
      "multivalued": true
    }
  ]
})";

std::string with(std::string_view old, std::string_view replacement) {
    std::string text = shop;
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
}

TEST(ServiceDefinition, IsReadAndPrintedAlike) {
    const auto service = read_service(shop);
    ASSERT_TRUE(service) << service.error().message;
    EXPECT_EQ(print_service(*service), shop);
    ASSERT_EQ(service->actions.size(), 1U);
    EXPECT_TRUE(service->actions[0].resource_types[0].required);
    EXPECT_FALSE(service->actions[0].resource_types[1].required);
    EXPECT_EQ(service->condition_keys[1].type, KeyType::numeric);
    EXPECT_TRUE(check_beside_aws(*service));
}

TEST(ServiceDefinition, HasLittleThatMustBeThere) {
    const auto service = read_service(R"({"prefix":"a","actions":[{"name":"B","access_level":"List"}]})");
    ASSERT_TRUE(service) << service.error().message;
    EXPECT_EQ(service->title, "a");
    EXPECT_TRUE(service->actions[0].resource_types.empty());
}

TEST(ServiceDefinition, FindsTypesAndKeys) {
    const auto service = read_service(shop);
    ASSERT_TRUE(service);
    ASSERT_NE(find_type(*service, "order"), nullptr);
    EXPECT_EQ(find_type(*service, "orders"), nullptr);
    ASSERT_NE(find_key(*service, "SHOP:label/any"), nullptr);
    EXPECT_EQ(find_key(*service, "shop:label/any")->name, "shop:Label/${Key}");
    EXPECT_EQ(find_key(*service, "shop:Label/"), nullptr);
}

TEST(ServiceDefinition, RefusesWhatIsOutOfForm) {
    struct Row {
        std::string json;
        std::string_view told;
    };
    const std::vector<Row> rows{
        {"{", "not JSON"},
        {"[]", "an object is wanted"},
        {with("\"title\"", "\"titel\""), "no member 'titel'"},
        {with("\"title\": \"The shop\"", "\"prefix\": \"x\""), "occurs twice"},
        {with("\"shop\"", "\"Shop\""), "lower-case"},
        {with("\"shop\"", "\"writ\""), "taken"},
        {with("\"shop\"", "\"aws\""), "taken"},
        {with("\"ReadOrder\"", "\"Read:Order\""), "no name of an action"},
        {with("\"Read\"", "\"read\""), "access level must be one of List, Read, Write"},
        {with("\"order*\"", "\"orders\""), "no resource type 'orders'"},
        {with("\"shop:Channel\",", "\"shop:Chanel\","), "no condition key 'shop:Chanel'"},
        {with(":shop:${Region}", ":s3:${Region}"), "must be an ARN of the service"},
        {with("${OrderId}", "${OrderId"), "must be an ARN of the service"},
        {with("\"name\": \"customer\"", "\"name\": \"Order\""), "another of the name"},
        {with("\"name\": \"shop:Channel\"", "\"name\": \"other:Channel\""), "must be shop:Name"},
        {with("\"String\"", "\"Text\""), "type must be one of String, ARN, Bool"},
        {with("\"multivalued\": false", "\"multivalued\": 0"), "must be true or false"},
        {R"({"prefix":"a","actions":[]})", "at least one action"},
        {R"({"prefix":"a","actions":{}})", "a list"},
        {R"({"prefix":"a","actions":[1]})", "actions[0]"},
    };
    for (const Row& row : rows) {
        const auto service = read_service(row.json);
        ASSERT_FALSE(service) << row.json;
        EXPECT_EQ(service.error().code, "InvalidInput");
        EXPECT_NE(service.error().message.find(row.told), std::string::npos)
            << service.error().message << " is not about " << row.told;
    }
}

TEST(ServiceDefinition, StandsBesideAws) {
    const auto taken = read_service(R"({"prefix":"s3","actions":[{"name":"B","access_level":"List"}]})");
    ASSERT_TRUE(taken);
    EXPECT_FALSE(check_beside_aws(*taken));
    const auto unknown = read_service(
        R"({"prefix":"a","actions":[{"name":"B","access_level":"List","condition_keys":["aws:Nothing"]}]})");
    ASSERT_TRUE(unknown);
    EXPECT_FALSE(check_beside_aws(*unknown));
}

TEST(ServiceDefinition, IsThereForWritItself) {
    EXPECT_EQ(writ_service().prefix, "writ");
    EXPECT_TRUE(check_beside_aws(writ_service()));
    EXPECT_NE(find_type(writ_service(), "role"), nullptr);
}

TEST(ServiceDefinition, ChecksValuesByType) {
    struct Row {
        KeyType type;
        std::string_view value;
        bool fits;
    };
    for (const Row& row : std::to_array<Row>({{KeyType::string, "", true},
                                              {KeyType::arn, "arn:aws:s3:::x", true},
                                              {KeyType::arn, "s3", false},
                                              {KeyType::boolean, "true", true},
                                              {KeyType::boolean, "yes", false},
                                              {KeyType::numeric, "-1.5", true},
                                              {KeyType::numeric, "1x", false},
                                              {KeyType::numeric, "", false},
                                              {KeyType::date, "2026-11-25T00:00:00Z", true},
                                              {KeyType::date, "soon", false},
                                              {KeyType::ip_address, "2001:db8::1", true},
                                              {KeyType::ip_address, "10.0.0.0/8", false},
                                              {KeyType::binary, "QUJD", true},
                                              {KeyType::binary, "?", false}})) {
        EXPECT_EQ(is_of_type(row.type, row.value), row.fits) << row.value;
    }
}

}  // namespace
}  // namespace writ::reference
