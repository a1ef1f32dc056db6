#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "shatterproof/sphere/cover_certificate.hpp"

namespace shatterproof {

// The CGAL door of the library: target shatterproof::covering, built only with SHATTERPROOF_WITH_CGAL and CGAL found.
// Everything here is numerical (approx_) or a proposal: convex hull and search are exact on the doubles given to CGAL,
// but the coordinates are rounded, so nothing here reaches a verdict.

/// Whether the hull of the code is small enough for approx_covering_radius (3 <= d <= 6).
[[nodiscard]] bool has_covering_radius(const ExactCode& code);

/// The covering radius in radians: the largest angle from a point of the sphere to its nearest centre, which is arccos
/// of the least distance from 0 to a facet of the convex hull. Pi/2 or more when 0 is not inside the hull (empty: not
/// decided). A packing with angles >= 2 theta admits no further cap iff this is < 2 theta (spec lower-bounds 11,
/// maximality). Throws PreconditionError unless has_covering_radius.
[[nodiscard]] std::optional<double> approx_covering_radius(const ExactCode& code);

/// The facets of the convex hull, cut into simplices where they are none: what certify_cover wants to be told. Empty
/// for points in a hyperplane. Throws PreconditionError unless has_covering_radius.
[[nodiscard]] std::vector<SurfaceFacet> propose_hull_facets(const ExactCode& code);

/// The directions of the holes of at least that radius (from the facets of the hull), the deepest first; empty where
/// the code is too large or 0 is not inside the hull.
[[nodiscard]] std::vector<Vector<double>> approx_deep_holes(const ExactCode& code, double least_radius);

/// Nearest centre by a k-d tree, for binning samples.
class NearestCentre {
 public:
  explicit NearestCentre(const Matrix<double>& centres);  ///< N x d, N >= 1, all finite
  ~NearestCentre();
  NearestCentre(NearestCentre&&) noexcept;
  NearestCentre& operator=(NearestCentre&&) noexcept;
  /// Index of a centre with the least distance to the point (ties: any of them), up to rounding of the distances.
  [[nodiscard]] long find(const Vector<double>& point) const;

 private:
  struct Tree;
  std::unique_ptr<Tree> tree_;
};

}  // namespace shatterproof
