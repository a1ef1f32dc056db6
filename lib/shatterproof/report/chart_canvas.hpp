#pragma once
#include <string>

#include "shatterproof/report/chart.hpp"

/// The Cairo door: only where the build has Cairo (SHATTERPROOF_HAS_CAIRO).
namespace shatterproof::report {

enum class FigureFormat { svg, pdf };

/// The chart as the bytes of a file. Holds no date: the same chart gives the same bytes with the same fonts and Cairo.
/// Throws std::runtime_error when Cairo fails.
[[nodiscard]] std::string draw_chart(const Chart& chart, FigureFormat format);

}  // namespace shatterproof::report
