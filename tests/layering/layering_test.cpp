// Reads every include in lib/, constructions/ and tools/ and fails when one goes up or round in a circle (design:
// Layout).
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// What a module may include besides itself; transitive closures are written out.
const std::map<std::string, std::set<std::string>> kMayInclude{
    {"core", {}},
    {"numeric", {"core"}},
    {"rates", {"core", "numeric"}},
    {"linalg", {"core", "numeric"}},
    {"sphere", {"core", "numeric", "linalg"}},
    {"network", {"core", "numeric", "linalg"}},
    {"flatness", {"core", "numeric", "linalg", "sphere", "network"}},
    {"training", {"core", "numeric", "linalg", "sphere", "network", "flatness"}},
    {"bounds", {"core", "numeric", "linalg", "sphere", "network", "flatness"}},
    {"constructions", {"core", "numeric", "linalg", "sphere", "network", "flatness", "bounds"}},
    {"claims",
     {"core", "numeric", "rates", "linalg", "sphere", "network", "flatness", "training", "bounds", "constructions"}},
    {"certificate",
     {"core", "numeric", "rates", "linalg", "sphere", "network", "flatness", "training", "bounds", "constructions",
      "claims"}},
    {"report",
     {"core", "numeric", "rates", "linalg", "sphere", "network", "flatness", "training", "bounds", "constructions",
      "claims", "certificate"}},
};

fs::path source_root() {
  const char* root = std::getenv("SHATTERPROOF_SOURCE");
  REQUIRE(root != nullptr);
  return root;
}

bool is_source(const fs::path& file) {
  return file.extension() == ".hpp" || file.extension() == ".cpp" || file.extension() == ".ipp";
}

std::vector<std::string> modules_included_by(const fs::path& file) {
  static const std::regex ours("^#include \"(?:shatterproof/([a-z]+)|(constructions))/.*");
  std::vector<std::string> modules;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (std::regex_match(line, match, ours)) modules.push_back(match[1].matched ? match[1].str() : match[2].str());
  }
  return modules;
}

std::vector<std::pair<std::string, fs::path>> sources_by_module() {
  std::vector<std::pair<std::string, fs::path>> sources;
  const auto add = [&](const std::string& module, const fs::path& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && is_source(entry.path())) sources.emplace_back(module, entry.path());
  };
  for (const auto& entry : fs::directory_iterator(source_root() / "lib/shatterproof"))
    add(entry.path().filename().string(), entry.path());
  add("constructions", source_root() / "constructions");
  return sources;
}

}  // namespace

TEST_CASE("the allowed includes have no circle") {
  for (const auto& [module, below] : kMayInclude)
    for (const std::string& lower : below) {
      INFO(module << " and " << lower);
      REQUIRE(kMayInclude.count(lower) == 1);
      CHECK(kMayInclude.at(lower).count(module) == 0);
    }
}

TEST_CASE("no include goes up") {
  std::size_t checked = 0;
  for (const auto& [module, file] : sources_by_module()) {
    INFO(file);
    REQUIRE(kMayInclude.count(module) == 1);
    for (const std::string& included : modules_included_by(file)) {
      INFO("includes " << included);
      CHECK((included == module || kMayInclude.at(module).count(included) == 1));
      ++checked;
    }
  }
  CHECK(checked > 50);
}

TEST_CASE("the heavy libraries stay behind their doors") {
  const std::map<std::string, std::set<std::string>> doors{
      {"boost/multiprecision", {"real.hpp"}},
      {"Spectra/", {"lanczos.cpp"}},
      {"CGAL/", {"covering.cpp"}},
      {"cairo", {"cairo_canvas.cpp", "cairo_detail.hpp"}},
  };
  for (const auto& [module, file] : sources_by_module()) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
      for (const auto& [library, allowed] : doors)
        if (line.rfind("#include <" + library, 0) == 0) {
          INFO(file << ": " << line);
          CHECK(allowed.count(file.filename().string()) == 1);
        }
  }
}
