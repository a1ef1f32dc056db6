#include "shatterproof/sphere/covering.hpp"

#include <CGAL/Delaunay_triangulation.h>
#include <CGAL/Epick_d.h>
#include <CGAL/Kd_tree.h>
#include <CGAL/Orthogonal_k_neighbor_search.h>
#include <CGAL/Search_traits.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <map>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Kernel = CGAL::Epick_d<CGAL::Dynamic_dimension_tag>;
using Triangulation = CGAL::Delaunay_triangulation<Kernel>;

/// n with n.u = 1 on the facet through the given rows of unit vectors, n.u <= 1 elsewhere: 1/|n| is its distance. Empty
/// if they are nearly dependent or another point lies beyond (slivers of rounded coplanar points).
std::optional<Vector<double>> facet_normal(const Matrix<double>& facet, const Matrix<double>& units) {
  constexpr double kTolerance = 1e-9;
  const Eigen::FullPivLU<Matrix<double>> lu(facet);
  if (lu.rank() < facet.rows() || lu.rcond() < 1e-7) return std::nullopt;
  const Vector<double> normal = lu.solve(Vector<double>::Ones(facet.rows()));
  if ((units * normal).maxCoeff() > 1 + kTolerance) return std::nullopt;
  return normal;
}

/// Whether a small cross around 0 lies in the hull, hence 0 inside it.
bool has_origin_inside(const Triangulation& hull, long d, double arm) {
  for (long k = 0; k < d; ++k)
    for (const double side : {-arm, arm}) {
      std::vector<double> tip(d, 0.0);
      tip[k] = side;
      if (hull.is_infinite(hull.locate(Kernel::Point_d(int(d), tip.begin(), tip.end())))) return false;
    }
  return true;
}

Triangulation triangulate(const Matrix<double>& points) {
  const long d = points.cols();
  Triangulation triangulation{int(d)};
  std::vector<Kernel::Point_d> sites;
  for (long i = 0; i < points.rows(); ++i) {
    const Vector<double> row = points.row(i);
    sites.emplace_back(int(d), row.data(), row.data() + d);
  }
  triangulation.insert(sites.begin(), sites.end());
  return triangulation;
}

std::vector<SurfaceFacet> facets_of(Triangulation& triangulation, const Matrix<double>& points) {
  const long d = points.cols();
  std::map<std::vector<double>, long> index;
  for (long i = 0; i < points.rows(); ++i) {
    const Vector<double> row = points.row(i);
    index[{row.data(), row.data() + d}] = i;
  }
  std::vector<SurfaceFacet> facets;
  for (auto cell = triangulation.full_cells_begin(); cell != triangulation.full_cells_end(); ++cell) {
    if (!triangulation.is_infinite(cell)) continue;  // each infinite cell stands on one facet of the hull
    SurfaceFacet& facet = facets.emplace_back();
    for (int k = 0; k <= d; ++k) {
      if (triangulation.is_infinite(cell->vertex(k))) continue;
      const auto& site = cell->vertex(k)->point();
      facet.push_back(index.at({site.cartesian_begin(), site.cartesian_end()}));
    }
    std::sort(facet.begin(), facet.end());
  }
  return facets;
}

/// Calls visit(normal) for each facet of the hull; false when 0 is not inside it.
template <class Visit>
bool visit_facets(const ExactCode& code, Visit&& visit) {
  const long d = code.dimension;
  const Matrix<double> points = hull_points(code), units = approx_centres(code);
  Triangulation triangulation = triangulate(points);
  if (triangulation.current_dimension() != d) return false;
  if (!has_origin_inside(triangulation, d, 1e-6 * points.row(0).norm())) return false;
  for (const SurfaceFacet& facet : facets_of(triangulation, points))
    if (const auto normal = facet_normal(vertices_of(facet, units), units)) visit(*normal);
  return true;
}

}  // namespace

bool has_covering_radius(const ExactCode& code) {
  const long d = code.dimension, n = code.size();
  const long limits[] = {20000, 2500, 300, 100};
  return d >= 3 && d <= 6 && n > d && n <= limits[d - 3];
}

std::vector<SurfaceFacet> propose_hull_facets(const ExactCode& code) {
  require(has_covering_radius(code), "facets of the hull: needs 3 <= d <= 6 and a code of moderate size");
  const Matrix<double> points = hull_points(code);
  Triangulation triangulation = triangulate(points);
  if (triangulation.current_dimension() != code.dimension) return {};
  return facets_of(triangulation, points);
}

std::optional<double> approx_covering_radius(const ExactCode& code) {
  require(has_covering_radius(code), "covering radius: needs 3 <= d <= 6 and a code of moderate size");
  double least = 2;
  if (!visit_facets(code, [&](const Vector<double>& normal) { least = std::min(least, 1 / normal.norm()); }))
    return std::nullopt;
  if (least > 1) return std::nullopt;
  return std::acos(least);
}

std::vector<Vector<double>> approx_deep_holes(const ExactCode& code, double least_radius) {
  std::vector<Vector<double>> normals;
  if (!has_covering_radius(code)) return normals;
  const double farthest = std::cos(least_radius);
  if (!visit_facets(code, [&](const Vector<double>& normal) {
        if (1 / normal.norm() <= farthest) normals.push_back(normal);
      }))
    return {};
  std::sort(normals.begin(), normals.end(), [](const auto& a, const auto& b) { return a.norm() > b.norm(); });
  for (Vector<double>& normal : normals) normal.normalize();
  return normals;
}

namespace {

struct Site {
  const double *from = nullptr, *to = nullptr;
  long index = 0;
};

struct SiteCoordinates {
  using result_type = const double*;
  const double* operator()(const Site& site) const { return site.from; }
  const double* operator()(const Site& site, int) const { return site.to; }
};

using SearchTraits = CGAL::Search_traits<double, Site, const double*, SiteCoordinates, CGAL::Dynamic_dimension_tag>;
using Search = CGAL::Orthogonal_k_neighbor_search<SearchTraits>;

}  // namespace

struct NearestCentre::Tree {
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> centres;
  Search::Tree search;
};

NearestCentre::NearestCentre(const Matrix<double>& centres) : tree_(std::make_unique<Tree>()) {
  require(centres.rows() >= 1 && centres.cols() >= 1, "nearest centre: there are no centres");
  require(centres.allFinite(), "nearest centre: a coordinate is not finite");
  tree_->centres = centres;
  const long d = centres.cols();
  for (long i = 0; i < centres.rows(); ++i) {
    const double* row = tree_->centres.data() + i * d;
    tree_->search.insert(Site{row, row + d, i});
  }
  tree_->search.build();
}

NearestCentre::~NearestCentre() = default;
NearestCentre::NearestCentre(NearestCentre&&) noexcept = default;
NearestCentre& NearestCentre::operator=(NearestCentre&&) noexcept = default;

long NearestCentre::find(const Vector<double>& point) const {
  require(point.size() == tree_->centres.cols() && point.allFinite(), "nearest centre: bad query point");
  Search search(tree_->search, Site{point.data(), point.data() + point.size(), -1}, 1);
  return search.begin()->first.index;
}

}  // namespace shatterproof
