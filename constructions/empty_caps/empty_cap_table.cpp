#include "constructions/empty_caps/empty_cap_table.hpp"

#include <algorithm>
#include <cmath>

#include "constructions/empty_caps/empty_cap_count.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/random.hpp"
#include "shatterproof/numeric/uniform_ball.hpp"
#include "shatterproof/sphere/packing.hpp"

namespace shatterproof {
namespace {

constexpr long kBatchOfSamples = 1 << 16;
constexpr std::uint64_t kMostCaps = 1'000'000;
constexpr double kConfidence = 0.95;

/// Draws of the ball, one after the other; only the ones whose radius reaches a cap get a direction.
class BallStream {
 public:
  BallStream(long dimension, double shortest, std::uint64_t seed)
      : dimension_(dimension), random_(seed), needed_(std::pow(std::max(0.0, shortest), double(dimension))) {}

  /// Appends the next sample to the points, if it may lie in a cap.
  void draw(std::vector<double>& points) {
    const double volume = random_.uniform();
    if (volume < needed_) return;
    // One part in 2^50 inside, so that rounding never leaves the ball.
    const double radius = std::pow(volume, 1.0 / double(dimension_)) * (1 - 0x1p-50);
    for (const double c : random_.unit_vector(int(dimension_))) points.push_back(radius * c);
  }

 private:
  long dimension_;
  Random random_;
  double needed_;
};

struct CapsOfSize {
  Packing packing;
  std::shared_ptr<const CapCentres> centres;
};

CapsOfSize caps_for(long d, long n) {
  CapsOfSize caps;
  caps.packing = best_packing(d, default_cap_parameter(d, n), {"", kMostCaps});
  require(bool(caps.packing.centres), "d = " + std::to_string(d) + ", n = " + std::to_string(n) + ": the " +
                                          caps.packing.count.get_str() + " caps are too many to list");
  caps.centres = std::make_shared<const CapCentres>(caps.packing.centres);
  return caps;
}

/// The t with P(|T| > t) = 1 - confidence, by bisection.
double student_quantile(long degrees, double confidence) {
  double low = 0, high = 1e6;
  const Ball v(degrees);
  for (int step = 0; step < 100; ++step) {
    const double t = (low + high) / 2;
    const double tail = regularised_beta(v / Ball(2), Ball(1) / Ball(2), v / (v + square(Ball::exact(t)))).mid_double();
    (tail > 1 - confidence ? low : high) = t;
  }
  return high;
}

void add_replicate(EmptyCapRow& row, const std::vector<std::uint32_t>& counts, double one_cap) {
  const auto is_empty = [](std::uint32_t count) { return count == 0; };
  const auto share = 1 / double(row.replicates);
  const auto empty = double(std::count_if(counts.begin(), counts.end(), is_empty));
  const auto first = double(std::count_if(counts.begin(), counts.begin() + row.matched, is_empty));
  row.empty += share * empty;
  row.gap += share * one_cap * empty;
  row.matched_gap += share * one_cap * first;
  row.most = std::max(row.most, *std::max_element(counts.begin(), counts.end()));
}

}  // namespace

std::vector<std::uint32_t> stream_cap_counts(const CapCentres& centres, const Rational& h, long samples,
                                             std::uint64_t seed, const std::function<void(long)>& progress) {
  require(samples >= 0, "a number of samples must not be negative");
  const CapFinder finder = cap_finder(centres, h);
  // A sample of radius r has norm at most r (1 + 1e-14); radius and its power are off by less than 1e-12.
  BallStream stream(centres.dimension(), Rational(1 - h).get_d() * (1 - 1e-10), seed);
  std::vector<std::uint32_t> counts(std::size_t(centres.count()), 0);
  std::vector<double> points;
  for (long done = 0; done < samples; done += kBatchOfSamples) {
    points.clear();
    const long size = std::min(kBatchOfSamples, samples - done);
    for (long i = 0; i < size; ++i) stream.draw(points);
    const auto drawn = long(points.size()) / centres.dimension();
    for (const std::int32_t cap : certain_caps_of(finder, centres, h, points.data(), drawn))
      if (cap >= 0) ++counts[std::size_t(cap)];
    if (progress) progress(done + size);
  }
  return counts;
}

FittedSlope fit_log_slope(const std::vector<double>& x, const std::vector<double>& y, double confidence) {
  require(x.size() == y.size() && x.size() >= 3, "a slope needs at least three points");
  for (std::size_t i = 0; i < x.size(); ++i)
    require(x[i] > 0 && y[i] > 0, "a slope in logarithms needs positive numbers");
  const auto k = double(x.size());
  double mean_x = 0, mean_y = 0, sxx = 0, sxy = 0, rest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean_x += std::log(x[i]) / k, mean_y += std::log(y[i]) / k;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = std::log(x[i]) - mean_x;
    sxx += u * u, sxy += u * (std::log(y[i]) - mean_y);
  }
  require(sxx > 0, "a slope needs different sample sizes");
  const double slope = sxy / sxx;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double r = std::log(y[i]) - mean_y - slope * (std::log(x[i]) - mean_x);
    rest += r * r;
  }
  const double error = std::sqrt(rest / (k - 2) / sxx);
  return {slope, error * student_quantile(long(x.size()) - 2, confidence), confidence};
}

EmptyCapTable empty_cap_table(long dimension, const std::vector<long>& samples, long replicates, std::uint64_t seed,
                              const EmptyCapProgress& progress) {
  require(dimension >= 2 && samples.size() >= 3 && replicates >= 1,
          "the table needs d >= 2, three sample sizes or more and at least one replicate");
  EmptyCapTable table;
  std::vector<CapsOfSize> caps;
  double density = HUGE_VAL;  // c_N: reached by the packings for every n
  for (const long n : samples) {
    caps.push_back(caps_for(dimension, n));
    const double eps = caps.back().packing.eps.get_d();
    density = std::min(density, double(caps.back().centres->count()) * std::pow(eps, double(dimension - 1)));
  }
  std::vector<double> x, matched, all;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Packing& packing = caps[i].packing;
    const Rational h = packing.eps * packing.eps;
    const long n = samples[i], m = caps[i].centres->count();
    const double one_cap = uniform_ball::atom_norm2(dimension, Ball(h)).mid_double();
    EmptyCapRow row{dimension, n, replicates, packing.eps, packing.family, m};
    row.expected = double(m) * exp(Ball(n) * log1p(-uniform_ball::cap_mass(dimension, Ball(h)))).mid_double();
    row.matched = std::min(m, std::lround(density * std::pow(packing.eps.get_d(), -double(dimension - 1))));
    for (long r = 0; r < replicates; ++r) {
      const std::uint64_t stream = stream_seed(stream_seed(seed, Stream::data, std::uint64_t(r)), Stream::data,
                                               std::uint64_t(dimension) * 1'000'000'007u + std::uint64_t(n));
      add_replicate(row,
                    stream_cap_counts(*caps[i].centres, h, n, stream,
                                      [&](long done) {
                                        if (progress.on_samples) progress.on_samples(n, r, done);
                                      }),
                    one_cap);
    }
    if (progress.on_row) progress.on_row(row);
    table.rows.push_back(row);
    x.push_back(double(n)), matched.push_back(row.matched_gap), all.push_back(row.gap);
  }
  table.slope = fit_log_slope(x, matched, kConfidence);
  table.slope_all = fit_log_slope(x, all, kConfidence);
  return table;
}

}  // namespace shatterproof
