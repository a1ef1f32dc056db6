#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "registry.hpp"
#include "shatterproof/bounds/annulus.hpp"
#include "shatterproof/bounds/gilbert_code.hpp"
#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

/// J.2: xi^0..xi^m in the cube at pairwise distance >= N/8 with m >= 2^(N/8), from the exact Gilbert count; and for
/// every N >= 8 at once from V(N, r) <= 2^(N H(r/N)), r < N/8, H increasing up to 1/2.
ProcedureResult varshamov_gilbert(const Parameters& p) {
  ProcedureResult result;
  result.verdict = Verdict::proved;
  for (long n : p.integers("lengths")) {
    require(n >= 8, "Lemma J.2 is for N >= 8, found " + std::to_string(n));
    const Integer m = gilbert_code_size(n, (n + 7) / 8) - 1;
    Integer eighth_power;
    mpz_pow_ui(eighth_power.get_mpz_t(), m.get_mpz_t(), 8);
    ++result.instances;
    if (eighth_power >= (Integer(1) << n)) continue;
    // A smaller Gilbert count would not contradict the lemma: codes may be better than Gilbert's.
    result.verdict = Verdict::undecided;
    result.detail = fmt::format("the Gilbert count is too small at N = {}", n);
    return result;
  }
  const Ball x(Rational(1, 8)), log2 = log(Ball(2));
  const Ball entropy = -(x * log(x) + (Ball(1) - x) * log1p(-x)) / log2;
  const Ball exponent = Ball(1) - entropy;  // the Gilbert code has at least 2^(exponent N) words
  // 2^(exponent N) >= 2^(N/8) + 1 at N = 8, and the quotient of the two sides increases with N.
  const bool every_length = certainly_less_or_equal(Ball(3), exp(Ball(8) * exponent * log2));
  if (!every_length) result.verdict = Verdict::undecided;
  result.slack = fmt::format("{:.3f}x in the exponent", (exponent / x).mid_double());
  result.detail =
      fmt::format("exact counts for the listed N; every N >= 8 by 2^({:.4f} N) >= 2^(N/8) + 1", exponent.mid_double());
  return result;
}

struct AnnulusCase {
  long n;
  Rational p, delta;
  [[nodiscard]] std::string text() const {
    return fmt::format("n = {}, p = {}, delta = {}", n, to_text_exact(p), to_text_exact(delta));
  }
};

std::vector<AnnulusCase> annulus_cases(const Parameters& p) {
  std::vector<AnnulusCase> cases;
  for (long n : p.integers("samples"))
    for (const std::string& mass : p.list("masses"))
      for (const std::string& delta : p.list("deltas"))
        cases.push_back({n, parse_rational(mass), parse_rational(delta)});
  for (const AnnulusCase& c : cases)
    require(c.n >= 1 && c.p >= 0 && c.p <= 1, "Lemma F.7 needs n >= 1 and 0 <= p <= 1, found " + c.text());
  return cases;
}

/// Lemma F.7 in one of three forms, against exact binomial tails.
ProcedureResult lemma_f7(const Parameters& p) {
  const std::string form = p.text("form");
  require(form == "printed" || form == "guarded" || form == "bernstein",
          "form: found '" + form + "', expected printed, guarded or bernstein");
  ProcedureResult result;
  result.verdict = Verdict::supported;
  double least = 1e300;
  for (const AnnulusCase& c : annulus_cases(p)) {
    const Ball mass(c.p);
    if (form == "guarded" && !is_certainly_chernoff_range(c.n, mass, c.delta)) continue;
    const Ball bound =
        form == "bernstein" ? bernstein_annulus_bound(c.n, mass, c.delta) : chernoff_annulus_bound(c.n, mass, c.delta);
    const std::optional<Rational> probability = probability_above(c.n, c.p, bound);
    ++result.instances;
    if (!probability) {
      result.verdict = both(result.verdict, Verdict::undecided);
      result.detail = "the threshold cannot be decided at " + c.text();
    } else if (*probability > c.delta) {
      result.verdict = Verdict::refuted;
      result.detail = fmt::format(
          "{}: bound {:.4f}, P(n_A/n above it) = {} > delta", c.text(), bound.mid_double(),
          probability->get_den() < 1000000 ? to_text_exact(*probability) : fmt::format("{:.6g}", probability->get_d()));
      return result;
    } else if (*probability > 0) {
      least = std::min(least, Rational(c.delta / *probability).get_d());
    }
  }
  require(result.instances > 0, "no case satisfies n p >= 3 log(1/delta)");
  if (least < 1e300) result.slack = fmt::format("{:.3g}x in the probability", least);
  if (result.detail.empty()) result.detail = "exact binomial tails: no violation";
  return result;
}

}  // namespace

void add_information(std::vector<Procedure>& list) {
  list.push_back({"varshamov_gilbert",
                  "Lemma J.2 from exact Gilbert counts and the entropy bound",
                  {"lengths"},
                  varshamov_gilbert});
  list.push_back({"lemma_f7",
                  "points in the annulus: Chernoff form, guarded form or Bernstein, against exact tails",
                  {"form", "samples", "masses", "deltas"},
                  lemma_f7});
}

}  // namespace shatterproof
