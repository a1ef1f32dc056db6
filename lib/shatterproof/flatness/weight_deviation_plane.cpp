// The suprema of Theorem E.5 in the plane: branch and bound over arcs of directions and the cells on them.
#include <algorithm>
#include <queue>

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/plane_arcs.hpp"
#include "shatterproof/flatness/weight_deviation.hpp"
#include "shatterproof/flatness/weight_function.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"

namespace shatterproof {
namespace {

using shatterproof::dot;  // the overload below would hide it

constexpr Bits kBits = 80;

/// A vector of the plane in balls.
struct Pair {
  Ball x, y;
};

Pair pair_of(const PlanePoint& p) { return {Ball(p(0)), Ball(p(1))}; }
Pair operator+(const Pair& a, const Pair& b) { return {a.x + b.x, a.y + b.y}; }
Pair operator*(const Ball& c, const Pair& a) { return {c * a.x, c * a.y}; }
Ball dot(const Pair& a, const Pair& b) { return a.x * b.x + a.y * b.y; }
/// s moments counted from the place x: q - p x; times the norm of the moments.
Pair excess_vector(const SampleSums& sums, const Pair& x, const Ball& norm) {
  return norm * (pair_of(sums.q) + Ball(Rational(-sums.p)) * x);
}

/// All directions within `radius` of u = (cos theta, sin theta).
struct Fan {
  Pair u, across;
  Ball radius;

  Fan(const Ball& theta, const Ball& r) : u{cos(theta), sin(theta)}, across{-u.y, u.x}, radius(r) {}

  /// The largest of v.w over the directions v of the fan: v.w = cos(a) u.w + sin(a) across.w, |a| <= radius <= pi/2.
  [[nodiscard]] Ball largest(const Pair& w) const {
    const Ball along = dot(u, w);
    if (!certainly_less(radius, Ball(1))) return sqrt_nonnegative(dot(w, w));
    return max(along, along * cos(radius)) + abs(dot(across, w)) * sin(radius);
  }
};

/// A piece over an interval of angles and, for a cell, the part of it between two points that move along.
struct Part {
  const Arc* arc;
  const ArcPiece* piece;
  PlanePoint first, second;
  double from, to;   ///< angles; the ends of an arc are rounded outward
  double upper = 0;  ///< of the supremum over the part
  bool turn = true;  ///< halve the angles next, not the part of the cell
};

struct SmallerUpper {
  bool operator()(const Part& a, const Part& b) const { return a.upper < b.upper; }
};

/// What was found at the middle of a part.
struct PartBounds {
  Ball lower, upper;
  Ball upper_at_middle;  ///< the upper bound for the middle direction alone
};

/// g_n - g_P on a part of a cell. For any mean m of the two lines of g_n and any supporting line of g_P the difference
/// is below a line in t, whose values at both ends are v.w + constant: largest over the fan in closed form.
PartBounds bound_cell(const Part& part, const Fan& fan) {
  const ArcPiece& piece = *part.piece;
  const Ball a = sums_norm(piece.above), b = sums_norm(piece.below);
  const Pair ends[2] = {pair_of(part.first), pair_of(part.second)};
  const Ball left = dot(fan.u, ends[0]), right = dot(fan.u, ends[1]);
  Ball t = Ball((left + right) / Ball(2)).mid();
  // Rounding must not carry the supporting line to the other side of the kink.
  t = piece.side > 0 ? max(t, Ball(0)).mid() : min(t, Ball(0)).mid();
  const WeightAndSlope w = enclose_weight_and_slope(2, t, piece.side);
  const Ball falling_rate = a * Ball(piece.above.p), rising_rate = b * Ball(piece.below.p);
  const Ball flat = Ball((rising_rate - w.slope) / (falling_rate + rising_rate)).mid();
  PartBounds best{Ball(-3), Ball(3), Ball(3)};
  for (const Ball& wanted : {Ball(0), Ball(1), flat}) {
    const Ball m = max(Ball(0), min(Ball(1), wanted)).mid();
    Ball over_fan = Ball(-3), at_middle = Ball(-3);
    for (const Pair& x : ends) {
      const Pair direction =
          m * excess_vector(piece.above, x, a) + (m - Ball(1)) * excess_vector(piece.below, x, b) + (-w.slope) * x;
      const Ball constant = w.slope * t - w.value;
      over_fan = max(over_fan, fan.largest(direction) + constant);
      at_middle = max(at_middle, dot(fan.u, direction) + constant);
    }
    best.upper = min(best.upper, over_fan);
    best.upper_at_middle = min(best.upper_at_middle, at_middle);
  }
  if (certainly_less_or_equal(left, t) && certainly_less_or_equal(t, right)) {
    const Ball falling = a * dot(fan.u, pair_of(piece.above.q)) - t * falling_rate,
               rising = t * rising_rate - b * dot(fan.u, pair_of(piece.below.q));
    best.lower = min(falling, rising) - w.value;
  }
  return best;
}

/// g_P - g_n on the curve t = u.x. g_P is convex, so a chord over the range of t lies above it; both lines of g_n and
/// the chord are v.w + constant on the curve. A chord that starts at t = 0 stays above g_P beyond it.
PartBounds bound_curve(const Part& part, const Fan& fan) {
  const ArcPiece& piece = *part.piece;
  const Pair x = pair_of(part.first);
  const Ball z = dot(fan.u, x), length = sqrt_nonnegative(dot(x, x)), end = piece.side > 0 ? Ball(1) : Ball(-1),
             zero(0);
  const auto weight = [](const Ball& t) { return uniform_ball::weight(2, Ball(1) - abs(t)); };
  const auto clipped = [&](const Ball& t) { return max(min(zero, end), min(max(zero, end), t)).mid(); };
  const Ball low = clipped((z - length * fan.radius).lower()), high = clipped((z + length * fan.radius).upper());
  const Ball at_low = weight(low), at_high = weight(high);
  const Ball rise = certainly_less(low, high) ? (at_high - at_low) / (high - low) : Ball(0);
  const Ball constant = max(at_low - rise * low, at_high - rise * high);
  PartBounds bounds{weight(z), Ball(-3), Ball(-3)};
  Ball empirical(3);
  const auto see = [&](const Pair& line) {  // a line of g_n is v.line
    const Pair direction = rise * x + Ball(-1) * line;
    bounds.upper = max(bounds.upper, fan.largest(direction) + constant);
    empirical = min(empirical, dot(fan.u, line));
  };
  see(excess_vector(piece.above, x, sums_norm(piece.above)));
  see(-sums_norm(piece.below) * excess_vector(piece.below, x, Ball(1)));
  bounds.lower -= empirical;
  return bounds;
}

class Search {
 public:
  Search(Ball lower, double tolerance) : lower_(std::move(lower)), tolerance_(tolerance) {}

  void add(Part part) {
    const Ball from = Ball::exact(part.from), to = Ball::exact(part.to), theta = ((from + to) / Ball(2)).mid();
    const Fan fan(theta, max(to - theta, theta - from));
    const PartBounds bounds = part.piece->on_curve ? bound_curve(part, fan) : bound_cell(part, fan);
    // Only a direction that certainly belongs to the open arc gives values of the deviation.
    if (certainly_less(part.arc->from, theta) && certainly_less(theta, part.arc->to))
      lower_ = max(lower_, bounds.lower);
    part.upper = bounds.upper.upper_double();
    const double from_turn = (bounds.upper - bounds.upper_at_middle).upper_double(),
                 from_cell = (bounds.upper_at_middle - bounds.lower).upper_double();
    part.turn = part.piece->on_curve || !(from_cell > from_turn);
    parts_.push(std::move(part));
  }

  [[nodiscard]] Ball run(long most_steps) {
    for (long step = 0; step < most_steps && !parts_.empty(); ++step) {
      if (parts_.top().upper <= lower_.lower_double() + 2 * tolerance_) break;
      const Part widest = parts_.top();
      parts_.pop();
      Part one = widest, other = widest;
      if (widest.turn) {
        one.to = other.from = widest.from + (widest.to - widest.from) / 2;
      } else {
        one.second = other.first =
            plane_point((widest.first(0) + widest.second(0)) / 2, (widest.first(1) + widest.second(1)) / 2);
      }
      add(std::move(one));
      add(std::move(other));
    }
    return Ball::interval(lower_, parts_.empty() ? lower_ : max(lower_, Ball::exact(parts_.top().upper)));
  }

 private:
  Ball lower_;
  double tolerance_;
  std::priority_queue<Part, std::vector<Part>, SmallerUpper> parts_;
};

/// sup of g_P - g_n over the vertices: hyperplanes through two or more sites, which count for neither side.
Ball largest_at_vertices(const Matrix<Rational>& X, const std::vector<Site>& sites) {
  Ball largest = 0;
  for (std::size_t i = 0; i < sites.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const PlanePoint w = plane_point(sites[j].x(1) - sites[i].x(1), sites[i].x(0) - sites[j].x(0));
      const Rational b = dot(w, sites[i].x);
      const Ball norm = sqrt(Ball(dot(w, w)));
      const Ball population = uniform_ball::weight(2, Ball(1) - abs(Ball(b)) / norm);
      largest = max(largest, population - enclose_scaled_weights(X, w, b).g / norm);
    }
  return largest;
}

Ball supremum(const std::vector<Arc>& arcs, bool on_curve, const Ball& known, double tolerance, long most_steps) {
  Search search(known, tolerance);
  for (const Arc& arc : arcs)
    for (const ArcPiece& piece : arc.pieces)
      if (piece.on_curve == on_curve)
        search.add({&arc, &piece, piece.first, piece.second, arc.from.lower_double(), arc.to.upper_double()});
  return search.run(most_steps);
}

}  // namespace

WeightDeviation enclose_deviation_plane(const Matrix<Rational>& X, double tolerance, long most_steps) {
  require(tolerance > 0, "the tolerance must be positive");
  const PrecisionScope scope(kBits);
  const std::vector<Site> sites = plane_sites(X);
  const std::vector<Arc> arcs = plane_arcs(sites, X.rows());
  return {supremum(arcs, false, Ball(0), tolerance, most_steps),
          supremum(arcs, true, largest_at_vertices(X, sites), tolerance, most_steps)};
}

}  // namespace shatterproof
