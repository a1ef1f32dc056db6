#include "shatterproof/sphere/packing.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/layered_code.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof {
namespace {

constexpr char kPolygon[] = "regular polygon", kLayered[] = "apple-peeling";
// In high dimensions volume bounds beat the cubic density of layers.
constexpr long kLargestLayeredDimension = 32, kLargestForAnyEps = 16;
constexpr long kMostCoordinates = 10'000'000, kLargestFrame = 400;
constexpr double kScale = 70368744177664.0;  // 2^46

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

/// The layers are rounded to integer vectors; the proof is the exact pair test of these.
Packing layered_packing(long d, const Rational& eps, const Rational& s, const PackingOptions& options) {
  const double x = half_chord_above(eps);
  LayeredCode& layers = layered_code(d, x);
  Packing packing{d, eps, kLayered, Integer(layers.count(d, x)), {}, true, "", nullptr, nullptr};
  packing.max_cosine.a = s;
  packing.certificate =
      "layers at least 2 theta apart, each a code of dimension d-1 at its own separation; demands tightened by 2^-28";
  if (!is_enumerable(packing.count, d, d, options)) return packing;
  const Matrix<double> points = layers.build(d, x);
  ExactCode code;
  code.dimension = d;
  code.rational = (points * kScale).unaryExpr([](double c) { return std::int64_t(std::llround(c)); });
  if (Integer(code.size()) != packing.count) throw std::logic_error("apple-peeling: count and points differ");
  const Separation test = certify_separation(code, s);
  packing.certified = test.certified;
  packing.certificate = "centres rounded to integers; " + test.text;
  attach(packing, std::move(code));
  return packing;
}

bool is_wanted(const std::string& name, const std::string& family) {
  return name.compare(0, family.size(), family) == 0;
}

const ExplicitCode* best_explicit(long d, const Rational& s, const std::string& family) {
  const ExplicitCode* best = nullptr;
  for (const ExplicitCode& code : explicit_codes(d))
    if (is_wanted(code.name, family) && (!best || code.count > best->count) && code.max_cosine.is_at_most(s))
      best = &code;
  return best;
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

std::vector<PackingFamily> packing_families(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  if (d == 1) return {{"two ends", 2}};
  const Rational s = cosine_of_separation(eps);
  std::vector<PackingFamily> found;
  for (const ExplicitCode& code : explicit_codes(d))
    if (code.max_cosine.is_at_most(s)) found.push_back({code.name, code.count});
  if (d == 2) found.push_back({kPolygon, best_upper_bound(2, eps).count});
  if (has_layers(d, eps)) found.push_back({kLayered, layered_count(d, eps)});
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  return found;
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
  if (has_layers(d, eps) && is_wanted(kLayered, family) && layered_count(d, eps) > count)
    return layered_packing(d, eps, s, options);
  require(best != nullptr, "no family \"" + family + "\" has a code for dimension " + std::to_string(d) +
                               " and eps = " + to_text_exact(eps));
  return explicit_packing(d, eps, s, *best, options);
}

Integer available_caps(long d, const Rational& eps) {
  require_cap_parameters(d, eps);
  if (d <= 2) return best_upper_bound(d, eps).count;
  const Rational s = cosine_of_separation(eps);
  const ExplicitCode* best = best_explicit(d, s, "");
  Integer count = best ? best->count : Integer(0);
  if (!has_layers(d, eps)) return std::max(count, greedy_lower_bound(d, eps));
  return std::max({count, layered_count(d, eps), greedy_lower_bound(d, eps)});
}

}  // namespace shatterproof
