#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// Unit vectors u_1..u_N of R^d whose caps of angular radius theta = 2 asin(eps/sqrt 2) have disjoint interiors:
/// u_i.u_j <= cos 2 theta = 1 - 4h + 2h^2, h = eps^2 (spec lower-bounds 2: equality means tangent caps, which is
/// allowed).
struct Packing {
  long dimension = 0;
  Rational eps;
  std::string family;       ///< name of the generator, e.g. "cross-polytope", "E8 shell m=1", "apple-peeling"
  Integer count;            ///< N; may be more than is stored
  ExactCosine max_cosine;   ///< the largest inner product, or a proved upper bound of it (at most cos 2 theta)
  bool certified = false;   ///< disjointness proved, never merely seen in floating point
  std::string certificate;  ///< how it was proved, naming the closest pair where one was looked for
  /// The centres in exact form; null if they were not enumerated, and for regular polygons (irrational angles).
  std::shared_ptr<const ExactCode> code;
  /// N x d enclosures of the centres at the working precision in force; empty if they were not enumerated.
  std::function<Matrix<Ball>()> centres;
};

struct PackingOptions {
  std::string family;  ///< force one, by the beginning of its name ("E8 shell", "simplex"); empty: best available
  std::uint64_t max_centres = 200000;  ///< enumerate at most so many (and at most 1e7 coordinates)
};

/// One code of one family, not built.
struct PackingFamily {
  std::string name;
  Integer count;
  std::string max_cosine;  ///< exact, e.g. "(1 + sqrt 5)/4"; "<= s" where only a bound is known
  Rational usable_eps;     ///< caps of this eps are certainly disjoint; rounded down to 30 decimals
};
/// What each family gives at this d and eps, largest first.
[[nodiscard]] std::vector<PackingFamily> packing_families(long d, const Rational& eps);
/// All explicit codes of dimension d, by increasing cosine, d >= 2 (polygons, layers and wrapped lattices go by eps and
/// are not listed).
[[nodiscard]] std::vector<PackingFamily> explicit_families(long d);
/// The count of the apple-peeling code at (d, eps); 0 where it is not used.
[[nodiscard]] Integer layered_caps(long d, const Rational& eps);
/// The least distances of the binary codes of WrappedCode, and the names of the families.
inline constexpr int kWrappedDistances[] = {2, 4};
[[nodiscard]] std::string wrapped_name(int distance);
/// The count of WrappedCode at (d, eps); 0 where there is none.
[[nodiscard]] Integer wrapped_caps(long d, const Rational& eps, int distance);

/// The largest certified packing this library can construct for the cap parameter eps in (0, 1], d >= 1 (d = 1: the two
/// ends). When N is above the limit of the options, it is counted and certified by argument, not enumerated.
/// Source: Lemma H.3; generators of spec lower-bounds 11. Throws PreconditionError for d < 1 or d > 10000, eps <= 0 or
/// eps > 1, and for a family that is unknown or has no code for this eps.
[[nodiscard]] Packing best_packing(long d, const Rational& eps, const PackingOptions& options = {});

/// A code that was made elsewhere as a packing: valid only if `certified`, by the exact test of its pairs.
[[nodiscard]] Packing packing_of_code(ExactCode code, const Rational& eps, std::string family);

/// The largest certified number of caps: the count of best_packing, or, where that is larger (high dimensions), the
/// existence bound greedy_lower_bound. Fast enough to be called thousands of times, once the
/// tables of wrapped lattices are made (seconds for the smallest eps).
[[nodiscard]] Integer available_caps(long d, const Rational& eps);

}  // namespace shatterproof
