// directory_bench FOLDER PART: an account with a million users. The databases stay in the folder for the next
// part. Each part is a run of its own, so that the memory of one is not that of another.
#include <filesystem>
#include <string_view>

#include "bench/directory/population.h"
#include "bench/directory/rows.h"

int main(int count, char** arguments) {
    using namespace writ::bench;
    if (count != 3) give_up("usage: directory_bench FOLDER users|cold|hot|enforcement");
    const std::filesystem::path folder = arguments[1];
    const std::string_view part = arguments[2];
    if (part == "enforcement") {
        bench_enforcement();
        return 0;
    }
    std::filesystem::create_directories(folder);
    make_population(few_users(folder), few);
    make_population(many_users(folder), many);
    if (part == "users") bench_users(folder);
    if (part == "cold") bench_cold_principals(folder);
    if (part == "hot") bench_hot_principals(folder);
    return 0;
}
