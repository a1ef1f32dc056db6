#include "shatterproof/report/charts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "shatterproof/core/error.hpp"
#include "shatterproof/numeric/rational.hpp"

namespace shatterproof::report {

std::vector<Chart> charts_of(const Document& document) {
  std::vector<Chart> all;
  std::map<std::string, int> seen;
  for (const auto part : {constant_charts, cap_charts, bound_charts, packing_charts, flatness_charts, training_charts})
    for (Chart& chart : part(document)) {
      if (const int count = ++seen[chart.name]; count > 1) chart.name += "-" + std::to_string(count);
      all.push_back(std::move(chart));
    }
  return all;
}

double drawn_value(const std::string& decimal) {
  try {
    return parse_rational(decimal).get_d();
  } catch (const std::exception&) {
    return std::nan("");
  }
}

const Chart& chart_named(const std::vector<Chart>& charts, const std::string& name) {
  for (const Chart& chart : charts)
    if (chart.name == name) return chart;
  std::string names;
  for (const Chart& chart : charts) {
    if (chart.name.rfind(name + "-", 0) == 0) return chart;
    names += (names.empty() ? "" : ", ") + chart.name;
  }
  throw PreconditionError("no figure '" + name + "' in this report, expected one of: " +
                          (names.empty() ? "none, its sections are empty" : names));
}

const std::vector<FigureFamily>& figure_families() {
  static const std::vector<FigureFamily> families{
      {"constants", "claims", "slack of every stated constant over its variable"},
      {"constant", "claims", "one constant, stated against sharp: constant-E.2-upper"},
      {"caps", "packings", "number of caps between its bounds over d"},
      {"packing", "packings", "caps, empty caps and samples: packing-2, packing-3"},
      {"cosines", "packings", "histogram of inner products: cosines-8"},
      {"bounds", "bounds", "upper and lower bounds and what was measured against n: bounds-d2"},
      {"flatness", "flatness", "spectrum of the Hessian with the enclosure of lambda_max and 2/eta"},
      {"chain", "flatness", "the links of Theorem 3.2"},
      {"loss", "runs", "loss over the epochs"},
      {"sharpness", "runs", "lambda_max over the epochs against 2/eta"},
      {"shattering", "runs", "activation rate against weight norm"},
      {"error", "runs", "mean squared error against n with slopes: error-E2"}};
  return families;
}

std::string section_of_figure(const std::string& name) {
  std::string names;
  for (const FigureFamily& family : figure_families()) {
    if (name == family.name || name.rfind(family.name + "-", 0) == 0) return family.section;
    names += (names.empty() ? "" : ", ") + family.name;
  }
  throw PreconditionError("no figure '" + name + "': expected " + names);
}

}  // namespace shatterproof::report
