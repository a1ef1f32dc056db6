// What the checker promises of its own source: short, no floating point, GMP and the standard library only.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

TEST_CASE("the checker is at most 1,000 lines, without floating point and without code of the library") {
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  REQUIRE(root != nullptr);
  static const std::regex floating(
      "\\b(float|double|cmath|math\\.h|mpf_\\w+|mpf_class|\\w*get_d|strtod|stod|long double)\\b|[0-9]\\.[0-9]");
  static const std::regex allowed("#include (<(gmpxx\\.h|[a-z0-9_]+)>|\"[a-z_]+\\.hpp\").*");
  int lines = 0, files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(root) / "lib/checker")) {
    if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
    ++files;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line); ++lines) {
      INFO(entry.path() << ": " << line);
      const std::string code = line.substr(0, line.find("//"));
      CHECK_FALSE(std::regex_search(code, floating));
      if (code.rfind("#include", 0) == 0) CHECK(std::regex_match(line, allowed));
    }
  }
  CHECK(files >= 10);
  CHECK(lines <= 1000);
}
