// Seeded mutations of good files: each is read or refused with a FormatError, whatever the format it is taken for.
#include "network/golden_networks.hpp"
#include "network/temporary_files.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/assemble.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;

namespace {

constexpr int kMutations = 20000;

std::vector<std::string> good_files() {
  std::vector<std::string> files;
  for (const char* name :
       {"numpy_stored.npz", "numpy_deflated.npz", "trained/net.npz", "trained/data.npz", "trained/net.safetensors"})
    files.push_back(text_of(golden_path(name)));
  files.push_back(
      R"({"X": [[0.5, "1/4"], [-0.5, 0]], "y": [1, "-3/7"], "W": [[1, 2]], "b": [1], "v": [1], "beta": 0})");
  return files;
}

void change(std::string& bytes, Random& random) {
  const std::size_t at = random.below(bytes.size() + 1),
                    length = random.below(std::min<std::size_t>(24, bytes.size() - at) + 1);
  switch (random.below(6)) {
    case 0:
      bytes.erase(at, length);
      break;
    case 1:
      bytes.insert(random.below(bytes.size() + 1), bytes.substr(at, length));
      break;
    case 2:  // a size of the largest kind
      for (std::size_t i = at; i < std::min(at + 8, bytes.size()); ++i) bytes[i] = static_cast<char>(0xff);
      break;
    case 3:
      for (std::size_t i = at; i < std::min(at + 4, bytes.size()); ++i) bytes[i] = 0;
      break;
    case 4:
      if (random.below(8) == 0) bytes.resize(at);
      break;
    default:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random.below(256));
  }
}

/// True if the bytes were read as a network with its data or as data alone.
template <class Parse>
bool reads(Parse parse, const std::string& bytes) {
  try {
    const RawFile file = parse("file", bytes);
    if (file.arrays.count("X") != 0) (void)assemble_data(file);
    (void)assemble_problem(file);
    return true;
  } catch (const FormatError& e) {
    CHECK_THAT(e.what(), Catch::StartsWith("file: "));
    return false;
  }
}

}  // namespace

TEST_CASE("damaged files are read or refused, nothing else") {
  const std::vector<std::string> files = good_files();
  Random random(7);
  int read = 0, refused = 0;
  for (int i = 0; i < kMutations; ++i) {
    std::string bytes = files[random.below(files.size())];
    for (std::size_t steps = 1 + random.below(3); steps > 0; --steps) change(bytes, random);
    const bool any = static_cast<int>(reads(parse_npz, bytes)) + static_cast<int>(reads(parse_safetensors, bytes)) +
                         static_cast<int>(reads(parse_json, bytes)) >
                     0;
    ++(any ? read : refused);
  }
  CHECK(refused > kMutations / 2);
  CHECK(read > 0);
}
