#include "shatterproof/training/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"

namespace shatterproof {
namespace {

std::vector<double> ranks_of(const std::vector<double>& x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> ranks(x.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && x[order[last + 1]] == x[order[first]]) ++last;
    for (std::size_t r = first; r <= last; ++r) ranks[order[r]] = static_cast<double>(first + last) / 2;
    first = last + 1;
  }
  return ranks;
}

}  // namespace

double mean_of(const std::vector<double>& x) {
  return x.empty() ? NAN : std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double median_of(std::vector<double> x) {
  if (x.empty()) return NAN;
  std::sort(x.begin(), x.end());
  const std::size_t half = x.size() / 2;
  return x.size() % 2 == 1 ? x[half] : (x[half - 1] + x[half]) / 2;
}

double spearman_correlation(const std::vector<double>& x, const std::vector<double>& y) {
  require(x.size() == y.size(), "a correlation needs pairs");
  const std::vector<double> a = ranks_of(x), b = ranks_of(y);
  const double ma = mean_of(a), mb = mean_of(b);
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : NAN;
}

double log_log_slope(const std::vector<Replicates>& points) {
  require(points.size() >= 2, "a slope needs at least two sizes");
  std::vector<double> x, y;
  for (const Replicates& point : points) {
    x.push_back(std::log(point.size));
    y.push_back(std::log(median_of(point.values)));
  }
  const double mx = mean_of(x), my = mean_of(y);
  double xy = 0, xx = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
  }
  return xy / xx;
}

std::vector<double> bootstrap_slopes(const std::vector<Replicates>& points, int draws, std::uint64_t seed) {
  Random random(seed);
  std::vector<double> slopes;
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<Replicates> drawn = points;
    for (std::size_t p = 0; p < points.size(); ++p)
      for (double& value : drawn[p].values) value = points[p].values[random.below(points[p].values.size())];
    slopes.push_back(log_log_slope(drawn));
  }
  return slopes;
}

BootstrapInterval middle_of(std::vector<double> draws) {
  require(!draws.empty(), "an interval needs draws");
  std::sort(draws.begin(), draws.end());
  const auto last = static_cast<double>(draws.size() - 1);
  return {draws[static_cast<std::size_t>(std::floor(0.025 * last))],
          draws[static_cast<std::size_t>(std::ceil(0.975 * last))]};
}

}  // namespace shatterproof
