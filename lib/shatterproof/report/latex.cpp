#include "shatterproof/report/latex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "shatterproof/report/chart_pgf.hpp"
#include "shatterproof/report/charts.hpp"
#include "shatterproof/report/latex_tables.hpp"
#include "shatterproof/report/latex_text.hpp"

namespace shatterproof::report {
namespace {

constexpr const char* kHead =
    "% Written by `shatterproof report --latex`. In the preamble:\n"
    "%   \\usepackage{textcomp,amsmath,array,booktabs,longtable,graphicx,siunitx,pgfplots}\n"
    "%   \\pgfplotsset{compat=1.17}\n";

std::string figure(const Chart& chart) {
  return "\\begin{figure}\n\\centering\n" + pgf_of(chart) + "\\caption{" + latex_text(chart.caption) +
         "}\n\\label{fig:shatterproof-" + chart.name + "}\n\\end{figure}\n";
}

/// In the file for one \input; the others have files of their own.
bool is_main(const Chart& chart) {
  const auto starts = [&](const char* text) { return chart.name.rfind(text, 0) == 0; };
  return !starts("constant-") && !starts("cosines");
}

}  // namespace

std::map<std::string, std::string> latex_files(const Document& document) {
  std::map<std::string, std::string> files;
  std::string all = std::string(kHead) + "% Then: \\input{shatterproof.tex}, with the folder if it lies in another.\n";
  const auto add_table = [&](const char* name, const std::string& table) {
    if (table.empty()) return;
    files[fmt::format("table-{}.tex", name)] = kHead + table;
    all += "\n" + table;
  };
  add_table("status", status_table(document));
  add_table("constants", constants_table(document));
  add_table("bounds", bounds_table(document));
  for (const Chart& chart : charts_of(document)) {
    const std::string text = figure(chart);
    files["figure-" + chart.name + ".tex"] = kHead + text;
    if (is_main(chart)) all += "\n" + text;
  }
  if (const std::string formulas = formula_list(document); !formulas.empty()) files["formulas.tex"] = kHead + formulas;
  files["shatterproof.tex"] = all;
  return files;
}

}  // namespace shatterproof::report
