// `pack --table`: what is placed and what is possible, over dimensions and cap sizes.
#include <fmt/format.h>

#include <algorithm>

#include "pack_report.hpp"
#include "progress_bar.hpp"
#include "table.hpp"

namespace shatterproof::tools {
namespace {

constexpr long kFirstTableDimension = 2, kLastTableDimension = 24;
constexpr const char* kTableEps[] = {"1/2", "2/5", "0.366", "3/10", "1/4", "1/5", "1/10", "1/20", "1/100", "1/1000"};

Row row_of(long d, const std::string& text) {
  const Rational eps = parse_rational(text);
  const auto [count, name] = available_family(d, eps);
  const CapCountBound upper = least_upper_bound(d, eps);
  const Rational ratio = Rational(count) / Rational(upper.count);
  const Ball constant = Ball(count) * power(Ball(eps), d - 1);
  return {std::to_string(d),
          text,
          short_count(count),
          name,
          short_count(upper.count),
          upper.name,
          fmt::format("{:.4f}", ratio.get_d()),
          fmt::format("{:.4g}", constant.mid_double())};
}

}  // namespace

void print_packing_table(long dim) {
  require(dim == 0 || (dim >= kFirstTableDimension && dim <= kLastTableDimension), "--table: --dim must be in 2..24");
  const PrecisionScope scope(128);
  Table table({{"d", Align::left, 2},
               {"eps", Align::left, 6},
               {"N", Align::left, 11},
               {"family", Align::left, 24},
               {"upper bound", Align::left, 11},
               {"by", Align::left, 22},
               {"N / upper"},
               {"N eps^(d-1)"}},
              {.markdown = true});
  const long first = dim == 0 ? kFirstTableDimension : dim, last = dim == 0 ? kLastTableDimension : dim;
  ProgressBar bar("rows", static_cast<double>((last - first + 1) * static_cast<long>(std::size(kTableEps))));
  table.print_head();
  double done = 0;
  for (long d = first; d <= last; ++d)
    for (const char* eps : kTableEps) {
      table.print_row(row_of(d, eps));
      bar.update(++done);
    }
}

}  // namespace shatterproof::tools
