// Figures of networks: spectrum, chain, training runs, experiments.
#include <algorithm>
#include <cmath>

#include "shatterproof/report/charts.hpp"

namespace shatterproof::report {
namespace {

/// Of many runs some from the first to the last: no more lines than can be told apart.
std::vector<const RunEntry*> shown_runs(const Document& document) {
  constexpr std::size_t kMost = 6;
  std::vector<const RunEntry*> shown;
  const std::size_t count = document.runs.size(), kept = std::min(count, kMost);
  for (std::size_t i = 0; i < kept; ++i) shown.push_back(&document.runs[kept < 2 ? i : i * (count - 1) / (kept - 1)]);
  return shown;
}

ChartSeries level(const std::string& label, double y, double last, int style) {
  return {label, {{1, y, {}, {}}, {last, y, {}, {}}}, style, true, false, true};
}

Chart spectrum_chart(const FlatnessEntry& f) {
  Chart chart;
  chart.name = "flatness", chart.title = f.name;
  chart.caption = "The largest eigenvalues of the Hessian (approximate), λmax enclosed in [" + f.lambda_max.lower +
                  ", " + f.lambda_max.upper + "]" + (f.two_over_eta.empty() ? "" : " and 2/η = " + f.two_over_eta) +
                  ": " + f.name + ", n = " + std::to_string(f.n) + ", K = " + std::to_string(f.neurons) + ".";
  chart.x.label = "eigenvalue", chart.y.label = "value", chart.y.log = true;
  // Rounding leaves zero eigenvalues near 1e-17 of the largest.
  const double least = f.spectrum.empty() ? 0 : f.spectrum.front() * 1e-12;
  ChartSeries values{"spectrum", {}, 0, false};
  for (std::size_t i = 0; i < f.spectrum.size(); ++i)
    if (f.spectrum[i] > least) values.points.push_back({static_cast<double>(i + 1), f.spectrum[i], {}, {}});
  const double last = std::max(2.0, static_cast<double>(values.points.size()));
  if (!values.points.empty()) chart.series.push_back(std::move(values));
  chart.series.push_back(level("λmax, enclosed", drawn_value(f.lambda_max.upper), last, 1));
  if (!f.two_over_eta.empty()) chart.series.push_back(level("2/η", drawn_value(f.two_over_eta), last, 2));
  return chart;
}

/// The sides of the links that follow each other from |f|_Vg to the paper's right side, as bars.
Chart chain_chart(const FlatnessEntry& f) {
  constexpr std::size_t kLinks = 5;  // the first of the list: a chain, each left side the right one before
  static const char* const kSides[kLinks + 1] = {"|f|_Vg", "S", "(|g|² − 1)/2", "data-dependent", "sharp", "paper"};
  Chart chart;
  chart.name = "chain", chart.title = "Theorem 3.2: " + f.name;
  chart.caption =
      "The links of Theorem 3.2, from the seminorm up to the right side of the paper; the light part of each bar is "
      "what its link gives away; a link that is not proved carries its verdict: " +
      f.name + ".";
  chart.x.label = "value", chart.x.low = 0;
  const std::size_t links = std::min(kLinks, f.chain.size());
  double before = 0;
  for (std::size_t i = 0; i <= links && links > 0; ++i) {
    const double side = drawn_value(i < links ? f.chain[i].left.upper : f.chain[i - 1].right.upper);
    const double at = static_cast<double>(links - i);
    const bool is_proved = i == 0 || f.chain[i - 1].verdict == Verdict::proved;
    chart.y.ticks.emplace_back(
        at, is_proved ? kSides[i] : kSides[i] + (": " + std::string(to_text(f.chain[i - 1].verdict))));
    if (!std::isfinite(side)) continue;  // no bar
    const double reached = i == 0 ? side : std::min(before, side);
    const auto bar = [&](double from, double to, double opacity) {
      if (to > from)
        chart.areas.push_back(
            {{{from, at - 0.32}, {to, at - 0.32}, {to, at + 0.32}, {from, at + 0.32}}, 0, opacity, true});
    };
    bar(0, reached, 0.85);
    bar(reached, side, 0.25);
    before = side;
  }
  return chart;
}

/// One line a run, of one of its columns.
Chart run_chart(const Document& document, const char* name, const char* title, const char* label,
                std::vector<double> RunEntry::*column) {
  Chart chart;
  chart.name = name, chart.title = title;
  chart.caption = std::string(title) + " of the training runs.";
  chart.x.label = "epoch", chart.y.label = label, chart.y.log = true;
  for (const RunEntry* run : shown_runs(document)) {
    ChartSeries series{run->name, {}, static_cast<int>(chart.series.size())};
    for (std::size_t i = 0; i < run->epochs.size(); ++i)
      series.points.push_back({run->epochs[i], (run->*column)[i], {}, {}});
    series.marks = false;
    if (!series.points.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

Chart sharpness_chart(const Document& document) {
  Chart chart = run_chart(document, "sharpness", "λmax against 2/η", "λmax", &RunEntry::lambda_max);
  int style = 0;
  for (const RunEntry* run : shown_runs(document)) {
    if (run->epochs.empty()) continue;
    ChartSeries line = level("", 2 / run->eta, run->epochs.back(), style++);
    line.points.front().x = 0;
    chart.series.push_back(std::move(line));
  }
  chart.caption = "λmax of the Hessian over the epochs; dashed, 2/η of the same run.";
  return chart;
}

Chart shattering_chart(const Document& document) {
  Chart chart;
  chart.name = "shattering", chart.title = "Activation rate against weight norm";
  chart.caption = "Each live neuron at the end of a run: the share of samples on which it is active, and |v||w|.";
  chart.x.label = "activation rate", chart.y.label = "|v||w|", chart.x.log = chart.y.log = true;
  for (const RunEntry* run : shown_runs(document)) {
    ChartSeries series{run->name, {}, static_cast<int>(chart.series.size()), false};
    for (std::size_t k = 0; k < run->activation.size(); ++k)
      series.points.push_back({run->activation[k], run->norm[k], {}, {}});
    if (!series.points.empty()) chart.series.push_back(std::move(series));
  }
  return chart;
}

std::string slope_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

Chart error_chart(const ExperimentEntry& experiment) {
  Chart chart;
  chart.name = "error-" + experiment.id, chart.title = experiment.title;
  chart.caption = experiment.title + ": " + experiment.mse_name +
                  ", medians and ranges over the seeds, with the slope in n (95 % by bootstrap).";
  if (experiment.left_out > 0)
    chart.caption += " Left out, because they diverged or their MSE is 0: " + std::to_string(experiment.left_out) +
                     " of " + std::to_string(experiment.runs) + " runs.";
  chart.x.label = "n", chart.y.label = "MSE", chart.x.log = chart.y.log = true;
  for (const SeriesEntry& entry : experiment.series) {
    ChartSeries series{entry.label, {}, static_cast<int>(chart.series.size())};
    if (std::isfinite(entry.slope)) series.label += ": slope " + slope_text(entry.slope);
    for (const SeriesPoint& point : entry.points)
      series.points.push_back({point.n, point.mse, point.lower, point.upper});
    chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace

std::vector<Chart> flatness_charts(const Document& document) {
  std::vector<Chart> charts;
  for (const FlatnessEntry& entry : document.flatness) {
    charts.push_back(spectrum_chart(entry));
    if (Chart chain = chain_chart(entry); !chain.is_empty()) charts.push_back(std::move(chain));
  }
  return charts;
}

std::vector<Chart> training_charts(const Document& document) {
  std::vector<Chart> all{run_chart(document, "loss", "Loss", "L", &RunEntry::loss), sharpness_chart(document),
                         shattering_chart(document)};
  for (const ExperimentEntry& experiment : document.experiments) all.push_back(error_chart(experiment));
  std::vector<Chart> charts;
  for (Chart& chart : all)
    if (!chart.is_empty()) charts.push_back(std::move(chart));
  return charts;
}

}  // namespace shatterproof::report
