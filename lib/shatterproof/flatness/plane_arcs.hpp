#pragma once
#include <vector>

#include "shatterproof/flatness/weight_slice.hpp"

namespace shatterproof {

/// Two entries.
using PlanePoint = Vector<Rational>;
[[nodiscard]] PlanePoint plane_point(const Rational& x, const Rational& y);
[[nodiscard]] Rational dot(const PlanePoint& a, const PlanePoint& b);

/// A place in the sample and how many samples are there.
struct Site {
  PlanePoint x;
  long count;
};

/// The places of the samples (n x 2) and the origin, which may have count 0: with it every cell lies on one side of t =
/// 0. Throws PreconditionError for a sample outside the unit disc.
[[nodiscard]] std::vector<Site> plane_sites(const Matrix<Rational>& X);

/// A cell between two neighbouring projections, or (first = second) the curve t = u.x of one site.
struct ArcPiece {
  PlanePoint first, second;  ///< u.first <= t <= u.second
  SampleSums above, below;   ///< a site on the curve counts for neither side
  bool on_curve;
  int side;  ///< +1 where t >= 0, -1 where t <= 0
};

/// An open arc of directions on which the projections keep their order and their signs.
struct Arc {
  Ball from, to;  ///< angles
  std::vector<ArcPiece> pieces;
};

/// Arcs that cover all directions but the critical ones, up to u -> -u: together half a turn.
[[nodiscard]] std::vector<Arc> plane_arcs(const std::vector<Site>& sites, long samples);

}  // namespace shatterproof
