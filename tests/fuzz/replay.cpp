// fuzz_replay MUTATIONS FOLDER...: the parsers on every file below the folders, on every text among the parameters of
// the notes there, and on so many seeded mutations of these. The same entry point as libFuzzer's, for any compiler.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "parsers.hpp"
#include "shatterproof/claims/note.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned kSeed = 20250620;
const char* const kWords[] = {"```claim\n",
                              "```rates\n",
                              "```define\n",
                              "```\n",
                              "````",
                              "import ",
                              "[parameters]\n",
                              "claim = ",
                              "\"\"\"",
                              "\"",
                              "[[",
                              "(",
                              ")",
                              "^",
                              "..",
                              "{",
                              "1e99999",
                              "inf",
                              "forall ",
                              " in ",
                              "\xff",
                              "\x01",
                              "\r\n",
                              "#",
                              " and ",
                              "sum(k, 1, d, ",
                              "=",
                              "-"};

std::vector<std::string> seeds_below(const fs::path& folder) {
  std::vector<std::string> seeds;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    seeds.push_back(text.str());
    if (entry.path().extension() != ".md") continue;
    try {
      for (const auto& claim : shatterproof::read_note(entry.path(), folder))
        for (const auto& [name, values] : claim.parameters.all())
          seeds.insert(seeds.end(), values.begin(), values.end());
    } catch (const std::exception&) {  // a malformed seed is a seed too
    }
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
        text.insert(at, kWords[below(std::size(kWords))]);
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random_());
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
    std::fprintf(stderr, "usage: fuzz_replay MUTATIONS FOLDER...\n");
    return 2;
  }
  std::vector<std::string> seeds;
  for (int i = 2; i < argc; ++i)
    for (std::string& seed : seeds_below(argv[i])) seeds.push_back(std::move(seed));
  if (seeds.empty()) {
    std::fprintf(stderr, "fuzz_replay: no files in these folders\n");
    return 1;
  }
  for (const std::string& seed : seeds) try_parsers(seed);
  Mutator mutator(seeds);
  const long mutations = std::strtol(argv[1], nullptr, 10);
  for (long i = 0; i < mutations; ++i) {
    const std::string text = mutator.next();
    try {
      try_parsers(text);
    } catch (const std::exception& e) {
      std::fprintf(stderr, "mutation %ld: unexpected exception: %s\n%s\n", i, e.what(), text.c_str());
      return 1;
    }
  }
  std::printf("%zu seeds and %ld mutations, seed %u\n", seeds.size(), mutations, kSeed);
  return 0;
}
