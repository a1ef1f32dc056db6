#include "shatterproof/report/packing_section.hpp"

#include <algorithm>

#include "constructions/common/cap_membership.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/packing.hpp"
#include "shatterproof/sphere/packing_bounds.hpp"

namespace shatterproof::report {
namespace {

constexpr long kMostDrawnCentres = 2000, kMostDrawnSamples = 3000;

Enclosure scaled(const Integer& count, const Rational& eps, long d) {
  const BallText text = to_text(Ball(count) * power(Ball(eps), d - 1), 10);
  return {text.lower, text.upper};
}

PackingBoundPoint bound_point(long d, const Rational& eps) {
  const Integer lower = greedy_lower_bound(d, eps);
  Integer count = lower;
  std::string family = "area argument (existence only)";
  const std::vector<PackingFamily> families = packing_families(d, eps);
  if (!families.empty() && families.front().count >= count)
    count = families.front().count, family = families.front().name;
  const CapCountBound upper = best_upper_bound(d, eps);
  return {d,      count.get_str(), lower.get_str(),       upper.count.get_str(),
          family, upper.name,      scaled(count, eps, d), scaled(upper.count, eps, d)};
}

std::vector<Point> points_of(const double* rows, long count, long d) {
  std::vector<Point> points;
  for (long i = 0; i < count; ++i) points.emplace_back(rows + i * d, rows + (i + 1) * d);
  return points;
}

void draw(const PackingView& view, const Packing& packing, std::uint64_t seed, PackingPicture& picture) {
  require(packing.count <= kMostDrawnCentres,
          "packing at d = " + std::to_string(view.d) + ", eps = " + picture.eps + ": " + picture.count +
              " caps are too many to draw, expected at most " + std::to_string(kMostDrawnCentres));
  require(view.samples <= kMostDrawnSamples,
          "at most " + std::to_string(kMostDrawnSamples) + " samples are drawn, found " + std::to_string(view.samples));
  const CapCentres centres(packing.centres);
  picture.centres = points_of(centres.rounded(0), centres.count(), view.d);
  picture.empty.assign(static_cast<std::size_t>(centres.count()), true);
  if (view.samples == 0) return;
  const BallSample sample = sample_ball(view.samples, view.d, stream_seed(seed, Stream::data));
  picture.samples = points_of(sample.coordinates.data(), sample.count, view.d);
  const CapMembership membership = cap_membership(centres, view.eps * view.eps, sample);
  for (std::size_t j = 0; j < picture.empty.size(); ++j) picture.empty[j] = membership.counts[j] == 0;
}

/// The inner products in bins around the multiples of 1/20, so that none of a usual code lies on an edge; up to so many
/// rows against all.
void count_cosines(const Matrix<double>& centres, PackingPicture& picture) {
  constexpr int kBins = 41;
  constexpr double kMostProducts = 2e7;
  const Eigen::Index n = centres.rows();
  for (int i = 0; i <= kBins; ++i) picture.edges.push_back(-1.025 + 0.05 * i);
  picture.counts.assign(kBins, 0);
  const double rows_within = kMostProducts / static_cast<double>(n) / static_cast<double>(centres.cols());
  const Eigen::Index rows = std::clamp<Eigen::Index>(static_cast<Eigen::Index>(rows_within), 1, n);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const Vector<double> products = centres * centres.row(i).transpose();
    for (Eigen::Index j = rows == n ? i + 1 : 0; j < n; ++j) {
      if (j == i) continue;
      const double place = (products(j) + 1.025) / 0.05;
      ++picture.counts[static_cast<std::size_t>(std::clamp(static_cast<int>(place), 0, kBins - 1))];
    }
  }
  picture.pairs = rows == n ? "all pairs" : "the first " + std::to_string(rows) + " centres with all others";
}

Matrix<double> centres_of(const Packing& packing) {
  if (packing.code) return approx_centres(*packing.code);
  const CapCentres centres(packing.centres);
  Matrix<double> rows(centres.count(), centres.dimension());
  for (long i = 0; i < centres.count(); ++i)
    for (long j = 0; j < centres.dimension(); ++j) rows(i, j) = centres.rounded(i)[j];
  return rows;
}

}  // namespace

std::vector<PackingBounds> packing_bounds(long least, long most, const std::vector<Rational>& eps) {
  require(least >= 2 && least <= most, "packing bounds: expected dimensions from 2 on, in order");
  const PrecisionScope precision(128);
  std::vector<PackingBounds> bounds;
  for (const Rational& e : eps) {
    bounds.push_back({to_text_exact(e), {}});
    for (long d = least; d <= most; ++d) bounds.back().points.push_back(bound_point(d, e));
  }
  return bounds;
}

PackingPicture packing_picture(const PackingView& view, std::uint64_t seed) {
  const PrecisionScope precision(128);
  const Packing packing = best_packing(view.d, view.eps);
  PackingPicture picture;
  picture.d = view.d, picture.eps = to_text_exact(view.eps), picture.family = packing.family;
  picture.count = packing.count.get_str(), picture.certified = packing.certified;
  picture.max_cosine = packing.max_cosine.text();
  if (view.d == 2 || view.d == 3) draw(view, packing, seed, picture);
  if (packing.code || packing.centres) count_cosines(centres_of(packing), picture);
  return picture;
}

}  // namespace shatterproof::report
