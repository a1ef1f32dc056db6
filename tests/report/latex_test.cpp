#include "shatterproof/report/latex.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "readers.hpp"
#include "sample_document.hpp"

using namespace shatterproof;
using namespace shatterproof::report;

namespace {

void check_document(const Document& document) {
  const TemporaryFolder folder;
  const auto files = latex_files(document);
  for (const auto& [name, text] : files) folder.write(name, text);
  std::string body = "\\input{shatterproof.tex}\n";
  if (files.count("formulas.tex") != 0) body += "\\input{formulas.tex}\n";
  check_compiles(folder, body);
}

}  // namespace

TEST_CASE("one \\input of everything compiles") { check_document(sample_document(6)); }

TEST_CASE("an empty document and one with only refuted claims compile") {
  check_document(Document{});
  Document refuted;
  for (int i = 0; i < 3; ++i) refuted.claims.push_back(sample_claim("a/" + std::to_string(i), Verdict::refuted));
  refuted.claims[0].as_expected = false;
  check_document(refuted);
}

TEST_CASE("500 claims and a very long formula compile") {
  Document document;
  document = sample_document(500);
  for (int i = 0; i < 300; ++i) document.claims[0].formula += " + \\frac{x_{1}}{2}";
  document.claims[1].statement = std::string(2000, 'x');
  check_document(document);
}

TEST_CASE("each table and figure has a file, with caption and label, and no two labels are the same") {
  const auto files = latex_files(sample_document(6));
  for (const char* name : {"table-status.tex", "table-constants.tex", "table-bounds.tex", "figure-packing-2.tex",
                           "figure-bounds-d2.tex", "figure-flatness.tex", "formulas.tex", "shatterproof.tex"}) {
    INFO(name);
    REQUIRE(files.count(name) == 1);
    CHECK(files.at(name).rfind("% Written by", 0) == 0);
  }
  const std::string& all = files.at("shatterproof.tex");
  std::set<std::string> labels;
  for (std::size_t at = all.find("\\label{"); at != std::string::npos; at = all.find("\\label{", at + 1))
    CHECK(labels.insert(all.substr(at, all.find('}', at) - at)).second);
  CHECK(labels.size() > 8);
  CHECK(latex_files(sample_document(6)) == files);
}

TEST_CASE("a bound counts as vacuous only where it was computed") {
  Document document = sample_document(1);
  const std::string before = latex_files(document).at("table-bounds.tex");
  CHECK(before.find("an upper bound (upper) & --- & ") != std::string::npos);
  document.bounds[0].points[0].computed = false;
  const std::string after = latex_files(document).at("table-bounds.tex");
  CHECK(after.find("an upper bound (upper) &  & ") != std::string::npos);
  CHECK(after.find("measured\\_it & --- & ") != std::string::npos);
}

TEST_CASE("the references are those that the notes cite") {
  const std::string text = bibtex_of(sample_document(1));
  CHECK(text.find("@software{shatterproof,") == 0);
  CHECK(text.find("{parhi2023near,") != std::string::npos);
  CHECK(text.find("wainwright") == std::string::npos);
}
