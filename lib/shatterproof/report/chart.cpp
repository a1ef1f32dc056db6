#include "shatterproof/report/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace shatterproof::report {
namespace {

/// Collects coordinates that an axis can show.
class Extent {
 public:
  explicit Extent(const ChartAxis& axis) : axis_(axis) {}

  void add(double value) {
    if (!std::isfinite(value) || (axis_.log && value <= 0)) return;
    low_ = empty_ ? value : std::min(low_, value);
    high_ = empty_ ? value : std::max(high_, value);
    empty_ = false;
  }

  [[nodiscard]] ChartRange range() const {
    ChartRange range = empty_ ? (axis_.log ? ChartRange{1, 10} : ChartRange{0, 1}) : widened();
    if (axis_.low) range.low = *axis_.low;
    if (axis_.high) range.high = *axis_.high;
    return range;
  }

 private:
  [[nodiscard]] ChartRange widened() const {
    constexpr double kMargin = 0.04;
    if (axis_.log) {
      const double margin = low_ == high_ ? 2 : std::pow(high_ / low_, kMargin);
      return {low_ / margin, high_ * margin};
    }
    const double margin = low_ == high_ ? std::max(1.0, std::abs(low_)) / 2 : (high_ - low_) * kMargin;
    return {low_ - margin, high_ + margin};
  }

  const ChartAxis& axis_;
  bool empty_ = true;
  double low_ = 0, high_ = 0;
};

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value + 0.0);  // + 0: no "-0"
  return text;
}

std::vector<ChartTick> linear_ticks(const ChartRange& range) {
  const double raw = (range.high - range.low) / 6, power = std::pow(10, std::floor(std::log10(raw)));
  double step = 10 * power;
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= raw) {
      step = factor * power;
      break;
    }
  std::vector<ChartTick> ticks;
  for (double k = std::ceil(range.low / step - 1e-9); k * step <= range.high + 1e-9 * step; ++k)
    ticks.push_back({k * step, short_number(k * step)});
  return ticks;
}

std::vector<ChartTick> log_ticks(const ChartRange& range) {
  const int first = static_cast<int>(std::floor(std::log10(range.low))),
            last = static_cast<int>(std::ceil(std::log10(range.high)));
  const int decades = last - first, step = std::max(1, (decades + 7) / 8);
  const auto inside = [&](double x) { return x >= range.low * (1 - 1e-9) && x <= range.high * (1 + 1e-9); };
  int powers = 0;
  for (int e = first; e <= last; ++e) powers += inside(std::pow(10, e)) ? 1 : 0;
  std::vector<ChartTick> ticks;
  for (int e = first; e <= last; ++e) {
    const double power = std::pow(10, e);
    const bool labelled = ((e % step) + step) % step == 0, plain = powers < 2 && std::abs(e) <= 4;
    const std::string label = plain ? short_number(power) : "10^" + std::to_string(e);
    if (inside(power)) ticks.push_back({power, labelled ? label : "", e, labelled && !plain});
    for (int digit = 2; digit <= 9 && decades <= 8; ++digit)
      if (inside(digit * power))
        ticks.push_back({digit * power, powers < 2 && (digit == 2 || digit == 5) ? short_number(digit * power) : ""});
  }
  return ticks;
}

}  // namespace

const ChartStyle& chart_style(int style) {
  static const std::array<ChartStyle, 8> styles{{{0.000, 0.447, 0.698, "*"},
                                                 {0.835, 0.369, 0.000, "square*"},
                                                 {0.000, 0.620, 0.451, "triangle*"},
                                                 {0.800, 0.475, 0.655, "diamond*"},
                                                 {0.902, 0.624, 0.000, "o"},
                                                 {0.337, 0.706, 0.914, "square"},
                                                 {0.250, 0.250, 0.250, "triangle"},
                                                 {0.600, 0.600, 0.600, "diamond"}}};
  return styles[static_cast<std::size_t>(style) % styles.size()];
}

ChartDash chart_dash(const ChartSeries& series) {
  const bool again = series.style >= 8;
  if (series.dashed) return again ? ChartDash::dotted : ChartDash::dashed;
  return again ? ChartDash::dash_dotted : ChartDash::solid;
}

ChartRange range_of_x(const Chart& chart) {
  Extent extent(chart.x);
  for (const ChartSeries& series : chart.series)
    for (const ChartPoint& point : series.points) extent.add(point.x);
  for (const ChartArea& area : chart.areas)
    for (const auto& corner : area.outline) extent.add(corner.first);
  return extent.range();
}

ChartRange range_of_y(const Chart& chart) {
  Extent extent(chart.y);
  for (const ChartSeries& series : chart.series)
    for (const ChartPoint& point : series.points) {
      extent.add(point.y);
      if (point.low) extent.add(*point.low);
      if (point.high) extent.add(*point.high);
    }
  for (const ChartArea& area : chart.areas)
    for (const auto& corner : area.outline) extent.add(corner.second);
  return extent.range();
}

std::vector<ChartTick> ticks_of(const ChartAxis& axis, const ChartRange& range) {
  if (axis.ticks.empty()) return axis.log ? log_ticks(range) : linear_ticks(range);
  std::vector<ChartTick> ticks;
  for (const auto& [at, label] : axis.ticks) ticks.push_back({at, label});
  return ticks;
}

}  // namespace shatterproof::report
