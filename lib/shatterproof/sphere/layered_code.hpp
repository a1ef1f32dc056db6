#pragma once
#include <map>
#include <utility>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// Apple-peeling codes (spec lower-bounds 2, (L2)): points on parallel layers of latitude a_j = a_0 + j f', f' >= f the
/// separation, with the best code of dimension k-1 at separation f_j, sin(f_j/2) = sin(f/2)/sin a_j, in each layer; one
/// point where sin a_j <= sin(f/2). On S^2 also staggered_bands, where they are larger. The separation is given as x =
/// sin(f/2) in (0, 1].
///
/// Every count is a proved lower bound although it is computed in double: the code is defined at the exact reals
/// a_0 + j f', the doubles only evaluate sines, arcsines and quotients of them, and each demand is tightened
/// (tightened.hpp).
class LayeredCode {
 public:
  /// Inner separations are rounded up to 2^(-i/cells), so that layers share their codes and the recursion stays short
  /// (0: no rounding, for small codes); of more than most_layers layers some share a code as well.
  LayeredCode(double cells, double most_layers) : cells_(cells), most_layers_(most_layers) {}

  /// So many points fit on S^(k-1), k >= 1, 0 < x <= 1. Never too large; at most 1e300.
  [[nodiscard]] double count(long k, double x);

  /// The points, count(k, x) rows of k doubles each within 1e-14 of the exact ones. Call it for moderate counts only.
  [[nodiscard]] Matrix<double> build(long k, double x);

 private:
  enum class Start { pole, equator, straddle, explicit_code, staggered };
  struct Plan {
    double count = 0;
    Start start = Start::pole;
  };

  [[nodiscard]] double cell_of(double x) const;
  Plan plan(long k, double x);
  Plan make_plan(long k, double x);
  template <class Visit>
  void for_each_layer(double x, Start start, Visit&& visit) const;

  double cells_;
  double most_layers_;
  std::map<std::pair<long, double>, Plan> known_;
};

/// The largest x = sin(f/2) that a code with the given largest cosine allows, rounded down.
[[nodiscard]] double half_chord_below(const Ball& max_cosine);

}  // namespace shatterproof
