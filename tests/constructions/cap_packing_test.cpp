#include "constructions/cap_packing/cap_packing.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "support.hpp"

using namespace shatterproof;

TEST_CASE("norms of the hypercube family meet the reference values") {
  for (const auto& atom : golden_lower_bounds()["atoms"]) {
    const long d = atom["d"].get<long>();
    const std::string eps = atom["eps"].get<std::string>();
    if (d > 5 || (eps != "1/2" && eps != "1/4")) continue;
    CAPTURE(d, eps);
    const Construction c =
        build_construction("cap_packing", {"d=" + std::to_string(d), "eps=" + eps, "amplitude=1", "n=20", "mc=0"}, 1);
    CHECK(agrees(quantity(c, "atom_norm2_P").value, atom["norm2_P"], 30));
    const Ball N(c.neurons);
    CHECK(agrees(quantity(c, "norm2_P").value / N, atom["norm2_P"], 30));
    CHECK(agrees(quantity(c, "norm2_Leb").value / N, atom["norm2_leb"], 30));
    CHECK(agrees(quantity(c, "seminorm_canonical").value / N, atom["Vg_Phi"], 30));
  }
}

TEST_CASE("all claims of Construction H.4 come out") {
  for (const char* d : {"2", "3", "5", "8"}) {
    CAPTURE(d);
    const Construction c = build_construction("cap_packing", {std::string("d=") + d, "eps=2/5", "n=80"}, 4);
    for (const JudgedClaim& j : c.claims) {
      CAPTURE(j.label, j.evidence);
      CHECK(j.verdict == (j.label == "cross-check" ? Verdict::supported : Verdict::proved));
    }
    CHECK(quantity(c, "sample_risk").value.contains(Rational(0)));
    CHECK(quantity(c, "lambda_max_blocks").value.contains(quantity(c, "lambda_max").value));
  }
}

TEST_CASE("an amplitude beyond the class is refuted") {
  const Construction c = build_construction("cap_packing", {"amplitude=1.001", "mc=0", "n=5"}, 1);
  CHECK(claim(c, "H.4 (i)").verdict == Verdict::refuted);
  CHECK(claim(c, "H.4 (ii)").verdict == Verdict::proved);
  const Construction small = build_construction("cap_packing", {"amplitude=1", "C=1e-9", "mc=0", "n=5"}, 1);
  CHECK(claim(small, "H.4 (ii)").verdict == Verdict::refuted);
  const Construction automatic = build_construction("cap_packing", {"C=1e-9", "mc=0", "n=5"}, 1);
  CHECK(claim(automatic, "H.4 (ii)").verdict == Verdict::proved);
}

TEST_CASE("against other labels the error is the distance, and noise adds its variance") {
  const Construction zero = build_construction("cap_packing", {"d=3", "labels=zero", "n=400", "mc=0"}, 2);
  CHECK(quantity(zero, "mse_P").value.overlaps(quantity(zero, "norm2_P").value));
  const Construction noisy =
      build_construction("cap_packing", {"d=3", "labels=self", "noise=1/2", "n=2000", "mc=0"}, 2);
  CHECK(quantity(noisy, "mse_P").value.contains(Rational(0)));
  CHECK(quantity(noisy, "population_risk").value.contains(Rational(1, 4)));
  CHECK(quantity(noisy, "sample_risk").value.mid_double() == Approx(0.25).epsilon(0.15));
  const Construction flip = build_construction("cap_packing", {"d=3", "labels=flip", "n=400", "mc=30000"}, 2);
  CHECK(certainly_positive(quantity(flip, "mse_P").value));
  CHECK(claim(flip, "cross-check").verdict == Verdict::supported);
}

TEST_CASE("the sample risk is that of the file up to rounding") {
  const Construction c = build_construction("cap_packing", {"labels=zero", "n=150", "eps=1/2", "mc=0"}, 8);
  Rational sum = 0;
  for (Eigen::Index i = 0; i < c.file.data.samples(); ++i) CHECK(c.file.data.y(i) == 0);
  const Construction self = build_construction("cap_packing", {"labels=self", "n=150", "eps=1/2", "mc=0"}, 8);
  for (Eigen::Index i = 0; i < self.file.data.samples(); ++i) sum += self.file.data.y(i) * self.file.data.y(i);
  CHECK(quantity(c, "sample_risk").value.mid_double() == Approx(Rational(sum / 150).get_d()).epsilon(1e-12));
}

TEST_CASE("an amplitude beyond the range of double is refused, not divided by") {
  for (const char* bad : {"amplitude=1e-400", "amplitude=1e400", "B=1e-400"})
    CHECK_THROWS_AS(build_construction("cap_packing", {bad, "mc=0", "n=5"}, 1), PreconditionError);
}

TEST_CASE("the antipodal pair is listed in every dimension") {
  const Construction c = build_construction("cap_packing", {"d=500", "eps=1", "n=5", "signs=++", "mc=0"}, 1);
  CHECK(c.neurons == 2);
  CHECK(claim(c, "H.3").verdict == Verdict::proved);
  CHECK(quantity(c, "seminorm_canonical").value.contains(Rational(1)));
}

TEST_CASE("edges: one dimension, hemispheres, one sample") {
  const Construction ends = build_construction("cap_packing", {"d=1", "eps=1/2", "n=1", "mc=0"}, 1);
  CHECK(ends.neurons == 2);
  const Construction hemispheres =
      build_construction("cap_packing", {"d=4", "eps=1", "n=10", "signs=+-", "mc=0", "amplitude=1"}, 1);
  CHECK(hemispheres.neurons == 2);
  CHECK(quantity(hemispheres, "seminorm_canonical").value.contains(Rational(0)));
}
