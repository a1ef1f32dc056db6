#include <algorithm>
#include <functional>
#include <optional>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

constexpr Bits kFirstBits = 128, kLastBits = 16384;

Integer ceil(const Rational& x) { return -floor(Rational(-x)); }

/// floor of the value that `enclose` encloses: the precision is raised until both ends agree; if they never do (the
/// value is an integer, or too close to one) the floor of the upper end, which is still an upper bound. A value that is
/// certainly above `enough` is not refined.
std::optional<Integer> certified_floor(const std::function<Ball()>& enclose, const Integer* enough = nullptr,
                                       bool* is_unique = nullptr) {
  std::optional<Integer> result;
  for (Bits bits = kFirstBits; bits <= kLastBits; bits *= 4) {
    const PrecisionScope scope(bits);
    const Ball value = enclose();
    if (!value.is_finite()) continue;
    const Integer lower = floor(value.lower_rational()), upper = floor(value.upper_rational());
    if (!result || upper < *result) result = upper;
    if (is_unique) *is_unique = lower == upper;
    if (lower == upper || (enough && lower > *enough)) break;
  }
  return result;
}

/// The exact answer for d <= 2 and for cos 2 theta <= 0.
std::optional<CapCountBound> exact_count(long d, const Rational& eps, const Rational& s) {
  if (d == 1) return CapCountBound{2, "two ends"};
  if (s < 0) {
    const Integer simplex = floor(Rational(1 - 1 / s));
    return CapCountBound{simplex < d + 1 ? simplex : Integer(d + 1), "Rankin simplex (exact)"};
  }
  if (s == 0) return CapCountBound{2 * d, "Rankin cross-polytope (exact)"};
  if (d > 2) return std::nullopt;
  // pi/theta is no integer here: for rational h only h = 1/2 and h = 1 give one (Niven), and both have s < 0.
  const Rational h = eps * eps;
  bool is_unique = false;
  const auto count =
      certified_floor([&] { return Ball::pi() / (Ball(2) * asin(sqrt(Ball(h) / Ball(2)))); }, nullptr, &is_unique);
  if (!count || !is_unique) throw UndecidedError("floor(pi/theta) at eps = " + to_text_exact(eps));
  return CapCountBound{*count, "polygon (exact)"};
}

/// floor of Levenshtein's bound; when it straddles an integer for good it is evaluated exactly.
std::optional<Integer> levenshtein_floor(long d, const Rational& s) {
  for (Bits bits = kFirstBits; bits <= 2048; bits *= 2) {
    const PrecisionScope scope(bits);
    const Ball value = levenshtein_bound(d, Ball(s));
    if (!value.is_finite()) return std::nullopt;
    if (floor(value.lower_rational()) == floor(value.upper_rational())) return floor(value.upper_rational());
    if (value.radius().upper_double() < 1e-9) break;
  }
  try {
    return floor(levenshtein_exact(d, s));
  } catch (const UndecidedError&) {
    return certified_floor([&] { return levenshtein_bound(d, Ball(s)); });
  }
}

}  // namespace

void require_cap_parameters(long d, const Rational& eps) {
  require(d >= 1 && d <= 10000, "the dimension must be in 1..10000, got " + std::to_string(d));
  require(eps > 0 && eps <= 1, "eps must be in (0, 1], got " + to_text_exact(eps));
  require(eps >= power(Rational(10), -100), "eps below 1e-100 is not supported");
}

Rational cosine_of_separation(const Rational& eps) {
  const Rational h = eps * eps;
  return 1 - 4 * h + 2 * h * h;
}

std::vector<CapCountBound> upper_bounds(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  const Rational h = eps * eps, s = cosine_of_separation(eps);
  std::vector<CapCountBound> found;
  if (const auto exact = exact_count(d, eps, s)) found.push_back(*exact);
  if (d == 1) return found;
  const auto add = [&](const char* name, const std::optional<Integer>& count) {
    if (count) found.push_back({*count, name});
  };
  add("Levenshtein", levenshtein_floor(d, s));
  const Integer first = found.empty() ? Integer(0) : found.front().count;
  const Integer* enough = found.empty() ? nullptr : &first;
  add("Rankin density", s > 0 ? certified_floor([&] { return rankin_bound(d, Ball(h)); }, enough) : std::nullopt);
  if (d == 3) add("Fejes Toth", certified_floor([&] { return fejes_toth_bound(Ball(h)); }));
  add("area", certified_floor([&] { return area_bound(d, Ball(h)); }, enough));
  return found;
}

CapCountBound best_upper_bound(long d, const Rational& eps) {
  const auto all = upper_bounds(d, eps);
  return *std::min_element(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count < b.count; });
}

Integer greedy_lower_bound(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  if (d == 1) return 2;
  const Rational h = eps * eps;
  Integer best = 1;
  for (Bits bits = kFirstBits; bits <= kLastBits; bits *= 4) {
    const PrecisionScope scope(bits);
    const Ball value = greedy_bound(d, Ball(h));
    if (!value.is_finite()) continue;
    const Integer lower = ceil(value.lower_rational());
    best = std::max(best, lower);
    if (lower == ceil(value.upper_rational()) || value.accuracy_bits() > 400) break;
  }
  return best;
}

}  // namespace shatterproof
