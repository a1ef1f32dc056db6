#include "constructions/empty_caps/empty_caps.hpp"

#include <cmath>

#include "constructions/empty_caps/empty_cap_count.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "support.hpp"

using namespace shatterproof;

namespace {

/// A membership with the first `empty` of m caps empty and one sample in each of the others.
CapMembership with_empty(long m, long empty, long n) {
  CapMembership membership;
  membership.counts.assign(static_cast<std::size_t>(m), 1);
  for (long j = 0; j < empty; ++j) membership.counts[static_cast<std::size_t>(j)] = 0;
  membership.cap_of.assign(static_cast<std::size_t>(n), -1);
  return membership;
}

}  // namespace

TEST_CASE("expected occupancy meets the reference values") {
  for (const auto& entry : golden_lower_bounds()["empty_caps"]) {
    const long d = entry["d"].get<long>(), n = entry["n"].get<long>(), m = entry["m"].get<long>();
    const Rational eps = parse_rational(entry["eps"].get<std::string>());
    const EmptyCapCount o = count_empty_caps(d, Rational(eps * eps), with_empty(m, 3, n));
    CHECK(agrees(o.cap_mass, entry["p"], 30));
    CHECK(agrees(o.empty_chance, entry["q"], 30));
    CHECK(agrees(o.expected_empty, entry["mean"], 30));
    CHECK(agrees(o.low_chance, entry["chernoff_half"], 30));
    CHECK(o.empty == 3);
  }
}

TEST_CASE("the default eps puts 2/(d+1) samples into each cap") {
  for (long d : {1L, 2L, 3L, 8L, 24L}) {
    for (long n : {10L, 1000L, 10000000L}) {
      CAPTURE(d, n);
      const Rational eps = default_cap_parameter(d, n);
      const double np = static_cast<double>(n) * uniform_ball::cap_mass(d, Ball(Rational(eps * eps))).mid_double();
      CHECK(np == Approx(2.0 / static_cast<double>(d + 1)).epsilon(1e-3));
    }
  }
  CHECK(default_cap_parameter(2, 1) == 1);
  // Spec lower-bounds 9, table.
  CHECK(default_cap_parameter(2, 10000).get_d() == Approx(0.0481).margin(5e-5));
  CHECK(default_cap_parameter(5, 100).get_d() == Approx(0.3793).margin(5e-5));
  CHECK_THROWS_AS(default_cap_parameter(0, 5), PreconditionError);
}

TEST_CASE("f_Gamma vanishes on the sample, its gap is L^2 a |Gamma|") {
  for (const char* d : {"2", "3", "5"}) {
    CAPTURE(d);
    const Construction c = build_construction("empty_caps", {std::string("d=") + d, "n=200", "L=2"}, 7);
    for (const JudgedClaim& j : c.claims) {
      CAPTURE(j.label, j.evidence);
      const bool statistical = j.label == "cross-check" || j.label == "I.1";
      CHECK(j.verdict == (statistical ? Verdict::supported : Verdict::proved));
    }
    CHECK(quantity(c, "lambda_max_blocks").value.contains(Rational(1)));
    CHECK(quantity(c, "lambda_max").value.contains(Rational(1)));
    CHECK(quantity(c, "lambda_max_blocks").value.is_exact());
    const Ball gap = Ball(4) * quantity(c, "empty").value * quantity(c, "atom_norm2_P").value;
    CHECK(quantity(c, "generalisation_gap").value.overlaps(gap));
    CHECK(quantity(c, "sample_risk").value.contains(Rational(0)));
    CHECK(Ball(c.neurons).overlaps(quantity(c, "empty").value));
    const Matrix<Rational>& X = c.file.data.X;
    for (Eigen::Index i = 0; i < X.rows(); ++i) {
      const Vector<Rational> x = X.row(i).transpose();
      CHECK(value_at(c.file.network, x) == 0);
    }
  }
}

TEST_CASE("fixed functions are stable below eta = 2 and never at it") {
  const std::vector<std::string> fixed{"d=3", "n=150", "function=fixed", "signs=random", "mc=0"};
  auto with_eta = [&](const char* eta) {
    std::vector<std::string> arguments = fixed;
    arguments.push_back(std::string("eta=") + eta);
    return build_construction("empty_caps", arguments, 5);
  };
  const Construction stable = with_eta("1.5");
  CHECK(claim(stable, "I.3, repaired").verdict == Verdict::proved);
  CHECK(claim(stable, "I.3, stability").verdict == Verdict::proved);
  // One active neuron is enough for lambda_max > 1 = 2/eta.
  CHECK(claim(with_eta("2"), "I.3, stability").verdict == Verdict::refuted);
  CHECK(quantity(stable, "lambda_max_blocks").value.contains(quantity(stable, "lambda_max").value));
}

TEST_CASE("a sample that fills every cap leaves nothing to build") {
  CHECK_THROWS_WITH(build_construction("empty_caps", {"d=2", "eps=1/2", "n=2000"}, 1),
                    Catch::Matchers::Contains("every one of the"));
}

TEST_CASE("same seed, same object; another seed, another sample") {
  auto labels = [](std::uint64_t seed) {
    return build_construction("empty_caps", {"function=fixed", "signs=random", "n=300", "mc=0"}, seed).file.data;
  };
  CHECK(labels(3).X == labels(3).X);
  CHECK(labels(3).y == labels(3).y);
  CHECK_FALSE(labels(3).X == labels(4).X);
}
