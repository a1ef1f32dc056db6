// Figures of constants, numbers of caps and bounds.
#include <algorithm>
#include <cmath>

#include "shatterproof/report/charts.hpp"

namespace shatterproof::report {
namespace {

/// The id without the name of the paper, fit for a file.
std::string short_id(const std::string& id) {
  std::string text = id.substr(id.find('/') + 1);
  std::replace(text.begin(), text.end(), '/', '-');
  return text;
}

double middle_of(const Enclosure& e) { return (drawn_value(e.lower) + drawn_value(e.upper)) / 2; }

bool all_positive(const std::vector<ChartPoint>& points) {
  return std::all_of(points.begin(), points.end(), [](const ChartPoint& p) { return p.y > 0; });
}

Chart slack_chart(const Document& document) {
  Chart chart;
  chart.name = "constants", chart.title = "Slack of the stated constants";
  chart.caption =
      "How many times the stated constant is weaker than the best possible one, which is enclosed by ball arithmetic. "
      "A slack of 1 cannot be improved.";
  chart.x.label = "d", chart.y.label = "slack", chart.y.log = true;
  for (const Constant& constant : document.constants) {
    ChartSeries series{short_id(constant.claim), {}, static_cast<int>(chart.series.size())};
    for (const ConstantPoint& point : constant.points)
      if (point.slack && *point.slack > 0)
        series.points.push_back({static_cast<double>(point.value), *point.slack, {}, {}});
    series.marks = series.points.size() <= 30;
    if (!series.points.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

Chart constant_chart(const Constant& constant) {
  Chart chart;
  chart.name = "constant-" + short_id(constant.claim), chart.title = constant.name;
  chart.caption = "The constant of " + constant.claim + ": the best possible one, enclosed" +
                  (constant.points.front().stated ? ", and the stated one." : ".");
  ChartSeries sharp{"best possible", {}, 0}, stated{"stated", {}, 1};
  for (const ConstantPoint& point : constant.points) {
    sharp.points.push_back({static_cast<double>(point.value), middle_of(point.sharp), {}, {}});
    if (point.stated) stated.points.push_back({static_cast<double>(point.value), middle_of(*point.stated), {}, {}});
  }
  chart.x.label = constant.variable, chart.y.label = "constant";
  chart.y.log = all_positive(sharp.points);
  sharp.marks = stated.marks = sharp.points.size() <= 30;
  stated.dashed = true;
  chart.series.push_back(std::move(sharp));
  if (!stated.points.empty()) chart.series.push_back(std::move(stated));
  return chart;
}

/// Upper bounds and measurements, the lower bounds of the paper, and the best others at the largest n: more lines could
/// not be told apart.
std::vector<const BoundKind*> shown_kinds(const Document& document, const Bounds& bounds) {
  constexpr std::size_t kMostLower = 4;
  std::vector<const BoundKind*> shown, lower;
  for (const BoundKind& kind : document.bound_kinds)
    (kind.side == BoundKind::Side::lower && !kind.stated ? lower : shown).push_back(&kind);
  const auto last = [&](const BoundKind* kind) {
    const auto found = bounds.points.back().values.find(kind->key);
    return found == bounds.points.back().values.end() ? 0 : found->second.value;
  };
  std::stable_sort(lower.begin(), lower.end(),
                   [&](const BoundKind* a, const BoundKind* b) { return last(a) > last(b); });
  lower.resize(std::min(lower.size(), kMostLower));
  shown.insert(shown.end(), lower.begin(), lower.end());
  return shown;
}

/// Without its range if that reaches 0, which a logarithmic axis cannot show.
ChartPoint on_log_axis(const ChartPoint& point) {
  return point.low && *point.low > 0 ? point : ChartPoint{point.x, point.y, {}, {}};
}

Chart bound_chart(const Document& document, const Bounds& bounds) {
  Chart chart;
  chart.name = "bounds-d" + std::to_string(bounds.d);
  chart.title = "d = " + std::to_string(bounds.d) + ", σ = " + bounds.sigma + ", η = " + bounds.eta;
  chart.caption =
      "Upper bounds (dashed), the stated and the best lower bounds, and measured errors against n for d = " +
      std::to_string(bounds.d) + ", σ = " + bounds.sigma + ", η = " + bounds.eta +
      ", |f0|, |f|, |y| ≤ B = " + bounds.sup + ", |f0|_Vg ≤ C = " + bounds.seminorm +
      ", measure P, upper bounds with probability 1 − δ, δ = " + bounds.delta +
      ", where they say something. Numerical values. Errors of training are those of one truth each, "
      "while the lower bounds are about the worst of the class.";
  chart.x.label = "n", chart.y.label = "squared risk", chart.x.log = chart.y.log = true;
  if (bounds.points.empty()) return chart;
  for (const BoundKind* kind : shown_kinds(document, bounds)) {
    ChartSeries series{kind->label, {}, static_cast<int>(chart.series.size())};
    for (const BoundPoint& point : bounds.points)
      if (const auto found = point.values.find(kind->key); found != point.values.end())
        series.points.push_back(on_log_axis({point.n, found->second.value, found->second.lower, found->second.upper}));
    series.dashed = kind->side == BoundKind::Side::upper;
    series.line = kind->side != BoundKind::Side::measured;
    if (!series.points.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace

std::vector<Chart> constant_charts(const Document& document) {
  std::vector<Chart> charts;
  if (Chart slack = slack_chart(document); !slack.is_empty()) charts.push_back(std::move(slack));
  for (const Constant& constant : document.constants) charts.push_back(constant_chart(constant));
  return charts;
}

std::vector<Chart> cap_charts(const Document& document) {
  constexpr std::size_t kMostLines = 4;
  const std::size_t all = document.packing_bounds.size();
  if (all == 0) return {};
  Chart chart;
  chart.name = "caps", chart.title = "Disjoint caps: known to exist, and possible at most";
  chart.caption =
      "The number N of disjoint caps of parameter ε that are known to exist (built, or by the area argument; solid), "
      "and the best upper bound on it (dashed).";
  chart.x.label = "d", chart.y.label = "N", chart.y.log = true;
  const std::size_t step = (all + kMostLines - 1) / kMostLines;
  for (std::size_t i = 0; i < all; i += step) {
    const PackingBounds& bounds = document.packing_bounds[i];
    const int style = static_cast<int>(i / step);
    ChartSeries known{"ε = " + bounds.eps, {}, style}, most{"", {}, style};
    for (const PackingBoundPoint& point : bounds.points) {
      const auto d = static_cast<double>(point.d);
      known.points.push_back({d, drawn_value(point.count), {}, {}});
      most.points.push_back({d, drawn_value(point.upper), {}, {}});
    }
    most.marks = false, most.dashed = true;
    chart.series.push_back(std::move(known));
    chart.series.push_back(std::move(most));
  }
  return {chart};
}

std::vector<Chart> bound_charts(const Document& document) {
  std::vector<Chart> charts;
  for (const Bounds& bounds : document.bounds)
    if (Chart chart = bound_chart(document, bounds); !chart.is_empty()) charts.push_back(std::move(chart));
  return charts;
}

}  // namespace shatterproof::report
