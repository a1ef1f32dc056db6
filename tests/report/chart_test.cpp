#include "shatterproof/report/chart.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "sample_document.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/report/charts.hpp"
#ifdef SHATTERPROOF_HAS_CAIRO
#include "shatterproof/report/chart_canvas.hpp"
#endif

using namespace shatterproof;
using namespace shatterproof::report;

namespace {

std::vector<std::string> labels_of(bool log, double low, double high) {
  std::vector<std::string> labels;
  for (const ChartTick& tick : ticks_of({"", log, {}, {}, {}}, {low, high}))
    if (!tick.label.empty()) labels.push_back(tick.label);
  return labels;
}

}  // namespace

TEST_CASE("ticks are round numbers and powers of ten, never many") {
  CHECK(labels_of(false, -0.1, 1.05) == std::vector<std::string>{"0", "0.2", "0.4", "0.6", "0.8", "1"});
  CHECK(labels_of(true, 5, 2e4) == std::vector<std::string>{"10^1", "10^2", "10^3", "10^4"});
  CHECK(labels_of(true, 30, 300) == std::vector<std::string>{"50", "100", "200"});
  CHECK(labels_of(true, 1e-3, 1e25).size() <= 10);
  for (const double width : {1e-12, 1e-3, 1.0, 7.0, 1e9}) {
    const std::size_t count = labels_of(false, 0, width).size();
    CHECK(count >= 3);
    CHECK(count <= 8);
  }
}

TEST_CASE("ranges leave out what an axis cannot show, and are never empty") {
  Chart chart;
  CHECK(range_of_x(chart).low < range_of_x(chart).high);
  chart.y.log = true;
  chart.series.push_back({"a", {{1, 0, {}, {}}, {2, -3, {}, {}}, {3, NAN, {}, {}}, {4, 10, {}, {}}}});
  const ChartRange y = range_of_y(chart);
  CHECK(y.low > 0);
  CHECK(y.low < 10);
  CHECK(y.high > 10);
}

TEST_CASE("a document gives its figures, each with a name of its own and a caption") {
  const std::vector<Chart> charts = charts_of(sample_document(2));
  std::set<std::string> names;
  for (const Chart& chart : charts) {
    INFO(chart.name);
    CHECK(names.insert(chart.name).second);
    CHECK_FALSE(chart.caption.empty());
    CHECK_NOTHROW(section_of_figure(chart.name));
  }
  CHECK(chart_named(charts, "bounds").name == "bounds-d2");
  CHECK(chart_named(charts, "packing-3").picture);
  CHECK_THROWS_AS(chart_named(charts, "nonsense"), PreconditionError);
  CHECK_THROWS_AS(section_of_figure("nonsense"), PreconditionError);
  CHECK(charts_of(Document{}).empty());
}

TEST_CASE("the numbers of a chart are those of the document") {
  const std::vector<Chart> charts = charts_of(sample_document(2));
  const Chart& bounds = chart_named(charts, "bounds-d2");
  REQUIRE(bounds.series.size() == 3);
  CHECK(bounds.series[0].dashed);  // the upper bound
  CHECK(bounds.series[1].points[0].high == 0.3);
  CHECK(bounds.series[2].points.size() == 2);
  const Chart& caps = chart_named(charts, "packing-2");
  CHECK(caps.areas.size() == 3);  // the disc and two caps
}

TEST_CASE("a link that is not proved says so in the figure of the chain, and an infinite side has no bar") {
  Document document = sample_document(0);
  document.flatness[0].chain[0].verdict = Verdict::refuted;
  document.flatness[0].chain[1].right.upper = "inf";
  const std::vector<Chart> charts = charts_of(document);
  const Chart& chain = chart_named(charts, "chain");
  REQUIRE(chain.y.ticks.size() == 3);
  CHECK(chain.y.ticks[1].second == "S: refuted");
  CHECK(chain.y.ticks[2].second == "(|g|² − 1)/2");
  for (const ChartArea& bar : chain.areas) CHECK(bar.outline[0].second > 0);  // the last side stands at 0
}

#ifdef SHATTERPROOF_HAS_CAIRO
TEST_CASE("figures are SVG and PDF without a date, the same bytes each time") {
  for (const Chart& chart : charts_of(sample_document(2))) {
    INFO(chart.name);
    const std::string svg = draw_chart(chart, FigureFormat::svg), pdf = draw_chart(chart, FigureFormat::pdf);
    CHECK(svg.rfind("<?xml", 0) == 0);
    CHECK(svg.find("</svg>") != std::string::npos);
    CHECK(pdf.rfind("%PDF-", 0) == 0);
    CHECK(pdf.find("CreationDate (D:") == std::string::npos);
    CHECK(draw_chart(chart, FigureFormat::svg) == svg);
    CHECK(draw_chart(chart, FigureFormat::pdf) == pdf);
  }
  CHECK_NOTHROW(draw_chart(Chart{}, FigureFormat::svg));
}
#endif
