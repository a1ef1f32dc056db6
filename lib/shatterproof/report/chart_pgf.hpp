#pragma once
#include <string>

#include "shatterproof/report/chart.hpp"

namespace shatterproof::report {

/// The chart as a tikzpicture for pgfplots 1.17 or later and plain pdflatex, as wide as \linewidth at most. Series of
/// marks without a line are thinned to 600 points, which is what TeX's memory is good for.
[[nodiscard]] std::string pgf_of(const Chart& chart);

}  // namespace shatterproof::report
