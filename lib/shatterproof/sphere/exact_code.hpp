#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "shatterproof/linalg/matrix.hpp"
#include "shatterproof/sphere/pair_search.hpp"

namespace shatterproof {

/// Integer coordinates, one vector a row.
using IntegerMatrix = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The real number (a + b sqrt q), exactly: the largest inner product of a code, or an upper bound of it.
struct ExactCosine {
  Rational a = 0, b = 0;
  long q = 1;
  [[nodiscard]] Ball enclose() const;
  [[nodiscard]] std::string text() const;                  ///< e.g. "1/2", "(1 + sqrt 5)/4"
  [[nodiscard]] bool is_at_most(const Rational& s) const;  ///< exact
};

/// The sign of a + b sqrt q, exactly; q >= 1.
[[nodiscard]] int exact_sign(const Rational& a, const Rational& b, long q);

/// Unit vectors u_i = A_i/|A_i| in exact form. A_i = (rational row i) + sqrt(root) (irrational row i), N x m integers
/// of magnitude at most 2^50 (at most 2^20 when there is an irrational part). The code lives in R^d either because m =
/// d, or because all A_i lie in the span of the d rows of `frame`, which are pairwise orthogonal integer vectors of
/// Z^m: coordinate j of u_i is then <A_i, f_j>/(|A_i||f_j|). With an irrational part all |A_i|^2 must be equal.
struct ExactCode {
  long dimension = 0;
  IntegerMatrix rational;
  IntegerMatrix irrational;  ///< empty, or of the same shape
  long root = 1;             ///< q > 1, not a square, when there is an irrational part
  IntegerMatrix frame;       ///< empty (m = d), or d x m

  [[nodiscard]] long size() const { return rational.rows(); }
};

/// <A_i, A_j> = first + second sqrt(root); exact in 128 bits for every valid code.
using Wide = __int128;
[[nodiscard]] std::pair<Wide, Wide> inner_product(const ExactCode& code, long i, long j);
[[nodiscard]] Integer to_integer(Wide value);

/// Throws PreconditionError, naming the row, unless the code is what ExactCode says: shapes and magnitudes, no zero
/// vector, equal norms where required, frame orthogonal and every vector in its span (tested exactly).
void require_valid(const ExactCode& code);

/// N x d enclosures of the unit vectors at the working precision in force.
[[nodiscard]] Matrix<Ball> enclose_centres(const ExactCode& code);
/// N x d doubles, each coordinate within 1e-14 of the exact one.
[[nodiscard]] Matrix<double> approx_centres(const ExactCode& code);

/// The outcome of the separation test.
struct Separation {
  bool certified = false;        ///< proved: u_i.u_j <= s for all i != j
  long first = -1, second = -1;  ///< the closest pair that was looked at (-1 if none), or a violating pair
  Ball closest;                  ///< encloses the inner product of that pair
  long exact_tests = 0;          ///< pairs decided in integers; the others by an a-priori error bound
  std::string text;              ///< one line for people
};

/// Proves u_i.u_j <= s for all pairs (< s for closed caps), or finds a pair that violates it; see search_pairs. Tangent
/// (equality) passes for open caps, by integer arithmetic: spec lower-bounds 11 (a), (b). Duplicates and an empty code
/// are never certified; one vector alone always is. Throws PreconditionError unless s is in [-1, 1) and the code is
/// valid.
[[nodiscard]] Separation certify_separation(const ExactCode& code, const Rational& s, Caps caps = Caps::open);

/// The largest inner product of two different vectors of a code whose norms are all equal, exactly; all pairs are
/// looked at.
[[nodiscard]] ExactCosine exact_max_cosine(const ExactCode& code);

}  // namespace shatterproof
