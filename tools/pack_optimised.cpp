// Codes of the optimiser for `pack`: proposed in floating point, rounded to integers, certified.
#include <algorithm>

#include "pack_report.hpp"
#include "shatterproof/sphere/rounded_code.hpp"
#include "shatterproof/sphere/usable_eps.hpp"
#ifdef SHATTERPROOF_HAS_OPTIMISER
#include "shatterproof/sphere/optimise_code.hpp"
#endif

namespace shatterproof::tools {

#ifdef SHATTERPROOF_HAS_OPTIMISER

namespace {

struct ProvedCode {
  ExactCode code;
  ExactCosine max_cosine;
  Rational eps;
};

ProvedCode proved_code(const PackRequest& request, long count) {
  ProvedCode proved;
  proved.code = rounded_code(approx_best_code(request.dim, count, {request.seed, request.restarts}));
  proved.max_cosine.a = proved_max_cosine(proved.code);
  proved.eps = usable_eps(proved.max_cosine);
  return proved;
}

Packing as_packing(ProvedCode proved, const Rational& eps) {
  const std::string name = "optimised " + std::to_string(proved.code.size()) + " points";
  Packing packing = packing_of_code(std::move(proved.code), eps, name);
  packing.max_cosine = proved.max_cosine;
  packing.certificate = "centres rounded to integers; " + packing.certificate;
  return packing;
}

}  // namespace

bool is_quickly_optimised(long d, const Integer& count) {
  constexpr long kQuickCoordinates = 400;
  return d >= 2 && d <= kMostOptimisedDimension && count <= kQuickCoordinates / d;
}

Packing optimised_packing(const PackRequest& request, long count) {
  ProvedCode proved = proved_code(request, count);
  const Rational eps = proved.eps;
  return as_packing(std::move(proved), eps);
}

Packing optimised_packing_at(const PackRequest& request, const Rational& eps) {
  // Upward from what the families give while the optimiser keeps up; downward if it cannot even do that.
  const Integer known = available_caps(request.dim, eps);
  require(known <= kMostOptimisedPoints, "--family optimised: more than 2000 caps fit at this eps");
  long count = known.get_si();
  ProvedCode best = proved_code(request, count);
  while (best.eps < eps) {
    require(count > 2, "--family optimised: found no code at this eps");
    best = proved_code(request, --count);
  }
  while (known <= count && count < kMostOptimisedPoints) {
    ProvedCode next = proved_code(request, count + 1);
    if (next.eps < eps) break;
    best = std::move(next), ++count;
  }
  return as_packing(std::move(best), eps);
}

#else

bool is_quickly_optimised(long, const Integer&) { return false; }

Packing optimised_packing(const PackRequest&, long) {
  throw PreconditionError("--family optimised: this build has no optimiser (NLopt was not found)");
}

Packing optimised_packing_at(const PackRequest& request, const Rational&) { return optimised_packing(request, 0); }

#endif

}  // namespace shatterproof::tools
