#include "shatterproof/flatness/plane_arcs.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

Rational cross(const PlanePoint& a, const PlanePoint& b) { return a(0) * b(1) - a(1) * b(0); }
PlanePoint sum(const PlanePoint& a, const PlanePoint& b) { return plane_point(a(0) + b(0), a(1) + b(1)); }
PlanePoint difference(const PlanePoint& a, const PlanePoint& b) { return plane_point(a(0) - b(0), a(1) - b(1)); }

/// Directions with angle in [0, pi) at which two sites have the same projection, by angle, each once.
std::vector<PlanePoint> critical_directions(const std::vector<Site>& sites) {
  std::vector<PlanePoint> list;
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const PlanePoint gap = difference(sites[i].x, sites[j].x);
      const bool upper = gap(0) > 0 || (gap(0) == 0 && gap(1) < 0);
      list.push_back(upper ? plane_point(-gap(1), gap(0)) : plane_point(gap(1), -gap(0)));
    }
  std::sort(list.begin(), list.end(), [](const PlanePoint& a, const PlanePoint& b) { return cross(a, b) > 0; });
  const auto parallel = [](const PlanePoint& a, const PlanePoint& b) { return cross(a, b) == 0; };
  list.erase(std::unique(list.begin(), list.end(), parallel), list.end());
  return list;
}

/// The angle of a direction, in [0, pi). acos would leave its domain by rounding.
Ball angle(const PlanePoint& w) {
  if (w(0) == 0) return Ball::pi() / Ball(2);
  const Ball slope = atan(Ball(Rational(w(1) / w(0))));
  return w(0) > 0 ? slope : Ball::pi() + slope;
}

/// The sites in the order of their projections on a direction inside the arc, and what lies between.
std::vector<ArcPiece> pieces_of(const std::vector<Site>& sites, const PlanePoint& inside, long samples) {
  std::vector<Site> order = sites;
  std::sort(order.begin(), order.end(),
            [&](const Site& a, const Site& b) { return dot(a.x, inside) < dot(b.x, inside); });
  std::vector<SampleSums> first{{0, plane_point(0, 0)}};
  for (const Site& site : order) {
    Rational share(site.count, samples);
    share.canonicalize();
    const SampleSums& last = first.back();
    first.push_back({last.p + share, sum(last.q, plane_point(share * site.x(0), share * site.x(1)))});
  }
  const auto behind = [&](std::size_t k) {
    return SampleSums{first.back().p - first[k].p, difference(first.back().q, first[k].q)};
  };
  std::vector<ArcPiece> pieces;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const PlanePoint& x = order[k].x;
    const int side = dot(x, inside) < 0 ? -1 : 1;
    if (order[k].count > 0) pieces.push_back({x, x, behind(k + 1), first[k], true, side});
    if (k > 0) {
      const PlanePoint& before = order[k - 1].x;
      pieces.push_back({before, x, behind(k), first[k], false, dot(sum(before, x), inside) < 0 ? -1 : 1});
    }
  }
  return pieces;
}

}  // namespace

PlanePoint plane_point(const Rational& x, const Rational& y) {
  PlanePoint p(2);
  p(0) = x;
  p(1) = y;
  return p;
}

Rational dot(const PlanePoint& a, const PlanePoint& b) { return a(0) * b(0) + a(1) * b(1); }

std::vector<Site> plane_sites(const Matrix<Rational>& X) {
  require(X.cols() == 2 && X.rows() >= 1, "at least one sample in the plane is needed");
  std::vector<Site> sites{{plane_point(0, 0), 0}};
  for (Eigen::Index i = 0; i < X.rows(); ++i) {
    const PlanePoint x = plane_point(X(i, 0), X(i, 1));
    require(dot(x, x) <= 1, "sample " + std::to_string(i) + " lies outside the unit ball");
    const auto same = [&](const Site& s) { return s.x(0) == x(0) && s.x(1) == x(1); };
    const auto found = std::find_if(sites.begin(), sites.end(), same);
    if (found == sites.end()) {
      sites.push_back({x, 1});
    } else {
      ++found->count;
    }
  }
  return sites;
}

std::vector<Arc> plane_arcs(const std::vector<Site>& sites, long samples) {
  const Ball pi = Ball::pi();
  const std::vector<PlanePoint> critical = critical_directions(sites);
  if (critical.empty()) return {{Ball(0), pi, pieces_of(sites, plane_point(1, 0), samples)}};
  std::vector<Arc> arcs;
  for (std::size_t k = 0; k < critical.size(); ++k) {
    const bool last = k + 1 == critical.size();
    const PlanePoint &a = critical[k], &next = critical[last ? 0 : k + 1];
    const PlanePoint b = last ? plane_point(-next(0), -next(1)) : next;
    // Between two directions less than pi apart lies their sum; if there is only one direction, its perpendicular.
    const PlanePoint inside = cross(a, b) == 0 ? plane_point(-a(1), a(0)) : sum(a, b);
    arcs.push_back({angle(a), last ? pi + angle(next) : angle(b), pieces_of(sites, inside, samples)});
  }
  return arcs;
}

}  // namespace shatterproof
