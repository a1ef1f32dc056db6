#include "shatterproof/sphere/packing.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/layered_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/rounded_code.hpp"
#include "shatterproof/sphere/usable_eps.hpp"
#include "shatterproof/sphere/wrapped_code.hpp"

namespace shatterproof {
namespace {

constexpr char kPolygon[] = "regular polygon", kLayered[] = "apple-peeling";
// In high dimensions volume bounds beat the cubic density of layers.
constexpr long kLargestLayeredDimension = 32, kLargestForAnyEps = 16;
constexpr long kMostCoordinates = 10'000'000, kLargestFrame = 400;

/// x = sin theta = sqrt(h(2-h)) as a double that is not smaller.
double half_chord_above(const Rational& eps) {
  const PrecisionScope scope(128);
  const Ball h(Rational(eps * eps));
  return std::min(1.0, sqrt(h * (Ball(2) - h)).upper_double());
}

/// One counter per thread and accuracy: the tables of inner layers are kept between calls.
LayeredCode& layered_code(long d, double x) {
  thread_local LayeredCode exact(0, 4000), fine(4096, 4000), coarse(256, 300), rough(64, 60);
  if (d == 3 || std::pow(4 / x, double(d - 2)) < 1e6) return exact;
  if (x < 0x1p-12 && d > 5) return rough;
  return x >= 0x1p-5 && d <= kLargestForAnyEps ? fine : coarse;
}

bool has_layers(long d, const Rational& eps) {
  if (d < 3 || cosine_of_separation(eps) <= 0) return false;
  if (double(d - 1) * std::log10(eps.get_d()) < -280) return false;  // beyond what LayeredCode counts to
  return d <= kLargestForAnyEps || (d <= kLargestLayeredDimension && eps >= Rational(1, 50));
}

Integer layered_count(long d, const Rational& eps) {
  const double x = half_chord_above(eps);
  return Integer(layered_code(d, x).count(d, x));
}

/// cos(2 pi/n) where it is rational or quadratic.
bool exact_polygon_cosine(long n, ExactCosine& cosine) {
  const auto set = [&](Rational a, Rational b, long q) { return cosine.a = a, cosine.b = b, cosine.q = q, true; };
  switch (n) {
    case 2:
      return set(-1, 0, 1);
    case 3:
      return set(Rational(-1, 2), 0, 1);
    case 4:
      return set(0, 0, 1);
    case 5:
      return set(Rational(-1, 4), Rational(1, 4), 5);
    case 6:
      return set(Rational(1, 2), 0, 1);
    case 8:
      return set(0, Rational(1, 2), 2);
    case 10:
      return set(Rational(1, 4), Rational(1, 4), 5);
    case 12:
      return set(0, Rational(1, 2), 3);
    default:
      return false;
  }
}

Matrix<Ball> polygon_centres(long n) {
  Matrix<Ball> centres(n, 2);
  for (long i = 0; i < n; ++i) {
    const Ball angle = Ball(2 * i) * Ball::pi() / Ball(n);
    centres(i, 0) = cos(angle), centres(i, 1) = sin(angle);
  }
  return centres;
}

bool is_enumerable(const Integer& count, long coordinates, long d, const PackingOptions& options) {
  const Integer entries = (count + d) * coordinates;
  return count <= Integer(static_cast<unsigned long>(options.max_centres)) && entries <= kMostCoordinates;
}

void attach(Packing& packing, ExactCode code) {
  packing.code = std::make_shared<const ExactCode>(std::move(code));
  packing.centres = [stored = packing.code] { return enclose_centres(*stored); };
}

Packing polygon_packing(const Rational& eps, const Rational& s, const PackingOptions& options) {
  const CapCountBound exact = best_upper_bound(2, eps);
  Packing packing{2, eps, kPolygon, exact.count, {}, true, "", nullptr, nullptr};
  packing.certificate = "angle 2 pi/N >= 2 theta: N = floor(pi/theta), decided by enclosures";
  if (!exact.count.fits_slong_p() || !exact_polygon_cosine(exact.count.get_si(), packing.max_cosine))
    packing.max_cosine.a = s;
  if (is_enumerable(exact.count, 2, 2, options))
    packing.centres = [n = exact.count.get_si()] { return polygon_centres(n); };
  return packing;
}

Packing explicit_packing(long d, const Rational& eps, const Rational& s, const ExplicitCode& source,
                         const PackingOptions& options) {
  Packing packing{
      d,       eps,    source.name, source.count, source.max_cosine, source.max_cosine.is_at_most(s), source.reason,
      nullptr, nullptr};
  const bool pair = source.count == 2;  // u and -u need no frame
  const bool simplex = source.max_cosine.a < 0 && !pair;
  if (!is_enumerable(source.count, d + 1, pair ? 0 : d, options) || (simplex && d > kLargestFrame)) return packing;
  ExactCode code;
  try {
    code = source.build();
  } catch (const PreconditionError&) {
    return packing;  // a shell that is counted only
  }
  require_valid(code);
  if (Integer(code.size()) != source.count) throw std::logic_error(source.name + ": wrong number of vectors");
  // Small codes are tested pair by pair in any case; of large shells the membership in the lattice.
  constexpr long kTestAllPairs = 3000;
  if (source.is_certain) packing.certified = packing.certified && source.is_certain(code);
  if (!source.is_certain || code.size() <= kTestAllPairs) {
    const Separation test = certify_separation(code, s);
    packing.certified = packing.certified && test.certified;
    packing.certificate += "; " + test.text;
  } else {
    packing.certificate += "; no pair tests";
  }
  attach(packing, std::move(code));
  return packing;
}

/// Points that are known by argument where they are too many to list, and else rounded to integer vectors: then the
/// exact pair test of these is the proof.
Packing floating_packing(long d, const Rational& eps, const std::string& family, const Integer& count,
                         const char* argument, const PackingOptions& options,
                         const std::function<Matrix<double>()>& build) {
  Packing packing{d, eps, family, count, {}, true, argument, nullptr, nullptr};
  packing.max_cosine.a = cosine_of_separation(eps);
  if (!is_enumerable(count, d, d, options)) return packing;
  ExactCode code = rounded_code(build());
  if (Integer(code.size()) != count) throw std::logic_error(packing.family + ": count and points differ");
  const Separation test = certify_separation(code, packing.max_cosine.a);
  packing.certified = test.certified;
  packing.certificate = "centres rounded to integers; " + test.text;
  attach(packing, std::move(code));
  return packing;
}

Packing layered_packing(long d, const Rational& eps, const PackingOptions& options) {
  const double x = half_chord_above(eps);
  LayeredCode& layers = layered_code(d, x);
  return floating_packing(d, eps, kLayered, Integer(layers.count(d, x)),
                          "layers at least 2 theta apart, each a code of dimension d-1 at its own separation; demands "
                          "tightened by 2^-28",
                          options, [&] { return layers.build(d, x); });
}

/// One per thread, and for dimensions with equal cells: it keeps what it finds out.
WrappedCode& wrapped_code(long d, int distance) {
  thread_local std::map<std::pair<int, double>, WrappedCode> known;
  const double cells = WrappedCode::cells_for(d);
  return known.try_emplace({distance, cells}, distance, cells).first->second;
}

bool is_wanted(const std::string& name, const std::string& family) {
  return name.compare(0, family.size(), family) == 0;
}

struct WrappedChoice {
  Integer count = 0;
  int distance = 0;
};

WrappedChoice best_wrapped(long d, const Rational& eps, const std::string& family) {
  WrappedChoice best;
  for (const int distance : kWrappedDistances)
    if (is_wanted(wrapped_name(distance), family))
      if (const Integer count = wrapped_caps(d, eps, distance); count > best.count) best = {count, distance};
  return best;
}

Packing wrapped_packing(long d, const Rational& eps, const WrappedChoice& choice, const PackingOptions& options) {
  return floating_packing(d, eps, wrapped_name(choice.distance), choice.count,
                          "bands of layers that share their codes, of the indices mod 2 those in a binary code of that "
                          "distance; demands tightened by 2^-28",
                          options, [&] { return wrapped_code(d, choice.distance).points(d, half_chord_above(eps)); });
}

const ExplicitCode* best_explicit(long d, const Rational& s, const std::string& family) {
  const ExplicitCode* best = nullptr;
  const auto look_at = [&](const std::vector<ExplicitCode>& codes) {
    for (const ExplicitCode& code : codes)
      if (is_wanted(code.name, family) && (!best || code.count > best->count) && code.max_cosine.is_at_most(s))
        best = &code;
  };
  look_at(explicit_codes(d));
  if (!family.empty()) look_at(surpassed_codes(d));
  return best;
}

PackingFamily listed_family(const ExplicitCode& code) {
  return {code.name, code.count, code.max_cosine.text(), usable_eps(code.max_cosine)};
}

std::string polygon_cosine_text(const Integer& corners) {
  ExactCosine exact;
  if (corners.fits_slong_p() && exact_polygon_cosine(corners.get_si(), exact)) return exact.text();
  return "cos(2 pi/" + corners.get_str() + ")";
}

Packing two_ends(const Rational& eps) {
  ExactCode code;
  code.dimension = 1;
  code.rational.resize(2, 1);
  code.rational << 1, -1;
  Packing packing{1, eps, "two ends", 2, {}, true, "the two points of S^0", nullptr, nullptr};
  packing.max_cosine.a = -1;
  attach(packing, std::move(code));
  return packing;
}

}  // namespace

std::vector<PackingFamily> explicit_families(long d) {
  std::vector<PackingFamily> found;
  for (const ExplicitCode& code : explicit_codes(d)) found.push_back(listed_family(code));
  for (const ExplicitCode& code : surpassed_codes(d)) found.push_back(listed_family(code));
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.usable_eps > b.usable_eps; });
  return found;
}

Integer layered_caps(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  return has_layers(d, eps) ? layered_count(d, eps) : Integer(0);
}

std::string wrapped_name(int distance) { return "wrapped lattice, distance " + std::to_string(distance); }

Integer wrapped_caps(long d, const Rational& eps, int distance) {
  require_cap_parameters(d, eps);
  if (d < 4 || d > WrappedCode::kMostDimension) return 0;
  return Integer(wrapped_code(d, distance).count(d, half_chord_above(eps)));
}

std::vector<PackingFamily> packing_families(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  if (d == 1) return {{"two ends", 2, "-1", 1}};
  const Rational s = cosine_of_separation(eps);
  std::vector<PackingFamily> found;
  for (const ExplicitCode& code : explicit_codes(d))
    if (code.max_cosine.is_at_most(s)) found.push_back(listed_family(code));
  for (const ExplicitCode& code : surpassed_codes(d))
    if (code.max_cosine.is_at_most(s)) found.push_back(listed_family(code));
  if (d == 2) {
    const Integer corners = best_upper_bound(2, eps).count;
    found.push_back({kPolygon, corners, polygon_cosine_text(corners), usable_polygon_eps(corners)});
  }
  if (has_layers(d, eps)) found.push_back({kLayered, layered_count(d, eps), "<= " + to_text_exact(s), eps});
  for (const int distance : kWrappedDistances)
    if (const Integer count = wrapped_caps(d, eps, distance); count > 0)
      found.push_back({wrapped_name(distance), count, "<= " + to_text_exact(s), eps});
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return found;
}

Packing packing_of_code(ExactCode code, const Rational& eps, std::string family) {
  require_cap_parameters(code.dimension, eps);
  const Rational s = cosine_of_separation(eps);
  const Separation test = certify_separation(code, s);
  Packing packing{code.dimension, eps,    std::move(family), Integer(code.size()), {}, test.certified, test.text,
                  nullptr,        nullptr};
  packing.max_cosine.a = s;
  attach(packing, std::move(code));
  return packing;
}

Packing best_packing(long d, const Rational& eps, const PackingOptions& options) {
  require_cap_parameters(d, eps);
  const Rational s = cosine_of_separation(eps);
  const std::string& family = options.family;
  if (d == 1 && is_wanted("two ends", family)) return two_ends(eps);
  const ExplicitCode* best = d == 1 ? nullptr : best_explicit(d, s, family);
  const Integer count = best ? best->count : Integer(0);
  if (d == 2 && is_wanted(kPolygon, family) && best_upper_bound(2, eps).count > count)
    return polygon_packing(eps, s, options);
  const Integer layered = is_wanted(kLayered, family) ? layered_caps(d, eps) : Integer(0);
  const WrappedChoice wrapped = best_wrapped(d, eps, family);
  if (wrapped.count > std::max(count, layered)) return wrapped_packing(d, eps, wrapped, options);
  if (layered > count) return layered_packing(d, eps, options);
  require(best != nullptr, "no family \"" + family + "\" has a code for dimension " + std::to_string(d) +
                               " and eps = " + to_text_exact(eps));
  return explicit_packing(d, eps, s, *best, options);
}

Integer available_caps(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  if (d <= 2) return best_upper_bound(d, eps).count;
  const Rational s = cosine_of_separation(eps);
  const ExplicitCode* best = best_explicit(d, s, "");
  const Integer count = best ? best->count : Integer(0);
  return std::max({count, layered_caps(d, eps), best_wrapped(d, eps, "").count, greedy_lower_bound(d, eps)});
}

}  // namespace shatterproof
