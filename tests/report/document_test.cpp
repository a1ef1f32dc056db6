// JSON and CSV of a document.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "readers.hpp"
#include "sample_document.hpp"
#include "shatterproof/report/csv.hpp"
#include "shatterproof/report/json.hpp"

using namespace shatterproof;
using namespace shatterproof::report;

namespace {

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("JSON is what the schema says: empty, full, only refuted, 500 claims, long formulas") {
  Document refuted;
  refuted.claims.push_back(sample_claim("a/refuted", Verdict::refuted));
  refuted.claims.back().as_expected = false;
  refuted.claims.back().error = "it could not run";
  Document long_formula = sample_document(1);
  for (int i = 0; i < 5000; ++i) long_formula.claims[0].formula += " + x_{1}";
  for (const Document& document : {Document{}, sample_document(3), refuted, sample_document(500), long_formula}) {
    const Run run = check_schema(document_to_json(document).dump());
    INFO(run.out << run.err);
    CHECK(run.exit_code == 0);
  }
}

TEST_CASE("the schema refuses what is not so") {
  if (std::getenv("SHATTERPROOF_SCHEMA_PYTHON") == nullptr) return;
  const auto good = document_to_json(sample_document(2));
  const auto refuses = [](const nlohmann::ordered_json& json) { return check_schema(json.dump()).exit_code == 1; };
  auto bad = good;
  bad["claims"][0]["verdict"] = "true";
  CHECK(refuses(bad));
  bad = good;
  bad["flatness"][0]["lambda_max"]["lower"] = 1.5;  // a proof number is text
  CHECK(refuses(bad));
  bad = good;
  bad["claims"][0].erase("recheck");
  CHECK(refuses(bad));
  bad = good;
  bad["experiments"][0]["findings"][0]["opinion"] = "refuted";  // statistics refute nothing
  CHECK(refuses(bad));
  bad = good;
  bad["surprise"] = 1;
  CHECK(refuses(bad));
}

TEST_CASE("the same document gives the same bytes, and what is missing is left out") {
  const Document document = sample_document(4);
  CHECK(document_to_json(document).dump() == document_to_json(sample_document(4)).dump());
  const auto json = document_to_json(document);
  CHECK_FALSE(json["constants"][0]["points"][1].contains("stated"));
  CHECK_FALSE(json["bounds"][0]["points"][0].contains("up"));
  CHECK(json["bounds"][0]["points"][1]["seen"]["upper"] == 0.3);
  CHECK(json["claims"][0]["certificate"].is_null());
  CHECK(json["claims"][1]["uses"][0] == document.claims[0].id);
}

TEST_CASE("CSV has a file a section, a header each, and quotes what needs it") {
  const auto files = csv_files(sample_document(3));
  CHECK(lines_of(files.at("claims.csv")) == 4);
  CHECK(lines_of(files.at("constants.csv")) == 3);
  CHECK(lines_of(files.at("bounds.csv")) == 5);
  CHECK(files.at("claims.csv").find("\"\"quoted\"\"") != std::string::npos);
  for (const auto& [name, text] : csv_files(Document{})) {
    INFO(name);
    CHECK(lines_of(text) == 1);
  }
}
