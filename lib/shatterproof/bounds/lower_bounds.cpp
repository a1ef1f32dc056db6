#include "shatterproof/bounds/lower_bounds.hpp"

#include "shatterproof/bounds/bayes_risk.hpp"
#include "shatterproof/bounds/gilbert_code.hpp"
#include "shatterproof/numeric/bpsk.hpp"

namespace shatterproof {
namespace {

RiskBound named(std::string name, std::string source) {
  RiskBound bound;
  bound.name = std::move(name), bound.source = std::move(source);
  return bound;
}

RiskBound without(RiskBound bound, std::string reason) {
  bound.reason = std::move(reason);
  return bound;
}

RiskBound vacuous(RiskBound bound, std::string reason) {
  bound.status = BoundStatus::vacuous, bound.value = Ball(0), bound.reason = std::move(reason);
  return bound;
}

// A lower bound that may be clipped at 0. A value whose sign is open keeps only what is proved, the end 0.
RiskBound clipped(RiskBound bound, const Ball& value, const std::string& why_zero) {
  if (certainly_positive(value)) {
    bound.status = BoundStatus::certified, bound.value = value;
    return bound;
  }
  if (!value.is_finite()) return without(bound, "no enclosure at the working precision");
  return vacuous(bound, why_zero);
}

constexpr const char* kNoAmplitude = "no admissible amplitude: B = 0 or C = 0";
constexpr const char* kNoNoise = "sigma = 0: the noise-driven bound is 0";

bool noiseless(const CubePrior& prior) { return prior.problem.sigma == 0 && prior.problem.samples > 0; }

// snr = n M^2 a / sigma^2, with the limit 0 at n = 0.
Ball snr(const CubePrior& prior) { return prior.problem.samples == 0 ? Ball(0) : prior.signal_to_noise(); }

RiskBound fano_vg(const CubePrior& prior, const RiskBound& bound, long divisor) {
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  if (prior.caps < 8) return without(bound, "Varshamov-Gilbert needs N >= 8, found N = " + prior.caps.get_str());
  if (noiseless(prior)) return vacuous(bound, kNoNoise);
  const Ball n_caps(prior.caps), log2 = log(Ball(2));
  const Ball eighth = n_caps * log2 / Ball(8);
  const Ball log_codewords = eighth + log1p(exp(-eighth));  // log(2^(N/8) + 1)
  const Ball bracket = Ball(1) - (Ball(2) * n_caps * snr(prior) + log2) / log_codewords;
  return clipped(bound, prior.prior_energy() / Ball(divisor) * bracket, "the Fano bracket is not positive");
}

// The bounds of the form N M^2 a times a factor that depends on s only.
template <class Factor>
RiskBound per_cap(const CubePrior& prior, RiskBound bound, Factor factor) {
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  if (noiseless(prior)) return vacuous(bound, kNoNoise);
  return clipped(bound, prior.prior_energy() * factor(snr(prior)), "the factor is 0");
}

}  // namespace

RiskBound fano_vg_quarter(const CubePrior& prior) {
  return fano_vg(prior, named("fano_vg_quarter", "Prop. H.5 (VG + Fano, s^2/4, pairwise KL)"), 8);
}

RiskBound fano_vg_half(const CubePrior& prior) {
  return fano_vg(prior, named("fano_vg_half", "Prop. H.5 with the constant s^2/2"), 4);
}

RiskBound fano_gilbert(const CubePrior& prior) {
  const RiskBound bound = named("fano_gv", "improved Fano (Gilbert code, KL to centre)");
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  if (prior.caps < 2) return without(bound, "a code needs N >= 2");
  if (noiseless(prior)) return vacuous(bound, kNoNoise);
  const Ball information = Ball(prior.caps) * snr(prior) / Ball(2) + log(Ball(2));
  const Ball best = best_distance_times_bracket(prior.caps, information);
  return clipped(bound, Ball(2) * prior.energy_per_cap() * best, "the Fano bracket is not positive for any distance");
}

RiskBound assouad_two_point(const CubePrior& prior) {
  return per_cap(prior, named("assouad_2Q", "Assouad (A1), two-point test per cap"),
                 [](const Ball& s) { return erfc(sqrt(s / Ball(2))); });
}

RiskBound assouad_mmse(const CubePrior& prior) {
  return per_cap(prior, named("assouad_mmse", "Assouad (A2), Jensen"), [](const Ball& s) { return bpsk_mmse(s); });
}

RiskBound one_line_exp(const CubePrior& prior) {
  return per_cap(prior, named("one_line_exp", "(A3)"), [](const Ball& s) { return exp(-s); });
}

RiskBound one_line_product(const CubePrior& prior) {
  const RiskBound bound = named("one_line_product", "(A4) with the noise");
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  if (noiseless(prior)) {
    RiskBound limit = empty_caps(prior);
    limit.name = bound.name, limit.source = bound.source;
    return limit;
  }
  if (prior.problem.samples == 0) return clipped(bound, prior.prior_energy(), "");
  const Rational ratio = prior.amplitude / prior.problem.sigma;
  const Ball deficit = atom_laplace_deficit(prior.problem.dimension, prior.depth(), Ball(Rational(ratio * ratio)));
  return clipped(bound, prior.prior_energy() * exp(Ball(prior.problem.samples) * log1p(-deficit)), "the factor is 0");
}

RiskBound empty_caps(const CubePrior& prior) {
  const RiskBound bound = named("empty_caps", "(A4) sigma-free: some caps hold no sample");
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  const Ball all_miss = exp(Ball(prior.problem.samples) * log1p(-prior.cap_mass()));
  return clipped(bound, prior.prior_energy() * all_miss, "the factor is 0");
}

RiskBound bayes_exact(const CubePrior& prior) {
  const RiskBound bound = named("bayes_exact", "(A5) exact Bayes risk of the cube prior");
  if (prior.amplitude == 0) return without(bound, kNoAmplitude);
  return clipped(bound, exact_bayes_risk(prior), "the factor is 0");
}

std::vector<RiskBound> cube_lower_bounds(const CubePrior& prior) {
  return {fano_vg_quarter(prior),   fano_vg_half(prior), fano_gilbert(prior),
          assouad_two_point(prior), assouad_mmse(prior), one_line_exp(prior),
          one_line_product(prior),  empty_caps(prior),   bayes_exact(prior)};
}

}  // namespace shatterproof
