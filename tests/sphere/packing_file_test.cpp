#include "shatterproof/sphere/packing_file.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/greedy_packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "temporary_folder.hpp"

using namespace shatterproof;

namespace {

const std::string kOurs = "# shatterproof packing 1\n";

/// What reading the text throws as FormatError; empty if nothing.
std::string complaint(const std::string& text) {
  const TemporaryFolder folder;
  try {
    const StoredPacking packing(folder.write("code.txt", text));
  } catch (const FormatError& error) {
    return std::string(error.what()).substr(folder.path.string().size() + 1);
  }
  return "";
}

Separation certify(const std::string& text, const Rational& s, Caps caps = Caps::open) {
  const TemporaryFolder folder;
  return StoredPacking(folder.write("code.txt", text)).certify(s, caps);
}

}  // namespace

TEST_CASE("packings are written and read back exactly: frames, square roots, rounded centres") {
  const TemporaryFolder folder;
  for (const auto& [d, eps] : {std::pair{1L, "1/2"},
                               {2L, "1/10"},
                               {3L, "9/40"},
                               {4L, "11/50"},
                               {5L, "1/2"},
                               {6L, "7/10"},
                               {7L, "1/3"},
                               {8L, "1/4"}}) {
    const Packing packing = best_packing(d, parse_rational(eps));
    const ExactCode code = integer_code(packing);
    const StoredPacking read(folder.write("code.txt", packing_text(code, packing.eps, packing.family)));
    CHECK(read.dimension() == d);
    CHECK(read.size() == code.size());
    CHECK(read.eps().value() == packing.eps);
    const Separation test = read.certify(cosine_of_separation(packing.eps), Caps::open);
    CHECK(test.certified);
    CHECK(test.exact_tests == certify_separation(code, cosine_of_separation(packing.eps)).exact_tests);
  }
}

TEST_CASE("decimals are exact numbers, not doubles") {
  // 3/5 exactly: tangent at s = 3/5, although neither 0.6 nor 0.8 is a double.
  const std::string tangent = "0.6 0.8\n1.0, 0\n-6e-1;8E-1\n";
  CHECK(certify(tangent, Rational(3, 5)).certified);
  CHECK_FALSE(certify(tangent, Rational(3, 5), Caps::closed).certified);
  CHECK_FALSE(certify(tangent, Rational(Rational(3, 5) - parse_rational("1e-40"))).certified);
  CHECK(certify(tangent, Rational(Rational(3, 5) + parse_rational("1e-40")), Caps::closed).certified);
  // A coordinate moved by a relative 1e-15, and by far less.
  const Separation moved = certify("0.6000000000000006 0.8\n1.0 0.0\n", Rational(3, 5));
  CHECK_FALSE(moved.certified);
  CHECK(moved.text.find("lines 1 and 2") == 0);
  CHECK_FALSE(certify("0.600000000000000000000000000000000001 0.8\n1.0 0.0\n", Rational(3, 5)).certified);
  CHECK(certify("0.599999999999999999999999999999999999 0.8\n1.0 0.0\n", Rational(3, 5)).certified);
  // Obtuse angles.
  CHECK(certify("-.5 1e-17\n1 -2e-17\n", Rational(-999, 1000)).certified);
  CHECK(certify("-0.6 0.8\n1.0 0\n", Rational(-3, 5)).certified);
  CHECK_FALSE(certify("-0.6 0.8\n1.0 0\n", Rational(-3, 5), Caps::closed).certified);
}

TEST_CASE("comments, blank lines and Windows line ends are no vectors, lines keep their numbers") {
  const std::string text = "# made by hand\n\n1 0\r\n# second\n0 1\r\n   \n-1 0";
  CHECK(certify(text, 0).certified);
  const Separation close = certify(text + "\n10 1\n", Rational(9, 10));
  CHECK_FALSE(close.certified);
  CHECK(close.text.find("lines 3 and 8") == 0);
}

TEST_CASE("equal points are named, also as multiples of each other") {
  for (const char* text :
       {"1 2\n3 -1\n1 2\n", "1 2\n3 -1\n5 10\n", "0.1 0.2\n3 -1\n5 10\n", "1e-90 2e-90\n3 -1\n1e90 2e90\n"})
    CHECK_THROWS_WITH(certify(text, Rational(1, 2)), Catch::Matchers::Contains("lines 1 and 3"));
}

TEST_CASE("malformed packings are refused by line and number") {
  const auto contains = [](const std::string& text, const std::string& part) {
    const std::string message = complaint(text);
    CAPTURE(text, message);
    CHECK(message.find(part) != std::string::npos);
  };
  contains("1 0\n0 nan\n", "line 2, number 2: found 'nan'");
  contains("1 0\ninf 0\n", "line 2, number 1");
  contains("1 0\n0x10 0\n", "line 2, number 1");
  contains("1 0\n1/2 0\n", "line 2, number 1");
  contains("1 0\n1e300 0\n", "line 2, number 1: found '1e300'");
  contains("1 0\n1e-300 1\n", "line 2, number 1");
  contains("1 0\n1e-400 1\n", "line 2, number 1");
  contains("1 0\n1e99999999999 1\n", "line 2, number 1");
  contains("1 0\n" + std::string(500, '9') + " 1\n", "line 2, number 1");
  contains("1 0\n--1 0\n", "line 2, number 1");
  contains("1 0\n+-1 0\n", "line 2, number 1");
  contains("1 0\n1e 0\n", "line 2, number 1");
  contains("1 0\n+ 0\n", "line 2, number 1");
  contains("1 0\n++1 0\n", "line 2, number 1");
  contains("1 0\n. 0\n", "line 2, number 1");
  contains("1 0\n\n0 1 0\n", "line 3: found 3 numbers, expected 2");
  contains("1 0\n0 0\n", "line 2: found a zero vector");
  contains("1 0\n0.0 0e5\n", "line 2: found a zero vector");
  contains("", "at least one vector");
  contains("# nothing\n", "at least one vector");
  contains(kOurs + "# dim 2\n# count 3\n1 0\n0 1\n", "after 2 vectors, expected 3");
  contains(kOurs + "# dim 2\n# count 2\n1 0\n0 1\n-1 0\n", "after 3 vectors, expected 2");
  contains(kOurs + "# dim 2\n# count 2\n1 0\n0 12", "without an end");
  contains(kOurs + "# dim 2\n1 0\n0 1\n", "# count N");
  contains(kOurs + "# count 2\n1 0\n0 1\n", "# dim D");
  contains(kOurs + "# dim 3\n# count 2\n1 0\n0 1\n", "line 4: found 2 numbers, expected 3");
  contains(kOurs + "# dim two\n", "line 2: found 'two'");
  contains(kOurs + "# dim 2\n# count 1\n# eps 3\n1 0\n", "line 4: found eps '3'");
  contains(kOurs + "# dim 2\n# count 1\n# root 5\n0.5 0 0 0\n", "decimals");
  contains(kOurs + "# dim 2\n# count 1\n# root 4\n1 0 0 0\n", "root");
  contains(kOurs + "# dim 1\n# count 1\n# frame 1 -1\n1 0\n", "span");
  contains(kOurs + "# dim 2\n# count 1\n# frame 1 -1 0\n# frame 1 0 0\n1 0 0\n", "orthogonal");
  CHECK_THROWS_AS(StoredPacking("/no/such/file"), IoError);
  CHECK_THROWS_AS(StoredPacking("/"), IoError);
}

TEST_CASE("no prefix of a packing file is taken for a whole one") {
  const Packing packing = best_packing(3, Rational(1, 4));
  const std::string text = packing_text(integer_code(packing), packing.eps, packing.family);
  for (std::size_t length = kOurs.size(); length < text.size(); ++length)
    REQUIRE_FALSE(complaint(text.substr(0, length)).empty());
  CHECK(complaint(text).empty());
}

TEST_CASE("twenty thousand random decimals are no packing, a greedy code in decimals is one") {
  Random random(3);
  std::string points, spaced;
  const auto append = [](std::string& text, const std::vector<double>& row) {
    char number[32];
    for (const double c : row) {
      std::snprintf(number, sizeof number, "%.17g ", c);
      text += number;
    }
    text += '\n';
  };
  for (int i = 0; i < 20000; ++i) append(points, random.unit_vector(3));
  const Separation dense = certify(points, Rational(999, 1000));
  CHECK_FALSE(dense.certified);
  CHECK(certainly_less(Ball(Rational(999, 1000)), dense.closest));
  const ExactCode code = greedy_code(3, Rational(99, 100), 100000, 20000, 5);
  for (long i = 0; i < code.size(); ++i) {
    std::vector<double> row(3);
    for (long k = 0; k < 3; ++k) row[std::size_t(k)] = double(code.rational(i, k)) / 3.0;
    append(spaced, row);
  }
  CHECK(certify(spaced, Rational(Rational(99, 100) + Rational(1, 1000000))).certified);
  CHECK_FALSE(certify(spaced, Rational(98, 100)).certified);
}
