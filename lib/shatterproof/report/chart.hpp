#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A figure as data: drawn by Cairo (chart_canvas.hpp) and written for pgfplots (chart_pgf.hpp). Texts are plain UTF-8.
namespace shatterproof::report {

struct ChartPoint {
  double x = 0, y = 0;
  std::optional<double> low, high;  ///< ends of an error bar
};

struct ChartSeries {
  std::string label;  ///< in the legend; empty: not listed
  std::vector<ChartPoint> points;
  int style = 0;  ///< colour and mark, see chart_style
  bool line = true, marks = true, dashed = false;
};

/// A filled polygon.
struct ChartArea {
  std::vector<std::pair<double, double>> outline;
  int style = 0;
  double opacity = 1;
  bool stroked = false;
};

struct ChartAxis {
  std::string label;
  bool log = false;
  std::vector<std::pair<double, std::string>> ticks = {};  ///< in place of the usual ones
  std::optional<double> low, high;                         ///< in place of the range of the data
};

struct Chart {
  std::string name;  ///< for files and labels: letters, digits, '-' and '.'
  std::string title;
  std::string caption;  ///< a sentence or two for a paper
  ChartAxis x, y;
  std::vector<ChartArea> areas;
  std::vector<ChartSeries> series;
  bool picture = false;  ///< no axes, both scales the same

  [[nodiscard]] bool is_empty() const { return areas.empty() && series.empty(); }
};

/// What tells the series apart: colours that differ for colour-blind readers and in grey (Okabe and Ito), and marks.
struct ChartStyle {
  double red, green, blue;
  const char* mark;  ///< of pgfplots
};
[[nodiscard]] const ChartStyle& chart_style(int style);

/// How a series' line is drawn: from the ninth series on the colours come again, and the dashes are others.
enum class ChartDash { solid, dashed, dash_dotted, dotted };
[[nodiscard]] ChartDash chart_dash(const ChartSeries& series);

/// The least and the largest coordinate to be shown, widened a little; of a logarithmic axis positive ones only. With
/// nothing to show 0 to 1, or 1 to 10.
struct ChartRange {
  double low, high;
};
[[nodiscard]] ChartRange range_of_x(const Chart& chart);
[[nodiscard]] ChartRange range_of_y(const Chart& chart);

/// Where an axis has ticks: round numbers, or powers of ten, a readable number of them.
struct ChartTick {
  double at;
  std::string label;  ///< empty for a minor one
  int exponent = 0;   ///< of a power of ten on a logarithmic axis, which is set as such
  bool is_power = false;
};
[[nodiscard]] std::vector<ChartTick> ticks_of(const ChartAxis& axis, const ChartRange& range);

}  // namespace shatterproof::report
