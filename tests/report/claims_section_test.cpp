#include "shatterproof/report/claims_section.hpp"

#include <catch2/catch.hpp>

#include "temporary_folder.hpp"

using namespace shatterproof;
using namespace shatterproof::report;

namespace {

const char* const kNote = R"note(# Lemma 1: a title

```define
c(d) = d + 1
```

```claim
id = "mine/upper"
source = "Me 2026, Lemma 1"
statement = "h is at most c"
forall = "d in 1..3, h in [0, 1]"
claim = "h*d <= c(d)"
sharp = "sup over h of h*d"
constant = "c(d)"
expect = "proved"
```

```claim
id = "mine/wrong"
source = "Me 2026, Lemma 1"
statement = "h is at most 0"
forall = "h in [0, 1]"
claim = "h <= 0"
expect = "refuted"
uses = ["mine/upper"]
```
)note";

Document document_of(const TemporaryFolder& folder) {
  const auto file = folder.write("notes/lemma.md", kNote);
  Document document;
  add_claims(verify(read_note(file)), document);
  return document;
}

}  // namespace

TEST_CASE("claims come with block, formula, note and the command that checks them again") {
  const TemporaryFolder folder;
  const Document document = document_of(folder);
  REQUIRE(document.claims.size() == 2);
  const ClaimEntry& claim = document.claims[0];
  CHECK(claim.block.rfind("id = \"mine/upper\"", 0) == 0);
  CHECK(claim.formula.find("h\\,d \\le c(d)") != std::string::npos);
  CHECK(claim.formula.find("c(d) = d + 1") != std::string::npos);
  CHECK(claim.note == "notes/lemma.md");
  CHECK(claim.recheck == "shatterproof verify notes/lemma.md");
  CHECK(document.claims[1].result.verdict == Verdict::refuted);
  CHECK(document.claims[1].as_expected);
  REQUIRE(document.notes.size() == 1);
  CHECK(document.notes[0].title == "Lemma 1: a title");
  CHECK(document.notes[0].markdown == kNote);
}

TEST_CASE("constants are the stated ones against the sharp ones") {
  const TemporaryFolder folder;
  const Document document = document_of(folder);
  REQUIRE(document.constants.size() == 1);
  const Constant& constant = document.constants[0];
  CHECK(constant.variable == "d");
  CHECK(constant.supremum);
  REQUIRE(constant.points.size() == 3);
  CHECK(constant.points[1].value == 2);
  CHECK(std::stod(constant.points[1].stated.value().lower) == Approx(3));
  CHECK(constant.points[1].slack.value() == Approx(1.5));
}

TEST_CASE("no slack is told where it is open on which side of 1 it lies") {
  const TemporaryFolder folder;
  const auto file = folder.write("notes/equal.md", R"note(# Equal

```claim
id = "mine/equal"
source = "Me 2026, Lemma 2"
statement = "the constant is the best one"
forall = "d in 1..3, h in [0, 1]"
claim = "h*sqrt(d) <= sqrt(d)"
sharp = "sup over h of h*sqrt(d)"
constant = "sqrt(d)"
expect = "proved"
```
)note");
  Document document;
  add_claims(verify(read_note(file)), document);
  REQUIRE(document.constants.size() == 1);
  REQUIRE(document.constants[0].points.size() == 3);
  const ConstantPoint& irrational = document.constants[0].points[1];
  CHECK(irrational.stated.has_value());
  CHECK_FALSE(irrational.slack.has_value());
}

TEST_CASE("a note that has changed since it was run is told of") {
  const TemporaryFolder folder;
  const auto file = folder.write("lemma.md", kNote);
  const auto outcomes = verify(read_note(file));
  folder.write("lemma.md", "# empty\n");
  Document document;
  CHECK_THROWS_WITH(add_claims(outcomes, document), Catch::Contains("lemma.md:7"));
}
