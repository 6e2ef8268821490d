#include <gmock/gmock.h>

#include "gateway/internal/mapping/mapping_test_support.h"

/// From the Service Authorization Reference and the developer guide: fine-grained access control,
/// transactions, PartiQL.
namespace writ::gateway::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const std::string music = "arn:aws:dynamodb:eu-west-1:111122223333:table/Music";
const std::string users = "arn:aws:dynamodb:eu-west-1:111122223333:table/Users";

KnownFacts facts() {
    KnownFacts known;
    known.partition_keys[music + "|"] = "Artist";
    known.partition_keys[music + "|ByGenre"] = "Genre";
    return known;
}
const KnownFacts known = facts();
const MappingPlace informed{"aws", "eu-west-1", "111122223333", &known};

/// The keys of a demand; those that are another name of LeadingKeys are compared with it and left out.
std::map<std::string, std::string> item_keys(std::string_view operation, std::string_view json,
                                             std::string_view action, const MappingPlace& at = place) {
    auto found = keys("dynamodb", operation, json, action, at);
    EXPECT_EQ(found["dynamodb:FirstPartitionKeyValues"], found["dynamodb:LeadingKeys"]);
    for (const char* name : {"First", "Second", "Third", "Fourth"}) {
        found.erase(std::string("dynamodb:") + name + "PartitionKeyValues");
    }
    if (found["dynamodb:LeadingKeys"].empty()) found.erase("dynamodb:LeadingKeys");
    return found;
}

TEST(DynamodbMapping, OfOneTable) {
    EXPECT_THAT(demands("dynamodb", "GetItem", R"({"TableName":"Music","Key":{}})"),
                ElementsAre("dynamodb:GetItem " + music));
    EXPECT_THAT(demands("dynamodb", "Query", R"({"TableName":"Music","IndexName":"ByGenre"})"),
                ElementsAre("dynamodb:Query " + music + "/index/ByGenre"));
    EXPECT_THAT(demands("dynamodb", "Scan", R"({"TableName":"Music"})"),
                ElementsAre("dynamodb:Scan " + music));
    EXPECT_THAT(demands("dynamodb", "DescribeTable", R"({"TableName":"Music"})"),
                ElementsAre("dynamodb:DescribeTable " + music));
    EXPECT_THAT(demands("dynamodb", "ListTables", "{}"), ElementsAre("dynamodb:ListTables *"));
    EXPECT_THAT(
        demands("dynamodb", "CreateTable", R"({"TableName":"Music","Tags":[{"Key":"a","Value":"b"}]})"),
        ElementsAre("dynamodb:CreateTable " + music, "dynamodb:TagResource " + music));
    EXPECT_THAT(demands("dynamodb", "UpdateTable",
                        R"({"TableName":"Music","ReplicaUpdates":[{"Delete":{"RegionName":"us-east-1"}}]})"),
                ElementsAre("dynamodb:UpdateTable " + music, "dynamodb:DeleteTableReplica " + music));
    EXPECT_THAT(demands("dynamodb", "TagResource", R"({"ResourceArn":")" + music + R"(","Tags":[]})"),
                ElementsAre("dynamodb:TagResource " + music));
    EXPECT_THAT(demands("dynamodb", "DeleteBackup", R"({"BackupArn":")" + music + R"(/backup/01"})"),
                ElementsAre("dynamodb:DeleteBackup " + music + "/backup/01"));
}

TEST(DynamodbMapping, OfTablesByArn) {
    const std::string other = "arn:aws:dynamodb:eu-west-1:444455556666:table/Music";
    const auto parameters = R"({"TableName":")" + other + R"(","IndexName":"ByGenre"})";
    EXPECT_THAT(demands("dynamodb", "Query", parameters),
                ElementsAre("dynamodb:Query " + other + "/index/ByGenre"));
    EXPECT_EQ(map("dynamodb", "Query", parameters)->front().resource_account, "444455556666");
    for (const char* wrong : {"arn:aws:dynamodb:us-east-1:111122223333:table/Music",
                              "arn:aws-cn:dynamodb:eu-west-1:111122223333:table/Music",
                              "arn:aws:kinesis:eu-west-1:111122223333:table/Music",
                              "arn:aws:dynamodb:eu-west-1:111122223333:global-table/Music",
                              "arn:aws:dynamodb:eu-west-1:111122223333:table/", "arn:nonsense", ""}) {
        EXPECT_TRUE(is_refused("dynamodb", "GetItem", R"({"TableName":")" + std::string(wrong) + "\"}"))
            << wrong;
    }
}

TEST(DynamodbMapping, LeadingKeysOfItems) {
    constexpr auto action = "dynamodb:GetItem";
    // A key of one attribute is the partition key, whatever the table.
    EXPECT_THAT(item_keys("GetItem", R"({"TableName":"Users","Key":{"Id":{"S":"u1"}}})", action),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "u1"), Pair("dynamodb:Attributes", "Id"),
                                     Pair("dynamodb:Select", "ALL_ATTRIBUTES")));
    constexpr auto two = R"({"TableName":"Music","Key":{"Artist":{"S":"Nina"},"Song":{"N":"7"}}})";
    EXPECT_THAT(item_keys("GetItem", two, action), Contains(Pair("dynamodb:LeadingKeys", "?")));
    EXPECT_THAT(item_keys("GetItem", two, action, informed), Contains(Pair("dynamodb:LeadingKeys", "Nina")));
    constexpr auto item =
        R"({"TableName":"Music","Item":{"Artist":{"S":"Nina"},"Song":{"S":"x"},"Year":{"N":"1"}}})";
    EXPECT_THAT(item_keys("PutItem", item, "dynamodb:PutItem", informed),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "Nina"),
                                     Pair("dynamodb:Attributes", "Artist,Song,Year")));
    EXPECT_THAT(item_keys("PutItem", R"({"TableName":"Music","Item":{"Song":{"S":"x"}}})", "dynamodb:PutItem",
                          informed),
                Contains(Pair("dynamodb:LeadingKeys", "?")));
}

TEST(DynamodbMapping, LeadingKeysOfQueries) {
    const auto query = [](const std::string& more) {
        return item_keys(
            "Query",
            R"({"TableName":"Music",)" + more + R"(,"ExpressionAttributeNames":{"#a":"Artist","#g":"Genre"},
                        "ExpressionAttributeValues":{":a":{"S":"Nina"},":b":{"S":"x"},":g":{"S":"jazz"}}})",
            "dynamodb:Query", informed);
    };
    const auto leading = [](const char* value) { return Contains(Pair("dynamodb:LeadingKeys", value)); };
    EXPECT_THAT(query(R"("KeyConditionExpression":"Artist = :a")"), leading("Nina"));
    EXPECT_THAT(query(R"("KeyConditionExpression":":a = #a")"), leading("Nina"));
    EXPECT_THAT(query(R"j("KeyConditionExpression":"(#a = :a) AND begins_with(Song, :b)")j"),
                leading("Nina"));
    EXPECT_THAT(query(R"("KeyConditionExpression":"Song = :b AND Artist = :a")"), leading("Nina"));
    EXPECT_THAT(query(R"("KeyConditionExpression":"Song BETWEEN :a AND :b AND Artist = :a")"),
                leading("Nina"));
    EXPECT_THAT(query(R"("IndexName":"ByGenre","KeyConditionExpression":"#g = :g AND Artist = :a")"),
                leading("jazz"));
    EXPECT_THAT(query(R"("KeyConditionExpression":"#x = :a")"), leading("?"));
    EXPECT_THAT(query(R"("KeyConditionExpression":"Artist = :z")"), leading("?"));
    EXPECT_THAT(
        query(R"("KeyConditions":{"Artist":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"Nina"}]},
                          "Song":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]}})"),
        leading("Nina"));
}

TEST(DynamodbMapping, PartitionKeysOfSeveralAttributes) {
    const auto found =
        keys("dynamodb", "Query", R"({"TableName":"Music","IndexName":"ByGenre"})", "dynamodb:Query");
    EXPECT_THAT(found, Contains(Pair("dynamodb:SecondPartitionKeyValues", "?")));
    EXPECT_THAT(keys("dynamodb", "Query", R"({"TableName":"Music"})", "dynamodb:Query"),
                Not(Contains(Pair("dynamodb:SecondPartitionKeyValues", "?"))));
}

TEST(DynamodbMapping, AttributesOfExpressions) {
    EXPECT_THAT(
        item_keys(
            "Query",
            R"({"TableName":"Music","KeyConditionExpression":"Artist = :a","ProjectionExpression":"#p[0].x, Title",
                         "FilterExpression":"attribute_exists(Price) AND NOT size(Info.Rating) > :r",
                         "ExpressionAttributeNames":{"#p":"Parts"},"ExpressionAttributeValues":{":a":{"S":"Nina"}}})",
            "dynamodb:Query", informed),
        UnorderedElementsAre(Pair("dynamodb:Attributes", "Artist,Info,Parts,Price,Title"),
                             Pair("dynamodb:LeadingKeys", "Nina"),
                             Pair("dynamodb:Select", "SPECIFIC_ATTRIBUTES")));
    EXPECT_THAT(
        item_keys("UpdateItem",
                  R"({"TableName":"Users","Key":{"Id":{"S":"u1"}},"ReturnValues":"ALL_NEW",
                         "UpdateExpression":"SET Age = if_not_exists(Age, :z) + :one REMOVE Old.x ADD Tags :t"})",
                  "dynamodb:UpdateItem"),
        UnorderedElementsAre(Pair("dynamodb:Attributes", "Age,Id,Old,Tags"),
                             Pair("dynamodb:LeadingKeys", "u1"), Pair("dynamodb:ReturnValues", "ALL_NEW")));
    EXPECT_THAT(item_keys("Scan", R"({"TableName":"Music","FilterExpression":"#no = :v"})", "dynamodb:Scan"),
                Contains(Pair("dynamodb:Attributes", "?")));
    EXPECT_THAT(item_keys("Scan", R"({"TableName":"Music","IndexName":"ByGenre"})", "dynamodb:Scan"),
                Contains(Pair("dynamodb:Select", "ALL_PROJECTED_ATTRIBUTES")));
    EXPECT_THAT(item_keys("Scan", R"({"TableName":"Music","Select":"COUNT"})", "dynamodb:Scan"),
                Contains(Pair("dynamodb:Select", "COUNT")));
}

TEST(DynamodbMapping, OfBatches) {
    constexpr auto get = R"({"RequestItems":{
        "Music":{"Keys":[{"Artist":{"S":"Nina"},"Song":{"S":"x"}},{"Artist":{"S":"Miles"},"Song":{"S":"y"}}],
                 "ProjectionExpression":"Title"},
        "Users":{"Keys":[{"Id":{"S":"u1"}}]}}})";
    EXPECT_THAT(demands("dynamodb", "BatchGetItem", get),
                UnorderedElementsAre("dynamodb:BatchGetItem " + music, "dynamodb:BatchGetItem " + users));
    EXPECT_THAT(item_keys("BatchGetItem", get, "dynamodb:BatchGetItem", informed),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "Nina,Miles"),
                                     Pair("dynamodb:Attributes", "Artist,Song,Title"),
                                     Pair("dynamodb:Select", "SPECIFIC_ATTRIBUTES")));
    constexpr auto write = R"({"RequestItems":{"Music":[
        {"PutRequest":{"Item":{"Artist":{"S":"Nina"},"Song":{"S":"x"},"Year":{"N":"1"}}}},
        {"DeleteRequest":{"Key":{"Artist":{"S":"Miles"},"Song":{"S":"y"}}}}]}})";
    EXPECT_THAT(demands("dynamodb", "BatchWriteItem", write),
                ElementsAre("dynamodb:BatchWriteItem " + music));
    EXPECT_THAT(item_keys("BatchWriteItem", write, "dynamodb:BatchWriteItem", informed),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "Nina,Miles"),
                                     Pair("dynamodb:Attributes", "Artist,Song,Year")));
    EXPECT_TRUE(is_refused("dynamodb", "BatchGetItem", R"({"RequestItems":{}})"));
}

TEST(DynamodbMapping, OfTransactions) {
    constexpr auto write = R"j({"TransactItems":[
        {"ConditionCheck":{"TableName":"Users","Key":{"Id":{"S":"u1"}},"ConditionExpression":"attribute_exists(Id)"}},
        {"Put":{"TableName":"Music","Item":{"Artist":{"S":"Nina"},"Song":{"S":"x"}}}},
        {"Update":{"TableName":"Users","Key":{"Id":{"S":"u2"}},"UpdateExpression":"SET A = :a"}},
        {"Delete":{"TableName":"Users","Key":{"Id":{"S":"u3"}}}}]})j";
    EXPECT_THAT(demands("dynamodb", "TransactWriteItems", write),
                ElementsAre("dynamodb:ConditionCheckItem " + users, "dynamodb:PutItem " + music,
                            "dynamodb:UpdateItem " + users, "dynamodb:DeleteItem " + users));
    EXPECT_THAT(item_keys("TransactWriteItems", write, "dynamodb:UpdateItem"),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "u2"), Pair("dynamodb:Attributes", "A,Id"),
                                     Pair("dynamodb:EnclosingOperation", "TransactWriteItems")));
    EXPECT_THAT(demands("dynamodb", "TransactGetItems",
                        R"({"TransactItems":[{"Get":{"TableName":"Users","Key":{"Id":{"S":"u1"}}}}]})"),
                ElementsAre("dynamodb:GetItem " + users));
    EXPECT_TRUE(is_refused("dynamodb", "TransactWriteItems", R"({"TransactItems":[{}]})"));
    EXPECT_TRUE(is_refused("dynamodb", "TransactWriteItems", R"({"TransactItems":[]})"));
}

TEST(DynamodbMapping, OfStatements) {
    const auto execute = [](const std::string& statement) {
        return demands("dynamodb", "ExecuteStatement", Json{{"Statement", statement}}.dump());
    };
    EXPECT_THAT(execute(R"(SELECT * FROM "Music" WHERE Artist = 'Nina')"),
                ElementsAre("dynamodb:PartiQLSelect " + music));
    EXPECT_THAT(execute(R"(select Artist from "Music"."ByGenre" where Genre = ?)"),
                ElementsAre("dynamodb:PartiQLSelect " + music + "/index/ByGenre"));
    EXPECT_THAT(execute(R"(INSERT INTO "Music" VALUE {'Artist':'Nina','Tags':<<'a'>>})"),
                ElementsAre("dynamodb:PartiQLInsert " + music));
    EXPECT_THAT(execute(R"(UPDATE Music SET Year = 1 WHERE Artist = 'Nina' AND Song = 'x')"),
                ElementsAre("dynamodb:PartiQLUpdate " + music));
    EXPECT_THAT(execute(R"(DELETE FROM "Music" WHERE Artist = 'Nina' RETURNING ALL OLD *)"),
                ElementsAre("dynamodb:PartiQLDelete " + music));
    EXPECT_THAT(
        demands("dynamodb", "ExecuteTransaction",
                R"j({"TransactStatements":[{"Statement":"EXISTS(SELECT * FROM Music WHERE Artist = 'a')"},
                                                   {"Statement":"DELETE FROM Users WHERE Id = 'u1'"}]})j"),
        ElementsAre("dynamodb:PartiQLSelect " + music, "dynamodb:PartiQLDelete " + users));
    EXPECT_THAT(demands("dynamodb", "BatchExecuteStatement",
                        R"({"Statements":[{"Statement":"SELECT a FROM Music"}]})"),
                ElementsAre("dynamodb:PartiQLSelect " + music));
}

TEST(DynamodbMapping, RefusesStatementsThatItDoesNotUnderstand) {
    for (const char* statement :
         {"", "DROP TABLE Music", "SELECT * FROM Music, Users", "SELECT * FROM Music m",
          "SELECT * FROM Music; DELETE FROM Users WHERE Id = 'x'", "SELECT * FROM Music -- x",
          "SELECT * FROM Music WHERE Artist = 'a' || 'b'", "SELECT * FROM (SELECT * FROM Users)",
          "SELECT * FROM Music WHERE Artist = 1 + 1", "SELECT * FROM 'Music'",
          "SELECT * FROM Music WHERE Artist = 'a", "EXISTS(DELETE FROM Users WHERE Id='x')",
          "DELETE FROM Users", "SELECT * FROM Music.ByGenre.More"}) {
        EXPECT_TRUE(is_refused("dynamodb", "ExecuteStatement", Json{{"Statement", statement}}.dump()))
            << statement;
    }
}

TEST(DynamodbMapping, KeysOfStatements) {
    const auto keys_of = [](const std::string& statement, const char* action) {
        const Json request{{"Statement", statement}, {"Parameters", {{{"S", "p0"}}, {{"S", "p1"}}}}};
        return item_keys("ExecuteStatement", request.dump(), action, informed);
    };
    EXPECT_THAT(
        keys_of(R"(SELECT Title, Music.Info.x FROM Music WHERE Year > 1 AND "Artist" = ?)",
                "dynamodb:PartiQLSelect"),
        UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "p0"), Pair("dynamodb:FullTableScan", "false"),
                             Pair("dynamodb:Attributes", "Artist,Info,Title,Year"),
                             Pair("dynamodb:Select", "SPECIFIC_ATTRIBUTES")));
    EXPECT_THAT(keys_of("SELECT * FROM Music WHERE Artist IN ['a', ?]", "dynamodb:PartiQLSelect"),
                Contains(Pair("dynamodb:LeadingKeys", "a,p0")));
    EXPECT_THAT(
        keys_of("SELECT * FROM Music WHERE Song = ?", "dynamodb:PartiQLSelect"),
        UnorderedElementsAre(Pair("dynamodb:FullTableScan", "true"), Pair("dynamodb:Attributes", "Song"),
                             Pair("dynamodb:Select", "ALL_ATTRIBUTES")));
    for (const char* open :
         {"SELECT * FROM Music WHERE Artist = 'a' OR Artist = 'b'",
          "SELECT * FROM Music WHERE NOT Artist = 'a'",
          "SELECT * FROM Music WHERE Artist = 'a' AND Artist = 'b'", "SELECT * FROM Users WHERE Id = 'u'"}) {
        EXPECT_THAT(keys_of(open, "dynamodb:PartiQLSelect"), Contains(Pair("dynamodb:LeadingKeys", "?")))
            << open;
    }
    EXPECT_THAT(keys_of("INSERT INTO Music VALUE {'Song':?, 'Artist':?, 'Info':{'Artist':'no'}}",
                        "dynamodb:PartiQLInsert"),
                UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "p1"),
                                     Pair("dynamodb:Attributes", "Artist,Info,Song")));
    EXPECT_THAT(
        keys_of("UPDATE Users SET Age = ? REMOVE Old WHERE Id = ? RETURNING MODIFIED NEW *",
                "dynamodb:PartiQLUpdate"),
        UnorderedElementsAre(Pair("dynamodb:LeadingKeys", "p1"), Pair("dynamodb:Attributes", "Age,Id,Old"),
                             Pair("dynamodb:ReturnValues", "UPDATED_NEW")));
}

TEST(DynamodbMapping, OfStreams) {
    const std::string stream = music + "/stream/2026-01-01T00:00:00.000";
    EXPECT_THAT(demands("dynamodbstreams", "DescribeStream", R"({"StreamArn":")" + stream + "\"}"),
                ElementsAre("dynamodb:DescribeStream " + stream));
    EXPECT_THAT(demands("dynamodbstreams", "GetRecords", R"({"ShardIterator":")" + stream + R"(|1|AAAA"})"),
                ElementsAre("dynamodb:GetRecords " + stream));
    for (const std::string& wrong :
         {std::string("AAAA"), stream, music + "|1|AAAA", std::string("arn:aws:sqs:eu-west-1:1:q|1")}) {
        EXPECT_TRUE(is_refused("dynamodbstreams", "GetRecords", R"({"ShardIterator":")" + wrong + "\"}"))
            << wrong;
    }
    EXPECT_THAT(demands("dynamodbstreams", "ListStreams", R"({"TableName":"Music"})"),
                ElementsAre("dynamodb:ListStreams *"));
}

}  // namespace
}  // namespace writ::gateway::testing
