#include "constructions/arguments.hpp"

#include "constructions/construction.hpp"
#include "shatterproof/core/error.hpp"
#include "support.hpp"

using namespace shatterproof;

TEST_CASE("every bad argument names key, value and what was expected") {
  using Catch::Matchers::Contains;
  auto build = [](const std::string& id, const std::vector<std::string>& a) { (void)build_construction(id, a, 1); };
  CHECK_THROWS_WITH(build("cap_packings", {}), Contains("cap_packings") && Contains("cap_packing, univariate_bumps"));
  CHECK_THROWS_WITH(build("cap_packing", {"epsilon=1/2"}), Contains("epsilon") && Contains("one of d, eps"));
  CHECK_THROWS_WITH(build("cap_packing", {"eps"}), Contains("eps") && Contains("key=value"));
  CHECK_THROWS_WITH(build("cap_packing", {"d=3", "d=4"}), Contains("given twice"));
  for (const char* bad : {"0", "-1/2", "1.0000001", "nan", "inf", "abc", "", "1/0"}) {
    CAPTURE(bad);
    CHECK_THROWS_WITH(build("cap_packing", {std::string("eps=") + bad}),
                      Contains("eps = '" + std::string(bad) + "'") && Contains("(0, 1]"));
    CHECK_THROWS_AS(build("empty_caps", {std::string("eps=") + bad}), PreconditionError);
    CHECK_THROWS_AS(build("univariate_bumps", {std::string("eps=") + bad}), PreconditionError);
  }
  for (const char* bad : {"d=0", "d=-3", "d=2.5", "n=0", "n=1e9", "n=nan", "B=0", "C=-1", "noise=-1", "amplitude=0",
                          "labels=other", "form=other", "signs=+-", "signs=+-x-", "mc=1", "family=nonsense"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(build("cap_packing", {bad, "mc=0"}), PreconditionError);
  }
  for (const char* bad : {"L=0", "eta=0", "function=both", "n=0", "d=0"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(build("empty_caps", {bad}), PreconditionError);
  }
  for (const char* bad : {"c=0", "c=nan", "c=other", "segments=1", "n=0"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(build("univariate_bumps", {bad}), PreconditionError);
  }
}

TEST_CASE("objects too large for memory are refused before they are built") {
  using Catch::Matchers::Contains;
  CHECK_THROWS_WITH(build_construction("cap_packing", {"d=24", "eps=1e-8", "n=10"}, 1),
                    Contains("too large for memory"));
  CHECK_THROWS_WITH(build_construction("cap_packing", {"d=10000", "n=1e6"}, 1), Contains("too large for memory"));
  CHECK_THROWS_WITH(build_construction("univariate_bumps", {"eps=1e-9"}, 1), Contains("too large for memory"));
  CHECK_THROWS_AS(build_construction("univariate_bumps", {"eps=1e-300"}, 1), PreconditionError);
}

TEST_CASE("whole numbers may be written with an exponent") {
  const Arguments arguments("x", {{"n", "5", "a number"}}, {"n=1e3"});
  CHECK(arguments.integer("n", 1, 1000) == 1000);
  CHECK_THROWS_AS(arguments.integer("n", 1, 999), PreconditionError);
}
