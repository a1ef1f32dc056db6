// What `pack` was asked for: a packing at an eps, or the largest eps for a number of caps.
#include "pack_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "progress_bar.hpp"
#include "shatterproof/sphere/caps_by_count.hpp"
#include "shatterproof/sphere/fill_holes.hpp"
#include "shatterproof/sphere/leech_stream.hpp"
#ifdef SHATTERPROOF_HAS_COVERING
#include "shatterproof/sphere/covering.hpp"
#endif
#ifdef SHATTERPROOF_HAS_DELSARTE_LP
#include "shatterproof/sphere/delsarte_lp.hpp"
#endif

namespace shatterproof::tools {
namespace {

constexpr char kOptimised[] = "optimised";

bool has_prefix(const std::string& text, const std::string& prefix) {
  return text.compare(0, prefix.size(), prefix) == 0;
}

constexpr double kDegree = 180 / 3.14159265358979323846;

#ifdef SHATTERPROOF_HAS_COVERING
std::string maximality_by_hull(const ExactCode& code, const Rational& eps, const Ball& separation) {
  const std::vector<SurfaceFacet> facets = propose_hull_facets(code);
  const std::optional<double> cosine = certify_cover(code, facets);
  if (cosine && certainly_less(Ball(cosine_of_separation(eps)), Ball::exact(*cosine)))
    return fmt::format("covering radius <= {:.6f} deg < 2 theta: no further cap fits (proved: {} simplices around 0)",
                       std::ceil(1e6 * kDegree * acos(Ball::exact(*cosine)).upper_double()) / 1e6, facets.size());
  const std::optional<double> radius = approx_covering_radius(code);
  if (!radius) return "not decided: 0 is not inside the convex hull of the centres";
  constexpr double kRoom = 1e-9;  // the radius is numerical: no statement when it is that close
  const double limit = separation.mid_double();
  const char* meaning = *radius < limit * (1 - kRoom)   ? "< 2 theta: no further cap fits"
                        : *radius > limit * (1 + kRoom) ? "> 2 theta: a further cap fits in the deepest hole"
                                                        : "= 2 theta to 9 digits: not decided";
  return fmt::format("covering radius {:.6f} deg {} (numerical, from the convex hull)", *radius * kDegree, meaning);
}
#endif

/// What the covering radius says about adding a cap; empty where nothing is known.
std::string maximality(const Packing& packing, const Ball& separation) {
  if (packing.dimension < 3) return "";
  if (!packing.code) return "not checked: the centres are not listed";
#ifdef SHATTERPROOF_HAS_COVERING
  if (has_covering_radius(*packing.code)) return maximality_by_hull(*packing.code, packing.eps, separation);
#endif
  if (packing.code->irrational.size() != 0) return "not checked: too many centres with square roots";
  const std::vector<Vector<double>> holes = search_for_holes(1)(*packing.code);
  if (holes.empty()) return "not checked: too many centres";
  const Ball radius = hole_radius(*packing.code, holes.front());
  return fmt::format("covering radius >= {:.6f} deg (certified: the deepest hole that a search found), {}",
                     radius.lower_double() * kDegree,
                     certainly_less(radius, separation) ? "< 2 theta: none is known that takes a further cap"
                                                        : ">= 2 theta: a further cap fits there");
}

PackingOptions packing_options(const PackRequest& request, const std::string& family) {
  return {family, static_cast<std::uint64_t>(request.max_centres)};
}

Packing filled(Packing packing, long rounds, long most_numbers) {
  if (!packing.code || rounds == 0) return packing;
  if (packing.code->size() > most_numbers / packing.dimension) {
    packing.certificate += "; its holes were not searched, --fill-rounds N does it";
    return packing;
  }
  catch_interrupts();
  const auto may_go_on = [](long) { return !interrupted(); };
#ifdef SHATTERPROOF_HAS_COVERING
  if (has_covering_radius(*packing.code)) {
    const double needed = (Ball(4) * asin(Ball(packing.eps) / sqrt(Ball(2)))).mid_double() * (1 - 1e-9);
    return fill_holes(
        std::move(packing), [needed](const ExactCode& code) { return approx_deep_holes(code, needed); }, rounds,
        may_go_on);
  }
#endif
  constexpr long kLeastStarts = 8;  // for any code that is to be filled
  return fill_holes(std::move(packing), search_for_holes(1, kLeastStarts), rounds, may_go_on);
}

}  // namespace

Packing best_filled_packing(long d, const Rational& eps, long rounds, PackingOptions options, long most_numbers) {
  constexpr std::size_t kMostTried = 3;
  constexpr long kMostComparedNumbers = 10'000;
  constexpr double kLeastShare = 0.85;  // of the largest code: smaller ones do not catch up
  Packing best = filled(best_packing(d, eps, options), rounds, most_numbers);
  if (!best.code || rounds == 0 || best.code->size() > kMostComparedNumbers / d) return best;
  std::vector<PackingFamily> families = packing_families(d, eps);
  families.resize(std::min(families.size(), kMostTried));
  for (const PackingFamily& family : families) {
    if (interrupted()) break;
    if (&family == &families.front() || family.count.get_d() < kLeastShare * families.front().count.get_d()) continue;
    options.family = family.name;
    Packing other = filled(best_packing(d, eps, options), rounds, most_numbers);
    if (other.certified && other.count > best.count) best = std::move(other);
  }
  return best;
}

CapCountBound least_upper_bound(long d, const Rational& eps) {
  CapCountBound best = best_upper_bound(d, eps);
  const auto verified = linear_programming_bound(d, eps, 0);
  return verified && verified->bound.count < best.count ? verified->bound : best;
}

std::pair<Integer, std::string> available_family(long d, const Rational& eps) {
  Integer count = greedy_lower_bound(d, eps);
  const std::vector<PackingFamily> families = packing_families(d, eps);
  if (families.empty() || families.front().count < count) return {count, "existence (area)"};
  return {families.front().count, families.front().name};
}

std::optional<VerifiedBound> linear_programming_bound(long d, const Rational& eps, long degree) {
#ifdef SHATTERPROOF_HAS_DELSARTE_LP
  const Rational s = cosine_of_separation(eps);
  require(degree >= 0 && degree <= kMostDelsarteDegree, "--degree: found " + std::to_string(degree) +
                                                            ", expected 0 (automatic) to " +
                                                            std::to_string(kMostDelsarteDegree));
  if (d < 3 || s <= 0) return std::nullopt;  // the exact count is known there
  // Degrees of that size say nothing for smaller caps.
  if (degree == 0 && eps < Rational(1, 20)) return std::nullopt;
  if (auto found = best_delsarte_bound(d, s, degree)) return VerifiedBound{found->bound, found->dual.coefficients};
#else
  static_cast<void>(d), static_cast<void>(eps);
  require(degree == 0, "--degree: this build has no linear programming bounds (Clp was not found)");
#endif
  return std::nullopt;
}

PackReport make_report(Packing packing, long degree) {
  PackReport report;
  report.packing = std::move(packing);
  const long d = report.packing.dimension;
  const Rational& eps = report.packing.eps;
  report.uppers = upper_bounds(d, eps);
  if (const auto verified = linear_programming_bound(d, eps, degree))
    report.uppers.push_back(verified->bound), report.dual = verified->dual;
  report.best = *std::min_element(report.uppers.begin(), report.uppers.end(),
                                  [](const auto& a, const auto& b) { return a.count < b.count; });
  report.greedy = greedy_lower_bound(d, eps);
  report.cosine = cosine_of_separation(eps);
  report.separation = Ball(4) * asin(Ball(eps) / sqrt(Ball(2)));
  report.ratio = Ball(report.packing.count) / Ball(report.best.count);
  report.maximal = maximality(report.packing, report.separation);
  return report;
}

Rational pack_eps(const PackRequest& request) {
  const Rational eps = number_option("eps", request.eps, "a number in (0, 1], e.g. 1/4 or 0.1",
                                     [](const Rational& x) { return x > 0 && x <= 1; });
  require_cap_parameters(request.dim, eps);
  return eps;
}

Packing packing_for_eps(const PackRequest& request) {
  const Rational eps = pack_eps(request);
  if (request.family == kOptimised) return optimised_packing_at(request, eps);
  const PackingOptions options = packing_options(request, request.family);
  if (!request.family.empty()) return best_packing(request.dim, eps, options);
  constexpr long kAny = std::numeric_limits<long>::max();
  return best_filled_packing(request.dim, eps, request.fill_rounds.value_or(kUntilNoneIsFound), options,
                             request.fill_rounds ? kAny : kMostFilledNumbers);
}

Packing packing_for_count(const PackRequest& request, const Integer& count) {
  if (request.family == kOptimised) {
    require(count <= 2000, "--family optimised: --count must be at most 2000");
    return optimised_packing(request, count.get_si());
  }
  const PackingFamily* best = nullptr;
  const std::vector<PackingFamily> families = families_for_count(request.dim, count);
  for (const PackingFamily& family : families)
    if (!best && has_prefix(family.name, request.family)) best = &family;
  require(best || request.family.empty(), "no family \"" + request.family + "\" has a code of " + count.get_str() +
                                              " or more vectors in dimension " + std::to_string(request.dim));
  if (request.family.empty() && request.dim > 2 && is_quickly_optimised(request.dim, count)) {
    Packing optimised = optimised_packing(request, count.get_si());
    if (!best || optimised.eps > best->usable_eps) return optimised;
  }
  require(best != nullptr, "no code of " + count.get_str() + " vectors is known in dimension " +
                               std::to_string(request.dim) + ": the layers would be too many");
  return best_packing(request.dim, best->usable_eps, packing_options(request, best->name));
}

void stream_shell(Packing& packing) {
  const std::string shell = "Leech shell m=";
  require(has_prefix(packing.family, shell),
          "--stream: found the family \"" + packing.family + "\", expected a Leech shell (dimension 24)");
  const LeechStream stream = check_leech_shell(std::stol(packing.family.substr(shell.size())));
  packing.certified = packing.certified && stream.certified && stream.count == packing.count;
  packing.certificate +=
      "; " + stream.count.get_str() + " vectors enumerated one at a time, " +
      (stream.certified ? "all different, in the lattice and of that norm" : "NOT as they should be");
}

std::vector<PackingFamily> listed_families(const PackRequest& request) {
  if (!request.eps.empty()) return packing_families(request.dim, pack_eps(request));
  require_cap_parameters(request.dim, 1);
  return request.dim == 1 ? packing_families(1, 1) : explicit_families(request.dim);
}

}  // namespace shatterproof::tools
