#include "shatterproof/sphere/cover_certificate.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <map>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

constexpr Bits kDeterminantBits = 512;

/// The sign of the determinant of the rows; 0 where it is not certain.
int certain_sign(const Matrix<double>& rows) {
  const long d = rows.rows();
  const PrecisionScope scope(kDeterminantBits);
  Matrix<Ball> m = rows.unaryExpr([](double x) { return Ball::exact(x); });
  int sign = 1;
  for (long k = 0; k < d; ++k) {
    long pivot = k;
    for (long i = k; i < d; ++i)
      if (std::fabs(m(i, k).mid_double()) > std::fabs(m(pivot, k).mid_double())) pivot = i;
    if (pivot != k) m.row(k).swap(m.row(pivot)), sign = -sign;
    if (m(k, k).contains_zero()) return 0;
    if (!certainly_positive(m(k, k))) sign = -sign;
    for (long i = k + 1; i < d; ++i) {
      const Ball factor = m(i, k) / m(k, k);
      for (long j = k + 1; j < d; ++j) m(i, j) -= factor * m(k, j);
    }
  }
  return sign;
}

/// A lower bound of min u_i.v over the vertices, for the unit vector v that makes them equal as far as possible.
double least_cosine(const Matrix<double>& units) {
  constexpr double kNearlyDependent = 1e-9;  // slivers of coplanar points: any v may be tried
  // The units are within 1e-13 of the directions of the vectors and of the points, a sum of 100 products within 1e-13.
  constexpr double kMargin = 4e-12;
  Eigen::CompleteOrthogonalDecomposition<Matrix<double>> solver;
  solver.setThreshold(kNearlyDependent);
  solver.compute(units);
  Vector<double> v = solver.solve(Vector<double>::Ones(units.rows()));
  v.normalize();
  const double least = (units * v).minCoeff();
  return std::isfinite(least) && v.allFinite() ? least - kMargin : -1;
}

/// The units of codes with square roots or a frame are checked; the others are integers divided by their lengths.
bool are_units_certain(const ExactCode& code, const Matrix<double>& units) {
  constexpr double kUnitError = 1e-14;
  if (code.irrational.size() == 0 && code.frame.size() == 0) return true;
  const PrecisionScope scope(192);
  const Matrix<Ball> centres = enclose_centres(code);
  const Ball most = Ball::exact(kUnitError);
  for (long k = 0; k < units.size(); ++k)
    if (!certainly_less(abs(centres.data()[k] - Ball::exact(units.data()[k])), most)) return false;
  return true;
}

/// Whether each ridge has two facets, on different sides.
bool is_closed(const std::vector<SurfaceFacet>& facets, const std::vector<int>& signs) {
  struct Sides {
    int count = 0, sum = 0;
  };
  std::map<std::vector<long>, Sides> ridges;
  for (std::size_t f = 0; f < facets.size(); ++f) {
    const auto d = facets[f].size();
    for (std::size_t k = 0; k < d; ++k) {
      std::vector<long> ridge = facets[f];
      ridge.erase(ridge.begin() + long(k));
      Sides& sides = ridges[std::move(ridge)];
      ++sides.count;
      sides.sum += (d - 1 - k) % 2 == 0 ? signs[f] : -signs[f];  // the vertex k moved behind the others
    }
  }
  return std::all_of(ridges.begin(), ridges.end(),
                     [](const auto& entry) { return entry.second.count == 2 && entry.second.sum == 0; });
}

}  // namespace

Matrix<double> hull_points(const ExactCode& code) {
  constexpr double kSmall = 1e6;
  const bool is_integral = code.irrational.size() == 0 && code.frame.size() == 0 && code.size() > 0;
  const double largest = is_integral ? code.rational.cast<double>().cwiseAbs().maxCoeff() : 0;
  return largest > 0 && largest < kSmall ? Matrix<double>(code.rational.cast<double>()) : approx_centres(code);
}

Matrix<double> vertices_of(const SurfaceFacet& facet, const Matrix<double>& points) {
  Matrix<double> rows(points.cols(), points.cols());
  for (long k = 0; k < rows.rows(); ++k) rows.row(k) = points.row(facet[std::size_t(k)]);
  return rows;
}

std::optional<double> certify_cover(const ExactCode& code, const std::vector<SurfaceFacet>& facets) {
  require_valid(code);
  constexpr long kMostDimension = 100;
  const long d = code.dimension;
  require(d >= 2 && d <= kMostDimension, "a cover is certified in dimensions 2 to 100");
  for (const SurfaceFacet& facet : facets)
    require(long(facet.size()) == d && facet.front() >= 0 && facet.back() < code.size() &&
                std::adjacent_find(facet.begin(), facet.end(), std::greater_equal<>()) == facet.end(),
            "a facet needs d different vertices of the code in increasing order");
  if (facets.empty()) return std::nullopt;
  const Matrix<double> points = hull_points(code), units = approx_centres(code);
  if (!are_units_certain(code, units)) return std::nullopt;
  std::vector<int> signs;
  double least = 1;
  for (const SurfaceFacet& facet : facets) {
    signs.push_back(certain_sign(vertices_of(facet, points)));
    if (signs.back() == 0) return std::nullopt;
    least = std::min(least, least_cosine(vertices_of(facet, units)));
  }
  // With a vertex at an angle of 90 degrees or more nothing follows for the points between.
  if (!(least > 0) || !is_closed(facets, signs)) return std::nullopt;
  return least;
}

}  // namespace shatterproof
