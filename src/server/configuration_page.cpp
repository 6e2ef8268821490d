#include <fmt/format.h>

#include "server/configuration.h"

namespace writ::server {
namespace {

constexpr std::string_view introduction = R"(# Configuration

<!-- Written from the table in src/server/settings.cpp; a test holds the two together. -->

`writ serve` needs no configuration. What is set in several places is taken from the first of: the command line,
the environment, the file that `--config FILE` or `WRIT_CONFIG` names, the standard below. An unknown key in the file
is an error that tells line and column; a `WRIT_` variable that is no setting is only warned of.

| File | Environment | Command line | Standard | Meaning |
|---|---|---|---|---|
)";

constexpr std::string_view quotas_heading = R"(
## Quotas

Those of AWS unless set: `--quotas UsersPerAccount=10000,TagsPerRole=100`, or in the file a table `[quotas]`.

| Quota | Standard |
|---|---|
)";

constexpr std::string_view example = R"(
## A file

```toml
listen = "0.0.0.0:7600"
data = "/var/lib/writ"
account_id = "210987654321"

[log]
level = "warning"

[limits]
connections_max = 2000

[quotas]
UsersPerAccount = 20000
```

## Files in the data directory

| File | Holds |
|---|---|
| `writ.db` (with `-wal`, `-shm`) | all records; secrets of access keys are sealed |
| `keys` | the keys that seal them and the session tokens; without it neither opens: back it up, apart from the database |
| `keys.lock` | held while the key file is changed |
| `lock` | held by the running server, so that no second one opens the directory |
)";

}  // namespace

std::string configuration_page() {
    std::string page(introduction);
    for (const Setting& setting : settings()) {
        const std::string standard = setting.standard.empty() ? "" : fmt::format("`{}`", setting.standard);
        const std::string flag =
            setting.secret ? "" : fmt::format("`{} {}`", setting.flag(), setting.value_name);
        page += fmt::format("| `{}` | `{}` | {} | {} | {} |\n", setting.key, setting.variable(), flag,
                            standard, setting.meaning);
    }
    page += quotas_heading;
    for (const auto& fact : directory::quota_facts())
        page += fmt::format("| `{}` | {} |\n", fact.key, fact.standard);
    page += example;
    return page;
}

}  // namespace writ::server
