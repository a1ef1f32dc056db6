#include "constructions/common/cap_membership.hpp"

#include <algorithm>
#include <cmath>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

CapCentres::CapCentres(std::function<Matrix<Ball>()> enclosures) : enclosures_(std::move(enclosures)) {
  require(static_cast<bool>(enclosures_), "the centres of this packing were not enumerated");
  PrecisionScope scope(128);
  const Matrix<Ball> u = enclosures_();
  count_ = u.rows();
  dimension_ = u.cols();
  require(count_ >= 1 && dimension_ >= 1, "a packing needs at least one centre");
  rounded_.reserve(static_cast<std::size_t>(count_ * dimension_));
  for (long j = 0; j < count_; ++j) {
    for (long k = 0; k < dimension_; ++k) {
      if (!(u(j, k).radius().upper_double() < 0x1p-60)) throw UndecidedError("centre enclosures are too wide");
      rounded_.push_back(u(j, k).mid_double());
    }
  }
}

CapFinder cap_finder(const CapCentres& centres, const Rational& h) {
  return CapFinder({centres.rounded(0), centres.count(), centres.dimension(), h, centres.error_bound()});
}

void visit_near_caps(const CapCentres& centres, const Rational& h, const BallSample& sample,
                     const std::function<void(long, long, double)>& visit) {
  require(centres.dimension() == sample.dimension, "centres and samples have different dimensions");
  cap_finder(centres, h).visit_near(sample.coordinates.data(), sample.count, visit);
}

long CapMembership::most() const { return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end()); }

std::vector<long> CapMembership::empty() const {
  std::vector<long> indices;
  for (std::size_t j = 0; j < counts.size(); ++j) {
    if (counts[j] == 0) indices.push_back(static_cast<long>(j));
  }
  return indices;
}

namespace {

/// u_j.x > 1 - h, by balls of rising precision.
bool is_in_cap_by_balls(const CapCentres& centres, const Rational& h, long j, const double* x) {
  for (Bits bits = 128; bits <= 2048; bits *= 2) {
    PrecisionScope scope(bits);
    const Matrix<Ball> u = centres.enclosures();
    Ball excess = Ball(h) - Ball(1);
    for (long k = 0; k < centres.dimension(); ++k) excess.add_product(u(j, k), Ball::exact(x[k]));
    if (certainly_positive(excess)) return true;
    if (certainly_negative(excess)) return false;
  }
  throw UndecidedError("a sample lies on the boundary of cap " + std::to_string(j) +
                       " as far as 2048 bits can tell; another seed would decide it");
}

}  // namespace

std::vector<std::int32_t> certain_caps_of(const CapFinder& finder, const CapCentres& centres, const Rational& h,
                                          const double* points, long count) {
  return finder.caps_of(points, count, [&](long j, const double* x) { return is_in_cap_by_balls(centres, h, j, x); });
}

CapMembership cap_membership(const CapCentres& centres, const Rational& h, const BallSample& sample) {
  require(centres.dimension() == sample.dimension, "centres and samples have different dimensions");
  CapMembership result;
  const std::vector<std::int32_t> caps =
      certain_caps_of(cap_finder(centres, h), centres, h, sample.coordinates.data(), sample.count);
  result.cap_of.assign(caps.begin(), caps.end());
  result.counts.assign(static_cast<std::size_t>(centres.count()), 0);
  for (const long cap : result.cap_of)
    if (cap >= 0) ++result.counts[static_cast<std::size_t>(cap)];
  return result;
}

}  // namespace shatterproof
