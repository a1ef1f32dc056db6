// `pack --table`: what is placed and what is possible, over dimensions and cap sizes.
#include <fmt/format.h>

#include <algorithm>

#include "pack_report.hpp"

namespace shatterproof::tools {
namespace {

constexpr long kFirstTableDimension = 2, kLastTableDimension = 24;
constexpr const char* kTableEps[] = {"1/2", "2/5", "0.366", "3/10", "1/4", "1/5", "1/10", "1/20", "1/100", "1/1000"};

std::string short_count(const Integer& count) {
  return count < 100'000'000 ? count.get_str() : fmt::format("{:.4e}", count.get_d());
}

CapCountBound least_upper_bound(long d, const Rational& eps) {
  CapCountBound best = best_upper_bound(d, eps);
  const auto verified = linear_programming_bound(d, eps, 0);
  return verified && verified->bound.count < best.count ? verified->bound : best;
}

void print_row(long d, const std::string& text) {
  const Rational eps = parse_rational(text);
  Integer count = greedy_lower_bound(d, eps);
  std::string name = "existence (area)";
  const std::vector<PackingFamily> families = packing_families(d, eps);
  if (!families.empty() && families.front().count >= count)
    count = families.front().count, name = families.front().name;
  const CapCountBound upper = least_upper_bound(d, eps);
  const Rational ratio = Rational(count) / Rational(upper.count);
  const Ball constant = Ball(count) * power(Ball(eps), d - 1);
  fmt::print("| {} | {} | {} | {} | {} | {} | {:.4f} | {:.4g} |\n", d, text, short_count(count), name,
             short_count(upper.count), upper.name, ratio.get_d(), constant.mid_double());
}

}  // namespace

void print_packing_table(long dim) {
  require(dim == 0 || (dim >= kFirstTableDimension && dim <= kLastTableDimension), "--table: --dim must be in 2..24");
  const PrecisionScope scope(128);
  fmt::print(
      "| d | eps | N | family | upper bound | by | N / upper | N eps^(d-1) |\n|---|---|---|---|---|---|---|---|\n");
  for (long d = kFirstTableDimension; d <= kLastTableDimension; ++d)
    if (dim == 0 || dim == d)
      for (const char* eps : kTableEps) print_row(d, eps);
}

}  // namespace shatterproof::tools
