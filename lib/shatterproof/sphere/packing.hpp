#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// The largest inner product of a code in the exact form (a + b sqrt(q)) / c, or an upper bound of it.
struct ExactCosine {
  Rational a = 0, b = 0;
  long q = 1;
  [[nodiscard]] Ball enclose() const;
  [[nodiscard]] std::string text() const;  ///< e.g. "1/2", "(1 + sqrt 5)/4"
};

/// Unit vectors u_1..u_N of R^d whose caps of angular radius theta = 2 asin(eps/sqrt 2) have disjoint interiors:
/// u_i.u_j <= cos 2 theta = 1 - 4h + 2h^2, h = eps^2 (spec lower-bounds 2: equality means tangent caps, which is allowed).
struct Packing {
  long dimension = 0;
  Rational eps;
  std::string family;        ///< name of the generator, e.g. "cross-polytope", "E8 shell m=1", "apple-peeling"
  Integer count;             ///< N; may be more than is stored
  ExactCosine max_cosine;
  bool certified = false;    ///< disjointness proved exactly, never in floating point
  std::string certificate;   ///< how it was proved, naming the closest pair where one was looked for
  /// The centres u_i = A_i/|A_i| in exact form, when they were enumerated (N at most the limit asked for).
  std::function<Matrix<Ball>()> centres;  ///< N x d at the working precision in force; empty if not enumerated
};

struct PackingOptions {
  std::string family;                ///< force one; empty: best available
  std::uint64_t max_centres = 200000;  ///< enumerate at most so many
};

/// The largest certified packing this library can build for the cap parameter eps in (0, 1], d >= 2 (d = 1: the two ends).
/// Source: Lemma H.3; generators of spec lower-bounds 11. Throws PreconditionError for d < 1, eps <= 0 or eps > 1, unknown family.
[[nodiscard]] Packing best_packing(long d, const Rational& eps, const PackingOptions& options = {});

/// N of best_packing without building it, fast enough to be called thousands of times. Every count is certified.
[[nodiscard]] Integer available_caps(long d, const Rational& eps);

}  // namespace shatterproof
