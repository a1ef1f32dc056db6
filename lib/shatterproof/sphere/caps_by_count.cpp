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

/// A k 10^-digits in (0, 1], k >= least, with fits(eps), next to one where it fails: the largest one if fits is true
/// below some eps and false above. Empty if it is false at all eps tried: 1, 1/2, 1/4, .., that of `least`.
template <class Fits>
std::optional<Rational> largest_fitting(int digits, const Integer& least, Fits&& fits) {
  const Integer scale = power(Rational(10), digits).get_num();
  const auto at = [&](const Integer& k) {
    Rational eps(k, scale);
    eps.canonicalize();
    return eps;
  };
  if (fits(Rational(1))) return Rational(1);
  Integer low = scale / 2, high = scale;
  for (; !fits(at(low)); low = std::max(least, Integer(low / 2))) {
    if (low <= least) return std::nullopt;
    high = low;
  }
  while (high - low > 1) {
    const Integer middle = (low + high) / 2;
    (fits(at(middle)) ? low : high) = middle;
  }
  return at(low);
}

/// A family that exists for all eps >= least 10^-digits, at an eps of that many digits with enough caps: the largest
/// one where the count does not fall with eps, as that of wrapped lattices may by a few percent.
struct Search {
  std::string name;
  int digits;
  Integer least;
  std::function<Integer(long, const Rational&)> caps;
};

void add_for_count(std::vector<PackingFamily>& found, long d, const Integer& count, const Search& search) {
  if (d <= 2) return;
  const auto fits = [&](const Rational& eps) { return search.caps(d, eps) >= count; };
  if (const auto eps = largest_fitting(search.digits, search.least, fits))
    found.push_back({search.name, search.caps(d, *eps), "<= " + to_text_exact(cosine_of_separation(*eps)), *eps});
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
  constexpr long kLeastWrapped = 70712;  // times 1e-8, for half chords above kLeastWrappedChord
  add_for_count(found, d, count, {"apple-peeling", 14, 1, layered_caps});
  for (const int distance : kWrappedDistances)
    add_for_count(found, d, count, {wrapped_name(distance), 8, kLeastWrapped, [distance](long k, const Rational& eps) {
                                      return wrapped_caps(k, eps, distance);
                                    }});
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.usable_eps > b.usable_eps; });
  return found;
}

Rational eps_without_room(long d, const Integer& count) {
  require_count(d, count);
  constexpr int kBoundDigits = 9;
  const auto room = [&](const Rational& eps) { return best_upper_bound(d, eps).count >= count; };
  const Rational step(1, 1000000000);
  const auto last = largest_fitting(kBoundDigits, 1, room);
  require(last.has_value(), std::to_string(d) + " dimensions: an eps below 1e-9 is needed");
  return *last == 1 ? Rational(1) : Rational(*last + step);
}

}  // namespace shatterproof
