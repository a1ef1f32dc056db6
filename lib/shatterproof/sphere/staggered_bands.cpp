#include "shatterproof/sphere/staggered_bands.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "shatterproof/sphere/tightened.hpp"

namespace shatterproof {
namespace {

using namespace tightened;

/// A band whose rings all have at least the radius r; `rings` and `first` are left to the caller.
StaggeredBand band_of_radius(double x, double r) {
  StaggeredBand band;
  const double f = 2 * std::asin(x) * kMore;
  band.points = std::floor(std::numbers::pi / std::asin(std::min(1.0, x / (r * kLess) * kMore)) * kLess);
  const double across = r * kLess * std::sin(std::numbers::pi / (2 * band.points));
  const double rest = x * x * kMore * kMore - across * across * kLess;
  band.step = std::max(f / 2, rest > 0 ? 2 * std::asin(std::sqrt(rest)) * kMore : 0) * kMore;
  return band;
}

/// Numbers of rings to try: 1, 2, 3, 4, 6, 8, 12, ...
double next_trial(double rings) { return rings < 4 ? rings + 1 : std::floor(rings * 4 / 3); }

/// The band of most points for its area. The rings stand from `first` to the north (equator: symmetric, first unused).
StaggeredBand best_band(double x, double first, bool at_equator) {
  const double f = 2 * std::asin(x) * kMore, widest = 2 * std::asin(std::min(1.0, std::sqrt(0.75) * x)) * kMore;
  StaggeredBand best;
  double record = 0;
  for (double rings = 1; rings < 1e7; rings = next_trial(rings)) {
    const double extent = (rings - 1) * std::max(widest, f / 2 * kMore) * kMore;
    const double last = at_equator ? extent / 2 : first + extent;  // no ring is farther north
    if (last > kQuarter) break;
    const double r = std::cos(last);
    if (r < kSmallestSine || x * kMore * kMore > r) break;
    StaggeredBand band = band_of_radius(x, r);
    if (band.points < 2) break;
    band.rings = rings;
    const double height = (rings - 1) * band.step;
    band.first = at_equator ? -height / 2 : first;
    const double north = std::sin(std::min(kQuarter, (at_equator ? height / 2 : first + height) + f / 2));
    const double area = at_equator ? 2 * north : north - std::sin(first - f / 2);
    const double score = rings * band.points / area;
    if (score > record) record = score, best = band;
    if (score < 0.8 * record) break;
  }
  return best;
}

double last_latitude(const StaggeredBand& band) { return band.first + (band.rings - 1) * band.step; }

/// Whether a point at the pole is at least f from the last band.
bool has_pole(const StaggeredBand& last, double x) {
  return last_latitude(last) + 2 * std::asin(x) * kMore * kMore <= kQuarter;
}

}  // namespace

std::vector<StaggeredBand> staggered_bands(double x) {
  std::vector<StaggeredBand> bands;
  if (!(x >= kLeastStaggeredChord && x <= 0.5)) return bands;
  bands.push_back(best_band(x, 0, true));
  const double f = 2 * std::asin(x) * kMore * kMore;
  while (bands.back().rings > 0) bands.push_back(best_band(x, last_latitude(bands.back()) + f, false));
  bands.pop_back();
  return bands;
}

double staggered_count(double x) {
  const std::vector<StaggeredBand> bands = staggered_bands(x);
  if (bands.empty()) return 0;
  double count = bands[0].rings * bands[0].points;
  for (std::size_t i = 1; i < bands.size(); ++i) count += 2 * bands[i].rings * bands[i].points;
  if (has_pole(bands.back(), x)) count += 2;
  return count;  // below 2^53: x >= 2^-18 leaves room for less than 2^40 points
}

Matrix<double> staggered_points(double x) {
  const std::vector<StaggeredBand> bands = staggered_bands(x);
  Matrix<double> points = Matrix<double>::Zero(long(staggered_count(x)), 3);
  long row = 0;
  for (std::size_t b = 0; b < bands.size(); ++b)
    for (double side : {1.0, -1.0})
      for (double i = 0; i < (b == 0 && side < 0 ? 0 : bands[b].rings); ++i) {
        const double latitude = side * (bands[b].first + i * bands[b].step);
        const double turn = std::fmod(i, 2) == 0 ? 0 : 0.5;
        for (double j = 0; j < bands[b].points; ++j, ++row) {
          const double angle = 2 * std::numbers::pi * (j + turn) / bands[b].points;
          points.row(row) << std::sin(latitude), std::cos(latitude) * std::cos(angle),
              std::cos(latitude) * std::sin(angle);
        }
      }
  if (!bands.empty() && has_pole(bands.back(), x)) points(row, 0) = 1, points(row + 1, 0) = -1;
  return points;
}

}  // namespace shatterproof
