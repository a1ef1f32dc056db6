// Well-formed certificates with the right checksum that must not be accepted: false claims with proofs that nearly fit.
#include <algorithm>
#include <catch2/catch.hpp>

#include "flatness/random_problem.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "support.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;

namespace {

std::string packing(const std::string& eps, const std::string& cosine, const std::string& weights,
                    const std::string& root, const std::vector<std::string>& centres) {
  std::string text = "shatterproof-certificate 1 packing\ndimension 2\neps " + eps + "\ncosine " + cosine +
                     "\nweights " + weights + "\nroot " + root + "\ncentres " + std::to_string(centres.size()) + "\n";
  for (const auto& centre : centres) text += "centre " + centre + "\n";
  return text;
}

/// The line with this keyword (the first one) gets another value in the field.
std::string with(const Lines& lines, const std::string& keyword, const std::string& value, std::size_t field = 1) {
  Lines changed = lines;
  for (auto& line : changed)
    if (line[0] == keyword) {
      line[field] = value;
      break;
    }
  return text_of(changed);
}

bool is_factor(const std::vector<std::string>& line) { return line[0] == "factor" || line[0] == "parameter-factor"; }

struct Certified {
  Problem<Rational> problem;
  Ball lambda;
  Lines lines;
};

Certified certified(long n, long K, long d, std::uint64_t seed, int digits) {
  Certified c{random_problem(n, K, d, seed), {}, {}};
  const ActivationPattern pattern = activation_pattern(c.problem);
  c.lambda = enclose_lambda_max(ball_problem(c.problem), pattern, digits + 2).value;
  c.lines = lines_of(lambda_max_certificate(c.problem, pattern, c.lambda, digits).text);
  return c;
}

}  // namespace

TEST_CASE("overlapping caps, duplicates and degenerate packings are rejected") {
  CHECK(is_verified(sealed(packing("0", "0", "1 1", "0", {"1 0", "0 1", "-1 0"}))));
  CHECK(is_rejected(packing("0", "0", "1 1", "0", {"1 0", "1 1000000000000"})));
  CHECK(is_rejected(packing("0", "-1/2", "1 1", "0", {"1 0", "0 1"})));
  CHECK(is_rejected(packing("0", "99999/100000", "1 1", "0", {"1 0", "2 0"})));  // the same centre twice
  CHECK(is_rejected(packing("0", "1", "1 1", "0", {"1 0", "1 0"})));
  CHECK(is_rejected(packing("0", "2", "1 1", "0", {"1 0", "1 0"})));
  CHECK(is_rejected(packing("0", "-3/2", "1 1", "0", {"1 0"})));
  CHECK(is_rejected(packing("0", "1/2", "1 1", "0", {"0 0", "1 0"})));
  CHECK(is_rejected(packing("0", "1/2", "1 0", "0", {"1 0", "0 1"})));
  CHECK(is_rejected(packing("0", "1/2", "1 -1", "0", {"1 0", "0 1"})));
  // At weight 3 for the second axis these two are 60 degrees apart, at weight 1 only 37.
  CHECK(is_verified(sealed(packing("0", "1/2", "1 3", "0", {"1 0", "1 1"}))));
  CHECK(is_rejected(packing("0", "1/2", "1 1", "0", {"1 0", "1 1"})));
}

TEST_CASE("the cosine must belong to eps") {
  CHECK(is_verified(sealed(packing("1/2", "1/8", "1 1", "0", {"1 0", "0 1"}))));
  CHECK(is_rejected(packing("1/2", "1/7", "1 1", "0", {"1 0", "0 1"})));
  CHECK(is_rejected(packing("-1/2", "1/8", "1 1", "0", {"1 0", "0 1"})));
  CHECK(is_rejected(packing("3/2", "17/8", "1 1", "0", {"1 0", "0 1"})));
}

TEST_CASE("square roots: exact at the tie, equal norms, no square") {
  // (1 + sqrt 5, 0) and (1, s) with norm 6 + 2 sqrt 5: cosine 1/(1 + sqrt 5) = (sqrt 5 - 1)/4 = 0.309...
  CHECK(is_verified(sealed(packing("0", "1/2", "1 1", "3", {"2 0 0 0", "1 0 0 1"}))));  // exactly 60 degrees
  CHECK(is_rejected(packing("0", "499999999999/1000000000000", "1 1", "3", {"2 0 0 0", "1 0 0 1"})));
  CHECK(is_rejected(packing("0", "1/2", "1 1", "4", {"2 0 0 0", "0 2 0 0"})));
  CHECK(is_rejected(packing("0", "1/2", "1 1", "3", {"2 0 0 0", "0 3 0 0"})));
}

TEST_CASE("sigma a hair below lambda_max is never certified, whatever the factor") {
  const auto [n, K, d] = GENERATE(std::tuple{6L, 5L, 2L}, std::tuple{12L, 2L, 1L});  // factors n x n, p x p
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const Certified c = certified(n, K, d, seed, 15);
    CAPTURE(n, K, d, seed);
    REQUIRE(is_verified(sealed(text_of(c.lines))));
    const Rational lambda = c.lambda.upper_rational();
    for (const long digits : {3, 9, 12, 13}) {
      const Rational below = lambda * (1 - power(Rational(10), -digits));
      CHECK(is_rejected(with(c.lines, "sigma", below.get_str())));
      const Rational above = lambda * (1 + power(Rational(10), -digits));
      CHECK(is_rejected(with(c.lines, "bound", above.get_str())));
      CHECK(is_verified(sealed(with(c.lines, "bound", below.get_str()))));
    }
    // The factor of another network, or of a tighter sigma with a slightly changed entry.
    const Certified other = certified(n, K, d, seed + 100, 15);
    Lines mixed = c.lines;
    for (std::size_t l = 0; l < mixed.size(); ++l)
      if (is_factor(mixed[l]) && is_factor(other.lines.at(l))) mixed[l] = other.lines[l];
    CHECK(is_rejected(text_of(mixed)));
  }
}

TEST_CASE("a hair above lambda_max is certified") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Certified c = certified(8, 6, 3, seed, 14);
    const auto line = std::find_if(c.lines.begin(), c.lines.end(), [](const auto& l) { return l[0] == "sigma"; });
    const Rational sigma = parse_rational(line->at(1));
    CHECK(sigma > c.lambda.lower_rational());
    CHECK(sigma < c.lambda.lower_rational() * (1 + power(Rational(10), -12)));
  }
}

TEST_CASE("pivots: zero, negative and mirrored ones are malformed, wrong ones rejected") {
  const Certified c = GENERATE(certified(4, 3, 2, 3, 8), certified(12, 2, 1, 3, 8));
  for (std::size_t l = 0; l < c.lines.size(); ++l) {
    if (!is_factor(c.lines[l])) continue;
    Lines changed = c.lines;
    std::string& pivot = changed[l].back();
    const std::string right = pivot;
    pivot = "-" + right;
    CHECK(checker::check(sealed(text_of(changed))).answer == checker::Answer::malformed);
    pivot = "0";
    CHECK(checker::check(sealed(text_of(changed))).answer == checker::Answer::malformed);
    pivot = right + "0";
    CHECK(is_rejected(text_of(changed)));
  }
  // Column 1 of L mirrored: the same L L^T, but not the form that the format asks for.
  Lines mirrored = c.lines;
  for (auto& line : mirrored)
    if (is_factor(line)) line[1] = line[1][0] == '-' ? line[1].substr(1) : "-" + line[1];
  CHECK(checker::check(sealed(text_of(mirrored))).answer == checker::Answer::malformed);
}

TEST_CASE("a factor stands for the matrix that it names") {
  for (const auto& [n, K, d] : {std::tuple{12L, 2L, 1L}, {7L, 2L, 1L}}) {  // the second has n = p
    const Certified c = certified(n, K, d, 1, 8);
    Lines renamed = c.lines;
    const std::string name = std::find_if(renamed.begin(), renamed.end(), is_factor)->at(0);
    for (auto& line : renamed)
      if (is_factor(line)) line[0] = name == "factor" ? "parameter-factor" : "factor";
    CHECK(checker::check(sealed(text_of(renamed))).answer ==
          (n == 7 ? checker::Answer::rejected : checker::Answer::malformed));
    Lines half = c.lines;
    std::find_if(half.rbegin(), half.rend(), is_factor)->at(0) = name == "factor" ? "parameter-factor" : "factor";
    CHECK(checker::check(sealed(text_of(half))).answer == checker::Answer::malformed);
  }
}

TEST_CASE("sigma, bits and scale must suffice") {
  const Certified c = certified(4, 3, 2, 3, 8);
  for (const char* sigma : {"0", "-1", "1", "-1000000", "1/1000000000000"})
    CHECK(is_rejected(with(c.lines, "sigma", sigma)));
  CHECK(is_rejected(with(c.lines, "bits", "1")));
  CHECK(is_rejected(with(c.lines, "bits", "20")));
  CHECK(is_rejected(with(c.lines, "scale", "0")));
  CHECK(is_rejected(with(c.lines, "scale", "16384")));
  CHECK(is_verified(sealed(with(c.lines, "bits", "3000"))));
  // A larger sigma is true, but this factor does not show it: then A - L L^T is still definite.
  CHECK(is_verified(sealed(with(c.lines, "sigma", "1000000"))));
}

TEST_CASE("sigma must exceed every block of D") {
  // One neuron, one sample, v = 0: M_sigma = (1 + (h + 0)^2 ...)/sigma stays small while |s| = 50 sqrt 2.
  const std::string body =
      "shatterproof-certificate 1 lambda-max-upper\nsamples 1\nneurons 1\ndimension 1\nsample 1 -100\nneuron 1 "
      "1023/1024 0\n"
      "beta 0\nbits 200\nsigma 2\nscale 20\nfactor 600000\n";
  const checker::Outcome outcome = checker::check(sealed(body));
  CHECK(outcome.answer == checker::Answer::rejected);
  CHECK(outcome.text.find("|s_k|") != std::string::npos);
}

TEST_CASE("ties and zero witnesses are rejected") {
  const std::string head =
      "shatterproof-certificate 1 lambda-max-lower\nsamples 1\nneurons 1\ndimension 2\nsample -1/2 1/2 0\n";
  const std::string tail = "beta 1\nbits 64\nbound 1\nwitness-beta 1\nwitness 0 0 0 0\n";
  CHECK(is_verified(sealed(head + "neuron 1 1/2 -1/8 1\n" + tail)));
  CHECK(is_rejected(head + "neuron 1 1/2 -1/4 1\n" + tail));  // w.x - b = 0
  CHECK(is_rejected(head + "neuron 0 0 0 1\n" + tail));
  const std::string zero = "beta 1\nbits 64\nbound 1\nwitness-beta 0\nwitness 0 0 0 0\n";
  CHECK(is_rejected(head + "neuron 1 1/2 -1/8 1\n" + zero));
  const std::string negative = "beta 1\nbits 64\nbound -1\nwitness-beta 0\nwitness 0 0 0 0\n";
  CHECK(is_rejected(head + "neuron 1 1/2 -1/8 1\n" + negative));
}

TEST_CASE("ranks: minors that are not units and relations that say nothing") {
  const auto rank = [](const std::string& rank, const std::string& rest) {
    return "shatterproof-certificate 1 rank\nrows 2\ncolumns 3\nrow 1 2 3\nrow 2 4 7\nrank " + rank + "\n" + rest;
  };
  CHECK(is_verified(sealed(rank("2", "minor-rows 1 2\nminor-columns 1 3\nmodulus 2\nrelation 1 -2 0\n"))));
  CHECK(is_rejected(rank("2", "minor-rows 1 2\nminor-columns 1 2\nmodulus 5\nrelation 1 -3 0\n")));
  CHECK(is_rejected(rank("2", "minor-rows 1 2\nminor-columns 1 3\nmodulus 1\nrelation 1 -2 0\n")));
  CHECK(is_rejected(rank("2", "minor-rows 1 2\nminor-columns 1 3\nmodulus 0\nrelation 1 -2 0\n")));
  CHECK(is_rejected(rank("2", "minor-rows 1 2\nminor-columns 1 3\nmodulus -5\nrelation 1 -2 0\n")));
  CHECK(is_rejected(rank("2", "minor-rows 1 2\nminor-columns 1 3\nmodulus 5\nrelation 0 0 0\n")));
  CHECK(is_rejected(rank("1", "minor-rows 1\nminor-columns 1\nmodulus 5\nrelation 1 -2\nrelation 1 -3\n")));
  CHECK(
      is_rejected(rank("2", "minor-rows 1 2\nminor-columns 2 3\nmodulus 2\nrelation 2 -1 0\n")));  // det 2, not a unit
}

TEST_CASE("false and undefined comparisons are rejected") {
  const auto holds = [](const std::string& text) {
    return "shatterproof-certificate 1 inequalities\nstatements 1\nstatement a\nvariables 1\nvariable d 0 3\nholds " +
           text + "\n";
  };
  for (const char* good :
       {"1/3 < 1/2", "d^2 <= 9", "-2^2 = -4", "2^3^2 = 512", "0^0 = 1", "1 != 2", "(-1)^999999 = -1"})
    CHECK(is_verified(sealed(holds(good))));
  const std::string deep = std::string(300, '(') + "1" + std::string(300, ')');
  for (const std::string& bad :
       {std::string("1 < 1"), std::string("2/6 != 1/3"), std::string("d <= 2"), std::string("1/d < 5"),
        std::string("d^-1 < 5"), std::string("2^(1/2) < 5"), std::string("2^1000000000 < 5"),
        std::string("9^9^9^9 < 5"), std::string("e < 5"), std::string("1+ < 5"), std::string("() < 5"),
        std::string("1.5 < 5"), std::string("1e3 < 5000"), std::string("1)( < 5"), deep + " < 5",
        std::string("--- < 5")})
    CHECK(is_rejected(holds(bad)));
}
