#include "construct_table.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "constructions/empty_caps/empty_cap_table.hpp"
#include "shatterproof/bounds/sweep.hpp"

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

void print_row(const EmptyCapRow& row) {
  fmt::print("{:>2} {:>10} {:>9.6f} {:>8} {:>11.1f} {:>11.1f} {:>12.5g} {:>8} {:>12.5g} {:>5}  {}\n", row.dimension,
             row.samples, row.eps.get_d(), row.caps, row.empty, row.expected, row.gap, row.matched, row.matched_gap,
             row.most, row.family);
  std::fflush(stdout);
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
  const bool bar = isatty(STDERR_FILENO) != 0;
  const PrecisionScope scope(128);
  Json document{{"schema", "shatterproof/empty-caps-table/1"},
                {"seed", std::to_string(seed)},
                {"replicates", options.replicates},
                {"tables", Json::array()}};
  if (!json)
    fmt::print(
        "Corollary I.3 (L = 1, measure P), means of {} samples; N = c_N eps^-(d-1), one c_N for all n\n"
        "{:>2} {:>10} {:>9} {:>8} {:>11} {:>11} {:>12} {:>8} {:>12} {:>5}  {}\n",
        options.replicates, "d", "n", "eps", "m", "empty", "expected", "gap", "N", "gap of N", "Zmax", "packing");
  for (long d = first; d <= last; ++d) {
    const auto on_samples = [&](long n, long replicate, long done) {
      if (bar)
        fmt::print(stderr, "\r\033[Kd = {}, n = {}, sample {} of {}: {:3d} %", d, n, replicate + 1, options.replicates,
                   100 * done / n);
    };
    const auto on_row = [&](const EmptyCapRow& row) {
      if (bar) fmt::print(stderr, "\r\033[K");
      if (!json) print_row(row);
    };
    const EmptyCapTable table = empty_cap_table(d, sizes, options.replicates, seed, {on_samples, on_row});
    if (json)
      document["tables"].push_back(table_json(table));
    else
      fmt::print("   slope of the gap of N in n: {} ({:.0f} % confidence), stated -2/{} = {:.4f}; with all m caps {}\n",
                 slope_text(table.slope), 100 * table.slope.confidence, d + 1, -2.0 / double(d + 1),
                 slope_text(table.slope_all));
  }
  if (json) print_json(document);
}

}  // namespace shatterproof::tools
