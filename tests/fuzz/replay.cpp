// fuzz_..._replay MUTATIONS FOLDER...: what is fuzzed on every file below the folders, on the texts within them, and on
// so many seeded mutations of these. The same entry point as libFuzzer's, for any compiler.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "target.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned kSeed = 20250620;

std::vector<std::string> seeds_below(const fs::path& folder) {
  std::vector<std::string> seeds;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    seeds.push_back(text.str());
    for (std::string& inner : texts_within(entry.path(), folder)) seeds.push_back(std::move(inner));
  }
  return seeds;
}

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t steps = 1 + below(4); steps > 0; --steps) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t count) { return count == 0 ? 0 : random_() % count; }

  char random_byte() {
    return static_cast<char>(mutations().first_byte +
                             static_cast<int>(below(static_cast<std::size_t>(mutations().bytes))));
  }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1), length = below(std::min<std::size_t>(40, text.size() - at) + 1);
    switch (below(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(below(text.size() + 1), text.substr(at, length));
        break;
      case 2:
        text.insert(at, mutations().words[below(mutations().words.size())]);
        break;
      case 3:
        if (at < text.size()) text[at] = random_byte();
        break;
      case 4: {
        const std::string& other = seeds_[below(seeds_.size())];
        const std::size_t from = below(other.size() + 1);
        text.replace(at, length, other.substr(from, below(200)));
        break;
      }
      default:
        text.resize(at);
    }
  }

  std::vector<std::string> seeds_;
  std::mt19937_64 random_{kSeed};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s MUTATIONS FOLDER...\n", argv[0]);
    return 2;
  }
  std::vector<std::string> seeds;
  for (int i = 2; i < argc; ++i)
    for (std::string& seed : seeds_below(argv[i])) seeds.push_back(std::move(seed));
  if (seeds.empty()) {
    std::fprintf(stderr, "%s: no files in these folders\n", argv[0]);
    return 1;
  }
  for (const std::string& seed : seeds) try_text(seed);
  Mutator mutator(seeds);
  const long count = std::strtol(argv[1], nullptr, 10);
  for (long i = 0; i < count; ++i) {
    const std::string text = mutator.next();
    try {
      try_text(text);
    } catch (const std::exception& e) {
      std::fprintf(stderr, "mutation %ld: unexpected exception: %s\n%s\n", i, e.what(), text.c_str());
      return 1;
    }
  }
  std::printf("%zu seeds and %ld mutations, seed %u\n", seeds.size(), count, kSeed);
  return 0;
}
