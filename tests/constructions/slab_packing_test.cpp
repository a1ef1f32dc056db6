#include "constructions/slab_packing/slab_packing.hpp"

#include "constructions/slab_packing/hat_ridges.hpp"
#include "shatterproof/bounds/slab_bayes.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/network/evaluate.hpp"
#include "shatterproof/numeric/bpsk.hpp"
#include "support.hpp"

using namespace shatterproof;

TEST_CASE("the ridges are the hats") {
  Random random(5);
  for (long K : {1, 2, 5}) {
    std::vector<int> signs;
    for (long k = 0; k < K; ++k) signs.push_back(random.below(2) == 0 ? 1 : -1);
    const Rational h(2, 7);
    const HatRidges ridges = hat_ridges(h, signs);
    REQUIRE(ridges.thresholds.size() == std::size_t(2 * K));
    for (int i = 0; i <= 200; ++i) {
      const Rational t = 1 - Rational(2, 5) * i / 200;
      Rational value = 0;
      for (std::size_t j = 0; j < ridges.thresholds.size(); ++j)
        value += ridges.slope_changes[j] * relu(Rational(t - ridges.thresholds[j]));
      CHECK(hat_sum(h, signs, Ball(t)).contains(value));
    }
    CHECK(ridges.canonical_seminorm(3) <= slab_seminorm(3, h, K));
    CHECK(hat_ridges(h, std::vector<int>(std::size_t(K), 1)).canonical_seminorm(3) == slab_seminorm(3, h, K));
  }
  CHECK_THROWS_AS(hat_ridges(0, {1}), PreconditionError);
  CHECK_THROWS_AS(hat_ridges(1, {}), PreconditionError);
  CHECK_THROWS_AS(hat_ridges(1, {2}), PreconditionError);
}

TEST_CASE("slab_packing meets its claims, and its file is the ideal function") {
  for (const char* d : {"d=1", "d=2", "d=3"}) {
    const Construction c = build_construction("slab_packing", {d, "eps=2/5", "K=3", "n=60", "sigma=0"}, 4);
    for (const JudgedClaim& judged : c.claims) {
      CAPTURE(d, judged.label, judged.statement);
      CHECK(judged.verdict == Verdict::proved);
    }
    const PrecisionScope scope(96);
    const Problem<Ball> ideal = c.ideal();
    REQUIRE(c.file.data.samples() == 60);
    for (long i = 0; i < 60; ++i) {
      const Ball own = value_at(ideal.network, Vector<Ball>(ideal.data.X.row(i).transpose()));
      const Ball tolerance = Ball::decimal("1e-10");  // ridges cancel, in balls too
      CHECK(certainly_less(abs(own - ideal.data.y(i)), tolerance));
      CHECK(certainly_less(abs(Ball(c.file.data.y(i)) - ideal.data.y(i)), tolerance));
    }
  }
}

TEST_CASE("an amplitude beyond the class is refuted and gives no bound") {
  const Construction c = build_construction("slab_packing", {"d=2", "eps=1/2", "K=30", "amplitude=1", "n=5"}, 1);
  CHECK(claim(c, "S (2), all signs").verdict == Verdict::refuted);
  for (const Quantity& q : c.quantities) CHECK(q.name.substr(0, 5) != "slab_");
  CHECK(claim(build_construction("slab_packing", {"amplitude=1001/1000", "K=1", "C=100", "n=5"}, 1), "S (1)").verdict ==
        Verdict::refuted);
  for (const char* bad : {"eps=1", "eps=0", "K=0", "K=1001", "sigma=-1", "C=0", "signs=+-", "d=0", "amplitude=-1"})
    CHECK_THROWS_AS(build_construction("slab_packing", {bad, "n=5"}, 1), PreconditionError);
}

TEST_CASE("the exact Bayes risk of the slabs") {
  const PrecisionScope scope(64);
  for (long d : {1, 2, 3, 4}) {
    const SlabFamily family = make_slab_family({d, 1000, 1, 1, 1}, Rational(1, 16), 3, 2);
    const Ball exact = slab_bayes_exact(family).value, jensen = slab_mmse(family).value;
    CAPTURE(d, to_text(exact, 10).mid, to_text(jensen, 10).mid);
    CHECK(certainly_less_or_equal(jensen, exact));
    CHECK(certainly_less(slab_sigma_free(family).value, exact));
    CHECK(exact.accuracy_bits() > 30);
    // No more than the risk of the estimator 0.
    Ball energy(0);
    for (const Ball& b : family.hat_norms2()) energy += b;
    CHECK(certainly_less(exact, energy * Ball(family.caps) * square(Ball(family.amplitude))));
    // One sample, much noise: the risk is the energy up to the first order n M^2 b/sigma^2.
    const Rational start = Rational(1, 48), width = Rational(1, 48);
    const Ball small = hat_laplace_deficit(d, start, width, Ball::decimal("1e-12"));
    CHECK(small.mid_double() == Approx(1e-12 * family.hat_norms2()[1].mid_double()).epsilon(1e-8));
    // c large: the deficit is the mass of the slab.
    const double mass = family.slab_masses()[1].mid_double();
    CHECK(hat_laplace_deficit(d, start, width, Ball::decimal("1e12")).mid_double() == Approx(mass).epsilon(1e-4));
  }
}

TEST_CASE("the exact Bayes risk agrees with a simulation") {
  const PrecisionScope scope(64);
  const SlabFamily family = make_slab_family({2, 200, Rational(1, 2), 1, 1}, Rational(1, 4), 2, 4);
  const double exact = slab_bayes_exact(family).value.mid_double();
  const double h = 0.25, m = family.amplitude.get_d(), noise = 0.5;
  const auto norms = family.hat_norms2();
  Random random(11);
  double sum = 0, squares = 0;
  constexpr int kRounds = 4000;
  for (int round = 0; round < kRounds; ++round) {
    double s[2] = {0, 0};  // signal-to-noise ratios of the two slabs of one cap
    for (int i = 0; i < 200; ++i) {
      const double depth = 1 - random.in_unit_ball(2)[0];
      if (depth >= h) continue;
      const int k = depth < h / 2 ? 0 : 1;
      const double hat = 1 - std::abs(depth - (k + 0.5) * h / 2) / (h / 4);
      s[k] += m * m * hat * hat / (noise * noise);
    }
    double risk = 0;
    for (int k : {0, 1})
      risk += 4 * m * m * norms[std::size_t(k)].mid_double() * bpsk_mmse(Ball::exact(s[k])).mid_double();
    sum += risk, squares += risk * risk;
  }
  const double mean = sum / kRounds, error = std::sqrt((squares / kRounds - mean * mean) / kRounds);
  CHECK(std::abs(mean - exact) < 5 * error);
}
