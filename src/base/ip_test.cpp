#include "base/ip.h"

#include <gtest/gtest.h>
#include <string>

namespace writ {
namespace {

TEST(Ip, ReadsAddressesOfBothFamilies) {
    EXPECT_FALSE(parse_ip("203.0.113.7")->v6);
    EXPECT_EQ(parse_ip("203.0.113.7")->bytes[3], 7);
    EXPECT_TRUE(parse_ip("2001:db8::7")->v6);
    EXPECT_EQ(parse_ip("2001:DB8::7")->bytes, parse_ip("2001:db8:0:0:0:0:0:7")->bytes);
}

TEST(Ip, TakesMappedAddressesForIpv4) {  // Spec ?31.
    const auto mapped = parse_ip("::ffff:203.0.113.7");
    ASSERT_TRUE(mapped);
    EXPECT_FALSE(mapped->v6);
    EXPECT_EQ(mapped->bytes, parse_ip("203.0.113.7")->bytes);
}

TEST(Ip, RefusesEverythingElse) {
    for (const char* text : {"", " ", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1.2.3.04", "01.2.3.4",
                             "1.2.3.4 ", "1..2.3", "0x1.2.3.4", "1.2.3.4/32", "::1::", "1:2:3:4:5:6:7",
                             "fe80::1%eth0", "[::1]", "g::", "localhost"}) {
        EXPECT_FALSE(parse_ip(text)) << text;
    }
    EXPECT_FALSE(parse_ip(std::string("1.2.3.4\0", 8)));
    EXPECT_FALSE(parse_ip(std::string("::1\0", 4)));
    EXPECT_FALSE(parse_ip(std::string(100, ':')));
}

TEST(Ip, ReadsNetworks) {
    EXPECT_EQ(parse_network("10.0.0.0/8")->prefix_bits, 8);
    EXPECT_EQ(parse_network("10.1.2.3")->prefix_bits, 32);
    EXPECT_EQ(parse_network("2001:db8::/32")->prefix_bits, 32);
    EXPECT_EQ(parse_network("::1")->prefix_bits, 128);
    EXPECT_TRUE(parse_network("0.0.0.0/0"));
    for (const char* text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8x",
                             "10.0.0.0/8/8", "10.0.0/8", "::/129", "/8", ""}) {
        EXPECT_FALSE(parse_network(text)) << text;
    }
}

TEST(Ip, HostBitsAreIgnoredInIpv4AndRefusedInIpv6) {  // Spec ?31.
    EXPECT_TRUE(contains(*parse_network("10.1.2.3/8"), *parse_ip("10.200.0.1")));
    EXPECT_FALSE(parse_network("2001:db8::1/32"));
    EXPECT_FALSE(parse_network("2001:db8::/28"));
}

TEST(Ip, NetworksContainWhatSharesTheirPrefix) {
    struct Row {
        const char* network;
        const char* address;
        bool contains;
    };
    for (const Row& row : {Row{"203.0.113.0/24", "203.0.113.255", true},
                           {"203.0.113.0/24", "203.0.114.0", false},
                           {"203.0.113.128/25", "203.0.113.127", false},
                           {"203.0.113.128/25", "203.0.113.128", true},
                           {"0.0.0.0/0", "255.255.255.255", true},
                           {"0.0.0.0/0", "::1", false},
                           {"::/0", "::1", true},
                           {"::/0", "203.0.113.7", false},
                           {"2001:db8::/33", "2001:db8:7fff::1", true},
                           {"2001:db8::/33", "2001:db8:8000::1", false},
                           {"::ffff:0.0.0.0/96", "203.0.113.7", false}}) {
        EXPECT_EQ(contains(*parse_network(row.network), *parse_ip(row.address)), row.contains)
            << row.network << " " << row.address;
    }
}

}  // namespace
}  // namespace writ
