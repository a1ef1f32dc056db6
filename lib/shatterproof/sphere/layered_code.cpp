#include "shatterproof/sphere/layered_code.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "shatterproof/sphere/explicit_codes.hpp"
#include "shatterproof/sphere/staggered_bands.hpp"
#include "shatterproof/sphere/tightened.hpp"

namespace shatterproof {
namespace {

using namespace tightened;

/// Explicit codes of one dimension as a step function of x.
struct Steps {
  std::vector<double> half_chord;  ///< decreasing
  std::vector<double> count;       ///< increasing
};

const Steps& explicit_steps(long k) {
  thread_local std::map<long, Steps> known;
  const auto found = known.find(k);
  if (found != known.end()) return found->second;
  const PrecisionScope scope(128);
  Steps steps;
  for (const ExplicitCode& code : explicit_codes(k)) {
    steps.half_chord.push_back(half_chord_below(code.max_cosine.enclose()));
    steps.count.push_back(std::min(kLargestCount, Ball(code.count).lower_double()));
  }
  return known.emplace(k, std::move(steps)).first->second;
}

/// The last explicit code whose half chord is at least x; -1 if none.
long explicit_index(const Steps& steps, double x) {
  const auto end =
      std::partition_point(steps.half_chord.begin(), steps.half_chord.end(), [x](double h) { return h >= x; });
  return end - steps.half_chord.begin() - 1;
}

double polygon_count(double x) { return std::max(2.0, std::floor(std::numbers::pi / std::asin(x) * kLess)); }

}  // namespace

double half_chord_below(const Ball& max_cosine) {
  return sqrt((Ball(1) - max_cosine) / Ball(2)).lower_double() * kLess;
}

double LayeredCode::cell_of(double x) const { return cells_ == 0 ? x : next_cell(x, cells_); }

/// Visits the layers as (height, radius of the circle, how many such layers); an even number stands half at -height.
template <class Visit>
void LayeredCode::for_each_layer(double x, Start start, Visit&& visit) const {
  const double f = 2 * std::asin(x) * kMore;
  if (start == Start::pole) {
    const double layers = std::floor(2 * kQuarter / f);
    if (layers > most_layers_) return;
    for (double j = 0; j <= layers; ++j) visit(std::cos(j * f), std::sin(j * f), 1);
    return;
  }
  const double first = start == Start::equator ? 0 : 0.5;
  const double layers = std::floor(kQuarter / f - first) + 1;  // north of the equator, the equator itself included
  const double block = std::max(1.0, std::ceil(layers / most_layers_));
  for (double j = 0; j < layers; j += block) {
    const double last = std::min(j + block, layers) - 1;  // the smallest circle of the block serves for all of it
    const double latitude = (last + first) * f;
    const bool with_equator = start == Start::equator && j == 0;  // the equator is its own mirror image
    visit(std::sin(latitude), std::cos(latitude), 2 * (last - j + 1) - (with_equator ? 1 : 0));
  }
}

LayeredCode::Plan LayeredCode::make_plan(long k, double x) {
  Plan best;
  const Steps& steps = explicit_steps(k);
  const long index = explicit_index(steps, x);
  if (index >= 0) best = {steps.count[index], Start::explicit_code};
  for (Start start : {Start::equator, Start::straddle, Start::pole}) {
    double total = 0;
    for_each_layer(x, start, [&](double, double radius, double copies) {
      const double inner = inner_half_chord(x, radius);
      total += copies * (inner > 1 ? 1 : plan(k - 1, cell_of(inner)).count);
    });
    if (whole(total) > best.count) best = {whole(total), start};
  }
  if (k == 3)
    if (const double total = staggered_count(x); total > best.count) best = {total, Start::staggered};
  return best;
}

LayeredCode::Plan LayeredCode::plan(long k, double x) {
  if (k == 1) return {2, Start::pole};
  if (k == 2) return {polygon_count(x), Start::pole};
  if (cells_ == 0) return make_plan(k, x);
  const std::pair<long, double> key(k, x);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const Plan made = make_plan(k, x);
  known_.emplace(key, made);
  return made;
}

double LayeredCode::count(long k, double x) { return plan(k, x).count; }

Matrix<double> LayeredCode::build(long k, double x) {
  const Plan chosen = plan(k, x);
  Matrix<double> points = Matrix<double>::Zero(long(chosen.count), k);
  if (k == 1) {
    points << 1, -1;
    return points;
  }
  if (k == 2) {
    for (long i = 0; i < points.rows(); ++i) {
      const double angle = 2 * std::numbers::pi * double(i) / double(points.rows());
      points.row(i) << std::cos(angle), std::sin(angle);
    }
    return points;
  }
  if (chosen.start == Start::explicit_code)
    return approx_centres(explicit_codes(k)[explicit_index(explicit_steps(k), x)].build());
  if (chosen.start == Start::staggered) return staggered_points(x);
  long row = 0;
  const auto place = [&](double height, double radius, const Matrix<double>& circle) {
    points.col(0).segment(row, circle.rows()).setConstant(height);
    points.block(row, 1, circle.rows(), k - 1) = radius * circle;
    row += circle.rows();
  };
  for_each_layer(x, chosen.start, [&](double height, double radius, double copies) {
    const double inner = inner_half_chord(x, radius);
    Matrix<double> circle = Matrix<double>::Zero(1, k - 1);
    circle(0, 0) = 1;
    if (inner <= 1) circle = build(k - 1, cell_of(inner));
    place(height, radius, circle);
    if (copies == 2) place(-height, radius, circle);
  });
  return points;
}

}  // namespace shatterproof
