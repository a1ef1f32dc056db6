// Figures of packings: the ball with its caps, and inner products.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "shatterproof/numeric/rational.hpp"
#include "shatterproof/report/charts.hpp"

namespace shatterproof::report {
namespace {

constexpr int kHeld = 0, kEmpty = 1, kSamples = 6, kBall = 7;  // styles
constexpr double kPi = 3.14159265358979323846;

using Outline = std::vector<std::pair<double, double>>;

Outline circle(double radius) {
  constexpr int kCorners = 180;
  Outline outline;
  for (int i = 0; i < kCorners; ++i)
    outline.emplace_back(radius * std::cos(2 * kPi * i / kCorners), radius * std::sin(2 * kPi * i / kCorners));
  return outline;
}

/// {x in the disc: u.x >= 1 - h}: an arc and its chord.
Outline segment(const Point& centre, double h) {
  constexpr int kSteps = 24;
  const double middle = std::atan2(centre[1], centre[0]), half = std::acos(1 - h);
  Outline outline;
  for (int i = 0; i <= kSteps; ++i) {
    const double angle = middle - half + 2 * half * i / kSteps;
    outline.emplace_back(std::cos(angle), std::sin(angle));
  }
  return outline;
}

/// Seen from a direction off the axes, so that no symmetry of a code hides half of it: the first two are the
/// coordinates on paper, the third points to the reader.
Point turned(const Point& p) {
  const double a = 0.5, b = 0.35;
  const double x = std::cos(a) * p[0] + std::sin(a) * p[1], y = -std::sin(a) * p[0] + std::cos(a) * p[1];
  return {x, std::cos(b) * p[2] - std::sin(b) * y, std::sin(b) * p[2] + std::cos(b) * y};
}

/// The rim of a cap on the sphere as it is seen; empty unless all of it is on the near side.
Outline seen_cap(const Point& centre, double h) {
  constexpr int kCorners = 48;
  const Point u = turned(centre);
  // Two directions across u.
  const Point e = std::abs(u[2]) < 0.9 ? Point{0, 0, 1} : Point{1, 0, 0};
  Point v{u[1] * e[2] - u[2] * e[1], u[2] * e[0] - u[0] * e[2], u[0] * e[1] - u[1] * e[0]};
  const double length = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
  for (double& x : v) x /= length;
  const Point w{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
  const double radius = std::sqrt(h * (2 - h));
  Outline outline;
  for (int i = 0; i < kCorners; ++i) {
    const double c = radius * std::cos(2 * kPi * i / kCorners), s = radius * std::sin(2 * kPi * i / kCorners);
    if ((1 - h) * u[2] + c * v[2] + s * w[2] < 0) return {};
    outline.emplace_back((1 - h) * u[0] + c * v[0] + s * w[0], (1 - h) * u[1] + c * v[1] + s * w[1]);
  }
  return outline;
}

/// For drawing only: the rim is as good as rounding makes it.
bool is_in_a_cap(const PackingPicture& p, const Point& x, double h) {
  return std::any_of(p.centres.begin(), p.centres.end(),
                     [&](const Point& u) { return std::inner_product(u.begin(), u.end(), x.begin(), 0.0) > 1 - h; });
}

std::string counted(const PackingPicture& p) {
  const auto empty = std::count(p.empty.begin(), p.empty.end(), true);
  std::string text = p.count + " caps of parameter ε = " + p.eps + " (" + p.family + ")";
  if (!p.samples.empty())
    text += ", " + std::to_string(p.samples.size()) + " samples, " + std::to_string(empty) + " caps without a sample";
  return text;
}

Chart ball_chart(const PackingPicture& p) {
  Chart chart;
  chart.name = "packing-" + std::to_string(p.d);
  chart.title = "d = " + std::to_string(p.d) + ": " + p.count + " caps, ε = " + p.eps;
  chart.caption = (p.d == 2 ? "The disc with " : "The near side of the ball with ") + counted(p) +
                  ". The flat interpolant of Corollary I.3 is wrong on the empty caps.";
  chart.picture = true;
  chart.areas.push_back({circle(1), kBall, 0.15, true});
  const double h = std::pow(parse_rational(p.eps).get_d(), 2);
  for (std::size_t j = 0; j < p.centres.size(); ++j) {
    Outline outline = p.d == 2 ? segment(p.centres[j], h) : seen_cap(p.centres[j], h);
    if (!outline.empty()) chart.areas.push_back({std::move(outline), p.empty[j] ? kEmpty : kHeld, 0.55, true});
  }
  ChartSeries samples{p.d == 2 ? "sample" : "sample in a cap", {}, kSamples, false};
  for (const Point& x : p.samples) {
    const Point seen = p.d == 2 ? x : turned(x);
    // Of a ball, what lies deeper would seem to lie in the caps before it.
    if (p.d == 2 || (seen[2] > 0 && is_in_a_cap(p, x, h))) samples.points.push_back({seen[0], seen[1], {}, {}});
  }
  if (!samples.points.empty()) chart.series.push_back(std::move(samples));
  // Series without points, for the legend.
  const auto empty = static_cast<std::size_t>(std::count(p.empty.begin(), p.empty.end(), true));
  if (empty < p.empty.size()) chart.series.push_back({"cap with a sample", {}, kHeld, false});
  if (empty > 0) chart.series.push_back({"empty cap", {}, kEmpty, false});
  return chart;
}

Chart cosine_chart(const PackingPicture& p) {
  Chart chart;
  chart.name = "cosines-" + std::to_string(p.d);
  chart.title = "d = " + std::to_string(p.d) + ": " + p.count + " centres (" + p.family + ")";
  chart.caption = "Inner products of the " + p.count + " centres in dimension " + std::to_string(p.d) + " (" +
                  p.family + "), " + p.pairs + "; the largest is " + p.max_cosine + ".";
  chart.x.label = "inner product", chart.y.label = "pairs", chart.y.low = 0;
  for (std::size_t i = 0; i < p.counts.size(); ++i) {
    const double left = p.edges[i], right = p.edges[i + 1], height = static_cast<double>(p.counts[i]);
    if (height > 0) chart.areas.push_back({{{left, 0}, {right, 0}, {right, height}, {left, height}}, 0, 0.8, true});
  }
  return chart;
}

}  // namespace

std::vector<Chart> packing_charts(const Document& document) {
  std::vector<Chart> charts;
  for (const PackingPicture& p : document.packings)
    if (!p.centres.empty() && (p.d == 2 || p.d == 3)) charts.push_back(ball_chart(p));
  for (const PackingPicture& p : document.packings)
    if (Chart chart = cosine_chart(p); !chart.is_empty()) charts.push_back(std::move(chart));
  return charts;
}

}  // namespace shatterproof::report
