#include "shatterproof/report/chart_pgf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "shatterproof/report/latex_text.hpp"

namespace shatterproof::report {
namespace {

constexpr std::size_t kMostMarks = 600;

std::string colour(int style) {
  const ChartStyle& s = chart_style(style);
  return fmt::format("{{rgb,1:red,{:.3f};green,{:.3f};blue,{:.3f}}}", s.red, s.green, s.blue);
}

bool is_shown(const ChartAxis& axis, double value) { return std::isfinite(value) && (!axis.log || value > 0); }

bool is_shown(const Chart& chart, const ChartPoint& point) {
  return is_shown(chart.x, point.x) && is_shown(chart.y, point.y);
}

std::string corners(const ChartArea& area) {
  std::string text;
  for (const auto& [x, y] : area.outline) text += fmt::format("({:.5g},{:.5g}) ", x, y);
  return text;
}

std::string axis_options(const ChartAxis& axis, const char* letter, const ChartRange& range) {
  std::string text = fmt::format("  {0}label={{{1}}},\n  {0}min={2:.6g}, {0}max={3:.6g},\n", letter,
                                 latex_text(axis.label), range.low, range.high);
  if (axis.ticks.empty()) return text;
  std::string at, labels;
  for (const auto& [place, label] : axis.ticks) {
    at += fmt::format("{}{:.6g}", at.empty() ? "" : ",", place);
    labels += (labels.empty() ? "{" : ",{") + latex_text(label) + "}";
  }
  return text + fmt::format("  {0}tick={{{1}}}, {0}ticklabels={{{2}}},\n", letter, at, labels);
}

/// The lines under the axis hold two entries where these are short.
std::string legend_options(const Chart& chart) {
  std::size_t longest = 0;
  for (const ChartSeries& series : chart.series) longest = std::max(longest, series.label.size());
  return fmt::format(
      "  legend columns={}, legend cell align=left,\n"
      "  legend style={{at={{(0.5,-0.22)}}, anchor=north, draw=none, font=\\footnotesize}},\n",
      longest > 44   ? 1
      : longest > 24 ? 2
                     : 3);
}

std::string plot_options(const ChartSeries& series) {
  std::string text = "color=" + colour(series.style);
  text += series.line ? ", thick" : ", only marks";
  static const char* const kDashes[] = {"solid", "densely dashed", "dash dot", "densely dotted"};
  text += std::string(", ") + kDashes[static_cast<int>(chart_dash(series))];
  if (series.marks)
    text += fmt::format(", mark={}, mark size={}pt, mark options={{solid}}", chart_style(series.style).mark,
                        series.points.size() > 200 ? "0.5" : "1.4");
  else
    text += ", mark=none";
  return text;
}

std::string coordinates(const Chart& chart, const ChartSeries& series, bool errors) {
  std::string text;
  const std::size_t step = series.line ? 1 : (series.points.size() + kMostMarks - 1) / kMostMarks;
  for (std::size_t i = 0; i < series.points.size(); i += std::max<std::size_t>(step, 1)) {
    const ChartPoint& p = series.points[i];
    if (!is_shown(chart, p)) continue;
    text += fmt::format("    ({:.6g},{:.6g})", p.x, p.y);
    if (errors)
      text += fmt::format(" += (0,{:.6g}) -= (0,{:.6g})", p.high ? *p.high - p.y : 0, p.low ? p.y - *p.low : 0);
    text += "\n";
  }
  return text;
}

std::string plot(const Chart& chart, const ChartSeries& series) {
  const bool errors =
      std::any_of(series.points.begin(), series.points.end(), [](const ChartPoint& p) { return p.low.has_value(); });
  const std::string points = coordinates(chart, series, errors);
  const std::string listed = series.label.empty() ? ", forget plot" : "";
  std::string text;
  if (points.empty())
    text = "  \\addlegendimage{" + plot_options(series) + "}\n";
  else
    text = "  \\addplot+[" + plot_options(series) + listed +
           (errors ? ", error bars/.cd, y dir=both, y explicit" : "") + "] coordinates {\n" + points + "  };\n";
  return text + (series.label.empty() ? "" : "  \\addlegendentry{" + latex_text(series.label) + "}\n");
}

std::string axis_picture(const Chart& chart) {
  std::string text = "\\begin{tikzpicture}\n\\begin{axis}[\n  width=\\linewidth, height=0.62\\linewidth, clip=true,\n";
  if (chart.x.log) text += "  xmode=log,\n";
  if (chart.y.log) text += "  ymode=log,\n";
  text += axis_options(chart.x, "x", range_of_x(chart)) + axis_options(chart.y, "y", range_of_y(chart));
  text += legend_options(chart) + "  grid=major, grid style={gray!20}, axis lines=left,\n]\n";
  for (const ChartArea& area : chart.areas) {
    text += fmt::format(
        "  \\addplot[forget plot, fill={0}, fill opacity={1:.2f}, draw={2}] coordinates {{ {3}}} -- cycle;\n",
        colour(area.style), area.opacity, area.stroked ? colour(area.style) : "none", corners(area));
  }
  for (const ChartSeries& series : chart.series) text += plot(chart, series);
  return text + "\\end{axis}\n\\end{tikzpicture}\n";
}

std::string legend_entry(const ChartSeries& series) {
  const ChartStyle& s = chart_style(series.style);
  return fmt::format("\\textcolor[rgb]{{{:.3f},{:.3f},{:.3f}}}{{$\\bullet$}} ", s.red, s.green, s.blue) +
         latex_text(series.label);
}

/// The ball, 0.72 of the line across.
std::string ball_picture(const Chart& chart) {
  std::string text = "\\begin{tikzpicture}[x=0.36\\linewidth, y=0.36\\linewidth]\n";
  for (const ChartArea& area : chart.areas)
    text += fmt::format(
        "  \\filldraw[fill={0}, fill opacity={1:.2f}, draw={2}, line width=0.3pt] plot coordinates {{ {3}}} -- "
        "cycle;\n",
        colour(area.style), area.opacity, area.stroked ? colour(area.style) : "none", corners(area));
  std::string legend;
  for (const ChartSeries& series : chart.series) {
    const std::size_t step = std::max<std::size_t>(1, (series.points.size() + kMostMarks - 1) / kMostMarks);
    for (std::size_t i = 0; i < series.points.size(); i += step)
      text += fmt::format("  \\fill[color={}] ({:.4f},{:.4f}) circle[radius=0.45pt];\n", colour(series.style),
                          series.points[i].x, series.points[i].y);
    legend += (legend.empty() ? "" : "\\quad ") + legend_entry(series);
  }
  if (!legend.empty()) text += "  \\node[anchor=north, font=\\footnotesize] at (0,-1.06) {" + legend + "};\n";
  return text + "\\end{tikzpicture}\n";
}

}  // namespace

std::string pgf_of(const Chart& chart) { return chart.picture ? ball_picture(chart) : axis_picture(chart); }

}  // namespace shatterproof::report
