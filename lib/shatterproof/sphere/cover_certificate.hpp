#pragma once
#include <optional>
#include <vector>

#include "shatterproof/sphere/exact_code.hpp"

namespace shatterproof {

/// The vectors of a code as doubles that are taken for exact: integer coordinates where they are small (then coplanar
/// points are exactly coplanar), else unit vectors; each within 1e-13 of the direction of its vector.
[[nodiscard]] Matrix<double> hull_points(const ExactCode& code);

/// A facet of a simplicial surface around 0: the numbers of its d vertices, increasing.
using SurfaceFacet = std::vector<long>;
/// Its vertices as rows, d x d.
[[nodiscard]] Matrix<double> vertices_of(const SurfaceFacet& facet, const Matrix<double>& points);

/// A c with: for every unit vector x of R^d some u_i.x >= c. So the covering radius is at most arccos c, and where
/// c > cos 2 theta no further cap fits. Proved, from facets that anybody may have proposed: if every ridge (d - 1
/// vertices) lies in exactly two facets, whose other vertices are strictly on different sides of the hyperplane through
/// 0 and the ridge (signs of determinants, enclosed), the cones over the facets fill R^d; and the points of a cone are
/// as near to a vertex as the farthest vertex is to any given direction. Nothing where that is not certain. The facets
/// need not be those of the convex hull. Proof: proofs_notes/certificates/covering.md. Throws PreconditionError for a
/// facet that is not d different rows in increasing order.
[[nodiscard]] std::optional<double> certify_cover(const ExactCode& code, const std::vector<SurfaceFacet>& facets);

}  // namespace shatterproof
