#include "shatterproof/sphere/wrapped_code.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <iterator>
#include <numbers>
#include <numeric>
#include <string>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/tightened.hpp"

namespace shatterproof {
namespace {

using namespace tightened;

double least_angle(double x) { return 2 * std::asin(std::min(1.0, x * kMore)) * kMore; }

/// Half chords for the factors in S^(p-1) and S^(q-1) of a band; above 1: one point.
struct InnerChords {
  double of_p, of_q;
};

InnerChords inner_chords(double x, const WrappedBand& band, bool has_second) {
  const double farthest = std::max(band.last(), -band.first);
  return {inner_half_chord(x, std::cos(farthest) * kLess),
          has_second ? inner_half_chord(x, std::sin(band.first) * kLess) : 2};
}

/// Numbers of layers to try: 1, 2, .., 6, 8, .., 24, then a quarter more each time.
double more_layers(double layers) {
  return layers < 6 ? layers + 1 : layers < 24 ? layers + 2 : std::floor(layers * 1.25);
}

/// Up to a factor the area of {t in [from, to]}, by Simpson's rule: it only ranks bands.
double zone_area(double from, double to, long p, long q) {
  constexpr int kIntervals = 4;
  from = std::max(q == 1 ? -kQuarter : 0.0, from), to = std::min(kQuarter, to);
  double total = 0;
  for (int i = 0; i <= kIntervals; ++i) {
    const double t = from + (to - from) * i / kIntervals;
    const int weight = i == 0 || i == kIntervals ? 1 : i % 2 == 1 ? 4 : 2;
    total += weight * std::pow(std::cos(t), p - 1) * std::pow(std::sin(t), q - 1);
  }
  return total * (to - from);
}

/// For more than one point; x is rounded up to a cell first.
bool has_room(double x, double cells) { return x <= 1 && next_cell(x, cells) * kMore <= 1; }

double total_of(const std::vector<double>& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

}  // namespace

WrappedCode::WrappedCode(int distance, double cells) : distance_(distance), cells_(cells) {
  require((distance == 2 || distance == 4) && cells >= 1 && cells <= 0x1p20,
          "wrapped codes: distance 2 or 4, cells in 1..2^20");
}

double WrappedCode::cells_for(long k) {
  if (k <= 7) return 512;
  return k <= 10 ? 128 : 64;
}

/// Words of even weight; for distance 4 also with sum 0 of the places of their ones, in binary without carry: this
/// catches the words of weight 2.
bool WrappedCode::is_word(std::size_t indices) const {
  if (std::popcount(indices) % 2 != 0) return false;
  if (distance_ == 2) return true;
  int places = 0;
  for (int j = 0; j < kMostDimension; ++j)
    if ((indices >> j & 1) != 0) places ^= j;
  return places == 0;
}

double WrappedCode::spacing(double x) const {
  return std::max(least_angle(x) / 2, least_angle(x / std::sqrt(distance_)));
}

bool WrappedCode::has_shape(long k, double x) const { return k > 2 && has_room(x, cells_); }

/// Of a code without layers: an even number of corners, at least 4, on S^1, or one point.
double WrappedCode::corners(long k, double x) const {
  if (k != 2 || !has_room(x, cells_)) return 1;
  const double even = 2 * std::floor(std::numbers::pi / spacing(x) * kLess);
  return even >= 4 ? even : 1;
}

WrappedCode::Counts WrappedCode::counts(long k, double x) {
  if (has_shape(k, x)) return shape(k, x).counts;
  Counts by_indices(std::size_t(1) << (k - 1), 0);
  const double m = corners(k, x);
  by_indices[0] = std::ceil(m / 2);
  if (m > 1) by_indices[1] = m / 2;
  return by_indices;
}

/// Of all classes together.
double WrappedCode::total(long k, double x) { return has_shape(k, x) ? shape(k, x).total : corners(k, x); }

WrappedCode::Counts WrappedCode::band_counts(const Split& split, double x, const WrappedBand& band) {
  const auto [of_p, of_q] = inner_chords(x, band, split.q > 1);
  const Counts first = counts(split.p, of_p), second = counts(split.q, of_q);
  const double even = std::ceil(band.layers / 2), odd = band.layers - even, copies = band.mirrored ? 2 : 1;
  Counts by_indices(2 * split.layer_bit());
  for (std::size_t b = 0; b < second.size(); ++b)
    for (std::size_t a = 0; a < first.size(); ++a) {
      const double product = copies * first[a] * second[b];
      by_indices[a + b * split.second_bit()] = even * product;
      by_indices[a + b * split.second_bit() + split.layer_bit()] = odd * product;
    }
  return by_indices;
}

/// The one of most points for its area that begins where `at` does; no layers: there is no room. The equatorial band,
/// `at.first` < 0, is symmetric.
WrappedBand WrappedCode::best_band(const Split& split, double x, const WrappedBand& at) {
  const double half = least_angle(x) / 2;
  const bool equatorial = at.first < 0;
  WrappedBand best = at;
  double record = 0;
  for (double layers = 1;; layers = more_layers(layers)) {
    WrappedBand band = at;
    band.layers = layers;
    if (equatorial) band.first = -(layers - 1) * band.step / 2;
    if (!(band.last() <= kQuarter)) break;
    const auto [of_p, of_q] = inner_chords(x, band, split.q > 1);
    const double points = layers * total(split.p, of_p) * total(split.q, of_q);
    const double score = points / zone_area(band.first - half, band.last() + half, split.p, split.q);
    if (score > record) record = score, best = band;
    if (score < 0.9 * record) break;
  }
  return best;
}

WrappedCode::Shape WrappedCode::shape_of(const Split& split, double x) {
  Shape shape{split, {}, Counts(2 * split.layer_bit(), 0), 0};
  WrappedBand at{split.q == 1 ? -1.0 : 0.0, spacing(x), 0, false};
  while (true) {
    const WrappedBand band = best_band(split, x, at);
    if (band.layers == 0) break;
    shape.bands.push_back(band);
    const Counts counts = band_counts(split, x, band);
    std::transform(counts.begin(), counts.end(), shape.counts.begin(), shape.counts.begin(), std::plus());
    at.first = band.last() + least_angle(x);
    at.mirrored = split.q == 1;
  }
  for (double& count : shape.counts) count = whole(count);
  shape.total = total_of(shape.counts);
  return shape;
}

const WrappedCode::Shape& WrappedCode::shape(long k, double x) {
  const std::pair key(k, next_cell(x, cells_));
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  Shape best;
  for (long q = 1; 2 * q <= k; ++q) {
    Shape shape = shape_of({k - q, q}, key.second);
    if (q == 1 || shape.total > best.total) best = std::move(shape);
  }
  return known_.emplace(key, std::move(best)).first->second;
}

double WrappedCode::count(long k, double x) {
  require(k >= 4 && k <= kMostDimension, "wrapped codes: dimension 4..12, got " + std::to_string(k));
  if (!(x >= kLeastWrappedChord && x <= 0.5)) return 0;
  const Counts& counts = shape(k, x).counts;
  double words = 0;
  for (std::size_t indices = 0; indices < counts.size(); ++indices) words += is_word(indices) ? counts[indices] : 0;
  return whole(words);
}

void WrappedCode::add_rows(const Split& split, double x, const WrappedBand& band, std::size_t indices,
                           std::vector<double>& out) {
  const auto [of_p, of_q] = inner_chords(x, band, split.q > 1);
  const std::size_t of_layer = indices / split.layer_bit(), inner = indices % split.layer_bit();
  const std::vector<double> first = rows(split.p, of_p, inner % split.second_bit()),
                            second = rows(split.q, of_q, inner / split.second_bit());
  const auto add = [&](double t) {
    for (auto u = first.begin(); u != first.end(); u += split.p)
      for (auto v = second.begin(); v != second.end(); v += split.q) {
        std::transform(u, u + split.p, std::back_inserter(out), [c = std::cos(t)](double y) { return c * y; });
        std::transform(v, v + split.q, std::back_inserter(out), [s = std::sin(t)](double y) { return s * y; });
      }
  };
  for (double i = of_layer == 0 ? 0 : 1; i < band.layers; i += 2) {
    const double t = band.first + i * band.step;
    add(t);
    if (band.mirrored) add(-t);
  }
}

std::vector<double> WrappedCode::rows(long k, double x, std::size_t indices) {
  std::vector<double> out;
  if (has_shape(k, x)) {
    const Shape& chosen = shape(k, x);
    for (const WrappedBand& band : chosen.bands) add_rows(chosen.split, next_cell(x, cells_), band, indices, out);
    return out;
  }
  const double m = corners(k, x);
  for (double i = double(indices); i < m && indices < 2; i += 2) {
    out.resize(out.size() + std::size_t(k), 0);
    const double angle = 2 * std::numbers::pi * i / m;
    *(out.end() - k) = std::cos(angle);
    if (m > 1) *(out.end() - k + 1) = std::sin(angle);
  }
  return out;
}

Matrix<double> WrappedCode::points(long k, double x) {
  if (count(k, x) == 0) return Matrix<double>(0, k);
  std::vector<double> words;
  for (std::size_t indices = 0; indices < std::size_t(1) << (k - 1); ++indices) {
    if (!is_word(indices)) continue;
    const std::vector<double> word = rows(k, x, indices);
    words.insert(words.end(), word.begin(), word.end());
  }
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(words.data(), long(words.size()) / k, k);
}

}  // namespace shatterproof
