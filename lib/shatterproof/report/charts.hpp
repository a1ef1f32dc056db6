#pragma once
#include <set>

#include "shatterproof/report/chart.hpp"
#include "shatterproof/report/document.hpp"

namespace shatterproof::report {

/// Every figure of the document, in its order; sections that are empty give none. Names: constants, constant-ID,
/// caps, bounds-dD, packing-D, cosines-D, flatness, chain, loss, sharpness, shattering, error-ID; of several with one
/// name all but the first end in -2, -3 ...
[[nodiscard]] std::vector<Chart> charts_of(const Document& document);

/// The chart of that name, or the first whose name begins with it and '-' ("bounds" for "bounds-d2"). Throws
/// PreconditionError naming those that there are.
[[nodiscard]] const Chart& chart_named(const std::vector<Chart>& charts, const std::string& name);

/// What each family of figures shows, "bounds" for "bounds-d2" and so on, and the section that it is made of.
struct FigureFamily {
  std::string name, section, meaning;
};
[[nodiscard]] const std::vector<FigureFamily>& figure_families();
/// The section that the figure of this name needs. Throws PreconditionError naming the families.
[[nodiscard]] std::string section_of_figure(const std::string& name);

/// For drawing only: NaN, which is not drawn, for what is no finite number ("inf").
[[nodiscard]] double drawn_value(const std::string& decimal);

// The parts that charts_of is made of.
[[nodiscard]] std::vector<Chart> constant_charts(const Document& document);
[[nodiscard]] std::vector<Chart> cap_charts(const Document& document);
[[nodiscard]] std::vector<Chart> bound_charts(const Document& document);
[[nodiscard]] std::vector<Chart> packing_charts(const Document& document);
[[nodiscard]] std::vector<Chart> flatness_charts(const Document& document);
[[nodiscard]] std::vector<Chart> training_charts(const Document& document);

}  // namespace shatterproof::report
