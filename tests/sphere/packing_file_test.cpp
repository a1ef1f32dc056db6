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

LargestCaps largest(const std::string& text, Caps caps = Caps::open) {
  return StoredPacking("code.txt", text).largest_caps(caps);
}

const Rational kLastDecimal = power(Rational(10), -30);

/// What making a packing of these rows throws as FormatError; empty if nothing.
template <class T>
std::string complaint(long columns, std::vector<T> rows) {
  try {
    (void)StoredPacking("a.npz", columns, std::move(rows)).largest_caps(Caps::open);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
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

TEST_CASE("the largest caps of known codes: exact cosines, certified there and not one decimal further") {
  for (const auto& [d, eps, cosine] : {std::tuple{3L, "1/2", "0"},
                                       {3L, "19/50", "sqrt 5/5"},
                                       {4L, "9/25", "1/2"},
                                       {4L, "11/50", "(1 + sqrt 5)/4"},
                                       {5L, "9/20", "1/5"},
                                       {7L, "21/50", "1/3"},
                                       {8L, "1/4", "3/4"},
                                       {6L, "59/100", "-1/6"}}) {
    CAPTURE(d, eps);
    const Packing packing = best_packing(d, parse_rational(eps));
    const StoredPacking read("code.txt", packing_text(integer_code(packing), packing.eps, packing.family));
    const LargestCaps open = read.largest_caps(Caps::open), closed = read.largest_caps(Caps::closed);
    REQUIRE(open.exact.has_value());
    CHECK(open.exact->text() == cosine);
    CHECK(open.exact->enclose().overlaps(open.cosine));
    CHECK(read.certify(cosine_of_separation(open.eps), Caps::open).certified);
    CHECK(read.certify(cosine_of_separation(closed.eps), Caps::closed).certified);
    for (const Caps caps : {Caps::open, Caps::closed}) {
      const Rational further = (caps == Caps::open ? open : closed).eps + kLastDecimal;
      CHECK_FALSE(read.certify(cosine_of_separation(further), caps).certified);
    }
    CHECK(open.text.find("no pair is closer") != std::string::npos);
  }
}

TEST_CASE("the closest pair is found exactly among nearly tied ones") {
  // Inner products 3/5, 3/5 - 1e-40 and 3/5 + 1e-40 are one number in double.
  const std::string small = "0." + std::string(39, '0') + "1", up = "0.6" + std::string(38, '0') + "1",
                    down = "0.5" + std::string(39, '9');
  const LargestCaps found = largest("1 0 0\n0.6 0.8 0\n" + up + " 0 0.8\n" + down + " 0 -0.8\n");
  CHECK((found.first == 0 && found.second == 2));
  CHECK(found.cosine.lower_rational() > Rational(3, 5));
  const LargestCaps other = largest("1 0 0\n0.6 0.8 0\n" + down + " 0 0.8\n");
  CHECK((other.first == 0 && other.second == 1));
  CHECK(other.exact->text() == "3/5");
}

TEST_CASE("tangent caps: the largest open eps may be exact, the closed one is below it") {
  const std::string opposite = "1 0\n-1 0\n";
  CHECK(largest(opposite).eps == 1);
  CHECK(largest("0.6\n-62\n").eps == 1);
  CHECK(largest("1 0\n-1 1e-99\n").eps == 1 - kLastDecimal);  // opposite to 99 digits only
  CHECK(to_text_certain(largest("1 0\n-1 1e-99\n").angle, 10) == to_text_certain(Ball::pi(), 10));
  CHECK(largest(opposite, Caps::closed).eps == 1 - kLastDecimal);
  // cos 2 theta = 1/8 at eps = 1/2: (1, 0) and (1/8, sqrt(63)/8) = (1, sqrt 63)/8 by a norm of 64 = 1 + 63.
  const std::string eighth = "1 0 0 0 0\n1 7 3 2 1\n";
  CHECK(largest(eighth).exact->text() == "1/8");
  CHECK(largest(eighth).eps == Rational(1, 2));
  CHECK(largest(eighth, Caps::closed).eps == Rational(1, 2) - kLastDecimal);
  CHECK(largest("1 2 3\n").first == -1);
  CHECK(largest("1 2 3\n").eps == 1);
}

TEST_CASE("equal and almost equal points have no largest caps") {
  for (const char* text : {"1 2\n3 -1\n1 2\n", "1 2\n3 -1\n5 10\n", "0.1 0.2\n3 -1\n5 10\n"})
    CHECK_THROWS_WITH(largest(text), Catch::Matchers::Contains("lines 1 and 3: found the same point twice"));
  CHECK_THROWS_WITH(largest("1 0\n1 1e-30\n0 1\n"), Catch::Matchers::Contains("lines 1 and 2: found an angle"));
  const LargestCaps near = largest("1 0\n1 1e-19\n0 1\n");
  CHECK((near.first == 0 && near.second == 1));
  CHECK((near.eps > parse_rational("3e-20") && near.eps < parse_rational("4e-20")));
}

TEST_CASE("the largest caps of many points are those of the closest of all pairs") {
  Random random(11);
  for (const long d : {2L, 3L, 5L}) {
    std::vector<double> rows;
    for (int i = 0; i < 20000; ++i)
      for (const double c : random.unit_vector(int(d))) rows.push_back(c);
    double closest = 9;
    std::pair<long, long> pair;
    for (long i = 0; i < 20000; ++i)
      for (long j = 0; j < i; ++j) {
        double squares = 0;
        for (long k = 0; k < d; ++k)
          squares += std::pow(rows[std::size_t(i * d + k)] - rows[std::size_t(j * d + k)], 2);
        if (squares < closest) closest = squares, pair = {j, i};
      }
    const LargestCaps found = StoredPacking("a.npy", d, rows).largest_caps(Caps::open);
    CHECK(std::pair(found.first, found.second) == pair);
    CHECK(2 * std::asin(std::sqrt(closest) / 2) == Approx(acos(found.cosine).mid_double()).epsilon(1e-6));
  }
}

TEST_CASE("doubles and integers of an array are the numbers that they are") {
  // The double 0.6 is not 3/5: with 0.8 its cosine to (1, 0) is 3/5 - 2.2e-17 or so, not 3/5.
  const StoredPacking doubles("a.npz", 2, std::vector<double>{0.6, 0.8, 1, 0});
  const Rational x = exact_rational(0.6), y = exact_rational(0.8);
  const Rational square = x * x / (x * x + y * y);
  CHECK(doubles.certify(Rational(3, 5), Caps::closed).certified == (square < Rational(9, 25)));
  CHECK(doubles.certify(Rational(3, 5), Caps::open).certified == (square <= Rational(9, 25)));
  CHECK(square != Rational(9, 25));
  CHECK(doubles.places(0, 1) == "rows 0 and 1");
  const StoredPacking tangent("a.npz", 2, std::vector<std::int64_t>{3, 4, 1, 0});
  CHECK(tangent.certify(Rational(3, 5), Caps::open).certified);
  CHECK_FALSE(tangent.certify(Rational(3, 5), Caps::closed).certified);
  // Integers of more than 53 bits that no double holds: moved by a relative 1e-18.
  const std::int64_t big = 1'000'000'000'000'000'000;
  CHECK(StoredPacking("a.npz", 2, std::vector<std::int64_t>{3 * big, 4 * big, 1, 0})
            .certify(Rational(3, 5), Caps::open)
            .certified);
  CHECK_FALSE(StoredPacking("a.npz", 2, std::vector<std::int64_t>{3 * big + 1, 4 * big, 1, 0})
                  .certify(Rational(3, 5), Caps::open)
                  .certified);
  CHECK(StoredPacking("a.npz", 2, std::vector<std::int64_t>{3 * big - 1, 4 * big, 1, 0})
            .certify(Rational(3, 5), Caps::closed)
            .certified);
  // A pair moved inside by a relative 1e-15.
  CHECK_FALSE(StoredPacking("a.npz", 2, std::vector<double>{3 * (1 + 1e-15), 4, 1, 0})
                  .certify(Rational(3, 5), Caps::open)
                  .certified);
}

TEST_CASE("malformed arrays are refused by row and column") {
  using Doubles = std::vector<double>;
  CHECK(complaint(2, Doubles{1, 0, 0, 0}).find("a.npz: row 1: found a zero vector") == 0);
  CHECK(complaint(2, Doubles{1, 0, 0, -0.0}).find("a.npz: row 1: found a zero vector") == 0);
  CHECK(complaint(2, Doubles{1, NAN, 0, 1}).find("a.npz: row 0, column 1: found nan") == 0);
  CHECK(complaint(2, Doubles{1, 0, -INFINITY, 1}).find("a.npz: row 1, column 0: found -inf") == 0);
  CHECK(complaint(2, Doubles{1, 1e300, 0, 1}).find("a.npz: row 0, column 1: found 1e+300") == 0);
  CHECK(complaint(2, Doubles{1, 5e-324, 0, 1}).find("a.npz: row 0, column 1: found 5e-324") == 0);
  CHECK(complaint(2, Doubles{0.1, 0.2, 3, 4, 0.2, 0.4}).find("a.npz: rows 0 and 2: found the same point twice") == 0);
  CHECK(complaint(2, std::vector<std::int64_t>{1, 2, 3, 4, 2, 4}).find("a.npz: rows 0 and 2: found the same") == 0);
  CHECK(complaint(2, std::vector<std::int64_t>{0, 0, 3, 4}).find("a.npz: row 0: found a zero vector") == 0);
  CHECK_THROWS_AS(StoredPacking("a.npz", 2, Doubles{1, 0, 1}), PreconditionError);
  CHECK_THROWS_AS(StoredPacking("a.npz", 2, Doubles{}), PreconditionError);
}

TEST_CASE("a million random points are no packing, by their closest pair") {
  Random random(7);
  std::vector<double> rows;
  for (int i = 0; i < 1'000'000; ++i)
    for (const double c : random.unit_vector(3)) rows.push_back(c);
  const StoredPacking points("a.npz", 3, std::move(rows));
  const Rational s = cosine_of_separation(Rational(1, 1000));
  const Separation test = points.certify(s, Caps::open);
  CHECK_FALSE(test.certified);
  CHECK(certainly_less(Ball(s), test.closest));
  CHECK(test.text.find("rows " + std::to_string(test.first)) == 0);
  const LargestCaps found = points.largest_caps(Caps::open);
  CHECK(points.certify(cosine_of_separation(found.eps), Caps::open).certified);
  CHECK_FALSE(points.certify(cosine_of_separation(Rational(found.eps + kLastDecimal)), Caps::open).certified);
}
