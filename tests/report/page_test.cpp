#include "shatterproof/report/page.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "sample_document.hpp"
#include "shatterproof/report/json.hpp"

using namespace shatterproof::report;

TEST_CASE("the page of this build takes in a document, which comes out as it went in") {
  const std::string json = document_to_json(sample_document(3)).dump();
  const std::string page = page_with(page_asset(), json);
  const std::string open = "<script type=\"application/json\" id=\"report\">";
  const std::size_t start = page.find(open);
  REQUIRE(start != std::string::npos);
  const std::size_t begin = start + open.size(), end = page.find("</script>", begin);
  const std::string inside = page.substr(begin, end - begin);
  CHECK(inside.find_first_of("<>&") == std::string::npos);
  CHECK(nlohmann::json::parse(inside) == nlohmann::json::parse(json));
}

TEST_CASE("separators of lines are escaped, and a page without a place is refused") {
  CHECK(page_with("a__REPORT_JSON__b", "\"\xE2\x80\xA8\xE2\x80\xA9\"") == "a\"\\u2028\\u2029\"b");
  CHECK_THROWS_AS(page_with("no place", "{}"), std::logic_error);
  CHECK_THROWS_AS(page_with("__REPORT_JSON__ __REPORT_JSON__", "{}"), std::logic_error);
}
