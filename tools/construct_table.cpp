#include "construct_table.hpp"

#include <fmt/format.h>

#include "constructions/empty_caps/empty_cap_table.hpp"
#include "progress_bar.hpp"
#include "shatterproof/bounds/sweep.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr long kMostSamples = 1'000'000'000;

std::vector<long> sample_sizes(const std::string& sweep) {
  std::vector<long> sizes;
  for (const Integer& n : parse_sweep(sweep)) {
    require(n >= 10 && n <= kMostSamples, "--table: found n = " + n.get_str() + ", expected 10 to 1e9");
    sizes.push_back(n.get_si());
  }
  require(sizes.size() >= 3, "--table: '" + sweep + "' has fewer than three sizes, too few to fit a slope");
  return sizes;
}

/// "3" or "3..8".
std::pair<long, long> dimensions(const std::string& text) {
  const auto dots = text.find("..");
  const auto read = [&](const std::string& part) {
    return whole_option("dims", part, "dimensions from 2 to 24, like 3..8", 2, 24).get_si();
  };
  const long first = read(text.substr(0, dots)), last = dots == std::string::npos ? first : read(text.substr(dots + 2));
  require(first <= last, "--dims: '" + text + "' ends below its start");
  return {first, last};
}

std::string slope_text(const FittedSlope& slope) {
  return fmt::format("{:.4f} +- {:.4f}", slope.value, slope.half_width);
}

Table empty_table() {
  std::vector<Column> columns;
  const auto add = [&](const char* title, std::size_t least) { columns.push_back({title, Align::right, least}); };
  add("d", 2), add("n", 10), add("eps", 9), add("m", 8), add("empty", 11), add("expected", 11), add("gap", 12);
  add("N", 8), add("gap of N", 12), add("Zmax", 5);
  columns.push_back({.title = " packing", .prose = true});
  return Table(std::move(columns), {.gap = 1});
}

Row cells_of(const EmptyCapRow& row) {
  return {std::to_string(row.dimension),
          std::to_string(row.samples),
          fmt::format("{:.6f}", row.eps.get_d()),
          std::to_string(row.caps),
          fmt::format("{:.1f}", row.empty),
          fmt::format("{:.1f}", row.expected),
          fmt::format("{:.5g}", row.gap),
          std::to_string(row.matched),
          fmt::format("{:.5g}", row.matched_gap),
          std::to_string(row.most),
          " " + row.family};
}

/// How many samples all tables together take.
double samples_in_all(const std::vector<long>& sizes, long replicates, long dimensions) {
  double all = 0;
  for (const long n : sizes) all += static_cast<double>(n);
  return all * static_cast<double>(replicates) * static_cast<double>(dimensions);
}

Json table_json(const EmptyCapTable& table) {
  Json rows = Json::array();
  for (const EmptyCapRow& row : table.rows)
    rows.push_back(Json{{"dim", row.dimension},
                        {"n", std::to_string(row.samples)},
                        {"eps", to_text_exact(row.eps)},
                        {"family", row.family},
                        {"caps", row.caps},
                        {"empty", fmt::format("{:.10g}", row.empty)},
                        {"expected_empty", fmt::format("{:.10g}", row.expected)},
                        {"gap", fmt::format("{:.10g}", row.gap)},
                        {"first_caps", row.matched},
                        {"gap_of_first", fmt::format("{:.10g}", row.matched_gap)},
                        {"most", row.most}});
  const long d = table.rows.front().dimension;
  const auto slope_json = [](const FittedSlope& slope) {
    return Json{{"slope", fmt::format("{:.6f}", slope.value)},
                {"half_width", fmt::format("{:.6f}", slope.half_width)},
                {"confidence", fmt::format("{}", slope.confidence)}};
  };
  return Json{{"dim", d},
              {"stated_slope", fmt::format("-2/{}", d + 1)},
              {"slope_of_first", slope_json(table.slope)},
              {"slope_of_all", slope_json(table.slope_all)},
              {"rows", rows}};
}

}  // namespace

void print_empty_cap_table(const EmptyCapTableOptions& options, std::uint64_t seed, bool json) {
  const std::vector<long> sizes = sample_sizes(options.sweep);
  const auto [first, last] = dimensions(options.dims);
  require(options.replicates >= 1, "--replicates: expected at least 1");
  const PrecisionScope scope(128);
  Json document{{"schema", "shatterproof/empty-caps-table/1"},
                {"seed", std::to_string(seed)},
                {"replicates", options.replicates},
                {"tables", Json::array()}};
  Table shown = empty_table();
  if (!json) {
    print_text(
        fmt::format("Corollary I.3 (L = 1, measure P), means of {} samples; N = c_N eps^-(d-1), one c_N for all n",
                    options.replicates));
    shown.print_head();
  }
  ProgressBar bar("samples", samples_in_all(sizes, options.replicates, last - first + 1));
  double finished = 0;
  for (long d = first; d <= last; ++d) {
    const auto on_samples = [&](long n, long replicate, long done) {
      bar.update(finished + static_cast<double>(replicate) * static_cast<double>(n) + static_cast<double>(done),
                 fmt::format("d = {}, n = {}", d, n));
    };
    const auto on_row = [&](const EmptyCapRow& row) {
      finished += static_cast<double>(options.replicates) * static_cast<double>(row.samples);
      if (!json) shown.print_row(cells_of(row));
      std::fflush(stdout);
    };
    const EmptyCapTable table = empty_cap_table(d, sizes, options.replicates, seed, {on_samples, on_row});
    if (json)
      document["tables"].push_back(table_json(table));
    else
      print_text(
          fmt::format("slope of the gap of N in n: {} ({:.0f} % confidence), stated -2/{} = {:.4f}; with all m caps {}",
                      slope_text(table.slope), 100 * table.slope.confidence, d + 1, -2.0 / double(d + 1),
                      slope_text(table.slope_all)),
          3);
  }
  if (json) print_json(document);
}

}  // namespace shatterproof::tools
