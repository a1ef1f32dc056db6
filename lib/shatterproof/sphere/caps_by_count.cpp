#include "shatterproof/sphere/caps_by_count.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/usable_eps.hpp"

namespace shatterproof {
namespace {

void require_count(long d, const Integer& count) {
  require(d >= 1 && d <= 10000, "the dimension must be in 1..10000, got " + std::to_string(d));
  require(count >= 2 && count <= Integer("1000000000000000"),
          "the number of caps must be in 2..10^15, got " + count.get_str());
}

/// A k 10^-digits in (0, 1] with fits(eps), next to one where it fails: the largest one if fits is true below some eps
/// and false above. Empty if it is false at all eps tried, 1, 1/2, 1/4 ...
template <class Fits>
std::optional<Rational> largest_fitting(int digits, Fits&& fits) {
  const Integer scale = power(Rational(10), digits).get_num();
  const auto at = [&](const Integer& k) {
    Rational eps(k, scale);
    eps.canonicalize();
    return eps;
  };
  if (fits(Rational(1))) return Rational(1);
  Integer low = scale / 2, high = scale;
  for (; !fits(at(low)); low /= 2) {
    if (low <= 1) return std::nullopt;
    high = low;
  }
  while (high - low > 1) {
    const Integer middle = (low + high) / 2;
    (fits(at(middle)) ? low : high) = middle;
  }
  return at(low);
}

/// A family that exists for every eps, at the largest eps (of that many digits) with enough caps.
void add_for_count(std::vector<PackingFamily>& found, const std::string& name, int digits, long d, const Integer& count,
                   const std::function<Integer(long, const Rational&)>& caps) {
  if (d <= 2) return;
  const auto fits = [&](const Rational& eps) { return caps(d, eps) >= count; };
  if (const auto eps = largest_fitting(digits, fits))
    found.push_back({name, caps(d, *eps), "<= " + to_text_exact(cosine_of_separation(*eps)), *eps});
}

}  // namespace

std::vector<PackingFamily> families_for_count(long d, const Integer& count) {
  require_count(d, count);
  if (d == 1) {
    require(count == 2, "S^0 has two points only, not " + count.get_str());
    return packing_families(1, 1);
  }
  std::vector<PackingFamily> found;
  for (const ExplicitCode& code : explicit_codes(d)) {
    if (code.count < count) continue;
    found.push_back({code.name, code.count, code.max_cosine.text(), usable_eps(code.max_cosine)});
    break;  // they are ordered by cosine
  }
  if (d == 2) {
    const Rational eps = usable_polygon_eps(count);
    for (PackingFamily& family : packing_families(2, eps))
      if (family.name == "regular polygon") found.push_back(std::move(family));
  }
  add_for_count(found, "apple-peeling", 14, d, count, layered_caps);
  for (const int distance : {2, 4})
    add_for_count(found, "wrapped lattice, distance " + std::to_string(distance), 8, d, count,
                  [distance](long k, const Rational& eps) { return wrapped_caps(k, eps, distance); });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.usable_eps > b.usable_eps; });
  return found;
}

Rational eps_without_room(long d, const Integer& count) {
  require_count(d, count);
  constexpr int kBoundDigits = 9;
  const auto room = [&](const Rational& eps) { return best_upper_bound(d, eps).count >= count; };
  const Rational step(1, 1000000000);
  const auto last = largest_fitting(kBoundDigits, room);
  require(last.has_value(), std::to_string(d) + " dimensions: an eps below 1e-9 is needed");
  return *last == 1 ? Rational(1) : Rational(*last + step);
}

}  // namespace shatterproof
