// fuzz_checker_replay MUTATIONS FOLDER: the checker on every file of the folder and on so many seeded mutations of
// these.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "try_checker.hpp"

namespace {

constexpr unsigned kSeed = 20250621;
const char* const kWords[] = {" ",    "\n",   "-", "0", "/",       "1/3", "99999999999999999999",
                              "end ", "none", "(", "^", "centre ", "\x80"};

std::string mutated(const std::vector<std::string>& seeds, std::mt19937_64& random) {
  const auto below = [&](std::size_t count) { return count == 0 ? 0 : random() % count; };
  std::string text = seeds[below(seeds.size())];
  for (std::size_t steps = 1 + below(3); steps > 0; --steps) {
    const std::size_t at = below(text.size() + 1), length = below(std::min<std::size_t>(20, text.size() - at) + 1);
    switch (below(5)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(below(text.size() + 1), text.substr(at, length));
        break;
      case 2:
        text.insert(at, kWords[below(std::size(kWords))]);
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>('-' + below(13));  // digits, mostly
        break;
      default:
        text.replace(at, length, seeds[below(seeds.size())].substr(0, 60));
    }
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: fuzz_checker_replay MUTATIONS FOLDER\n"), 2;
  std::vector<std::string> seeds;
  for (const auto& entry : std::filesystem::directory_iterator(argv[2])) {
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    seeds.push_back(text.str());
  }
  if (seeds.empty()) return std::fprintf(stderr, "fuzz_checker_replay: no files in this folder\n"), 1;
  for (const std::string& seed : seeds) try_checker(seed);
  std::mt19937_64 random(kSeed);
  const long mutations = std::strtol(argv[1], nullptr, 10);
  for (long i = 0; i < mutations; ++i) try_checker(mutated(seeds, random));
  std::printf("%zu seeds and %ld mutations, seed %u\n", seeds.size(), mutations, kSeed);
  return 0;
}
