#pragma once
#include <cmath>

#include "shatterproof/report/chart.hpp"

namespace shatterproof::report {

/// From the coordinates of an axis to points of the page.
class ChartScale {
 public:
  ChartScale(bool log, const ChartRange& range, double from, double to) : log_(log), from_(from), to_(to) {
    low_ = shown(range.low), high_ = shown(range.high);
  }
  [[nodiscard]] double operator()(double value) const {
    return from_ + (shown(value) - low_) / (high_ - low_) * (to_ - from_);
  }
  [[nodiscard]] bool shows(double value) const { return std::isfinite(value) && (!log_ || value > 0); }

 private:
  [[nodiscard]] double shown(double value) const { return log_ ? std::log10(value) : value; }
  bool log_;
  double from_, to_, low_ = 0, high_ = 1;
};

}  // namespace shatterproof::report
