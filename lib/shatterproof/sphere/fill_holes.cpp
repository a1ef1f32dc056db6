#include "shatterproof/sphere/fill_holes.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"
#include "shatterproof/sphere/rounded_code.hpp"

namespace shatterproof {
namespace {

/// The direction as a row of integers in the coordinates of the code; exactly in the span of its frame.
IntegerMatrix integer_row(const ExactCode& code, const Vector<double>& direction) {
  constexpr double kHoleScale = 0x1p44;
  const long m = code.rational.cols();
  IntegerMatrix row = IntegerMatrix::Zero(1, m);
  for (long j = 0; j < code.dimension; ++j) {
    if (code.frame.size() == 0) {
      row(0, j) = std::llround(kHoleScale * direction(j));
      continue;
    }
    const double length = code.frame.row(j).cast<double>().norm();
    row += std::int64_t(std::llround(kHoleScale * direction(j) / length)) * code.frame.row(j);
  }
  return row;
}

ExactCode with_row(const ExactCode& code, const IntegerMatrix& row) {
  ExactCode larger = code;
  larger.rational.conservativeResize(code.size() + 1, Eigen::NoChange);
  larger.rational.row(code.size()) = row.row(0);
  return larger;
}

/// Exactly: the row is separated from every centre. Doubles rule out all but the near ones.
bool fits(const ExactCode& code, const Matrix<double>& units, const IntegerMatrix& row, const Vector<double>& direction,
          const Rational& s) {
  constexpr double kNear = 1e-9;
  const Vector<double> cosines = units * direction;
  if (cosines.maxCoeff() > s.get_d() + kNear) return false;
  ExactCode near;
  near.dimension = code.dimension, near.frame = code.frame;
  near.rational = row;
  for (long i = 0; i < code.size(); ++i) {
    if (cosines(i) < s.get_d() - kNear) continue;
    near.rational.conservativeResize(2, Eigen::NoChange);
    near.rational.row(1) = code.rational.row(i);
    if (!certify_separation(near, s).certified) return false;
  }
  return true;
}

/// One direction down the log-sum-exp of u_i.x at growing steepness.
Vector<double> descend_into_hole(const Matrix<double>& units, Vector<double> x) {
  constexpr int kSteps = 60;
  double steepness = 8;
  for (int step = 0; step < kSteps; ++step, steepness *= 1.12) {
    Vector<double> weight = units * x;
    weight = ((weight.array() - weight.maxCoeff()) * steepness).exp();
    const Vector<double> pull = units.transpose() * weight / weight.sum();
    x -= (4 / steepness) * (pull - pull.dot(x) * x);
    x.normalize();
  }
  return x;
}

}  // namespace

Packing fill_holes(Packing packing, const HoleFinder& find, long rounds, const std::function<bool(long)>& may_go_on) {
  if (!packing.code || !packing.certified || packing.dimension < 3) return packing;
  const Rational s = cosine_of_separation(packing.eps);
  ExactCode code = packing.code->irrational.size() == 0 ? *packing.code : rounded_code(approx_centres(*packing.code));
  Matrix<double> units = approx_centres(code);
  long added = 0, round = 0;
  bool is_done = rounds == 0;
  for (; round < rounds && !is_done && (!may_go_on || may_go_on(added)); ++round) {
    const long before = added;
    for (const Vector<double>& direction : find(code)) {
      const IntegerMatrix row = integer_row(code, direction);
      if (!fits(code, units, row, direction, s)) continue;
      code = with_row(code, row), ++added;
      units = approx_centres(code);
    }
    is_done = added == before;
  }
  const std::string stopped =
      is_done ? "" : "; the search for holes was stopped after round " + std::to_string(round) + ", there may be more";
  if (added == 0) return packing.certificate += stopped, packing;
  Packing filled =
      packing_of_code(std::move(code), packing.eps, packing.family + " + " + std::to_string(added) + " in holes");
  filled.certificate += stopped;
  return filled.certified ? filled : packing;
}

HoleFinder search_for_holes(std::uint64_t seed, long least_starts) {
  return [seed, least_starts](const ExactCode& code) {
    constexpr double kWork = 1e8;  // multiplications in all
    const double each = 120.0 * double(code.size()) * double(code.dimension);
    const long starts = std::max(least_starts, std::min(200L, long(kWork / each)));
    const Matrix<double> units = approx_centres(code);
    Random random(seed + static_cast<std::uint64_t>(code.size()));
    std::vector<std::pair<double, Vector<double>>> found;
    for (long k = 0; k < starts; ++k) {
      const std::vector<double> start = random.unit_vector(int(code.dimension));
      const Vector<double> x =
          descend_into_hole(units, Eigen::Map<const Vector<double>>(start.data(), long(start.size())));
      if (x.allFinite()) found.emplace_back((units * x).maxCoeff(), x);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Vector<double>> directions;
    for (const auto& hole : found) directions.push_back(hole.second);
    return directions;
  };
}

Ball hole_radius(const ExactCode& code, const Vector<double>& direction) {
  require(code.irrational.size() == 0, "hole_radius needs integer vectors");
  require(direction.size() == code.dimension && direction.allFinite(), "hole_radius: bad direction");
  const ExactCode larger = with_row(code, integer_row(code, direction));
  require_valid(larger);
  const long last = code.size();
  const auto value = [&](long i, long j) { return Ball(to_integer(inner_product(larger, i, j).first)); };
  const Ball norm = value(last, last);
  Ball closest(-1);
  for (long i = 0; i < last; ++i) closest = max(closest, value(i, last) / sqrt(value(i, i) * norm));
  return acos(min(closest, Ball(1)));
}

}  // namespace shatterproof
