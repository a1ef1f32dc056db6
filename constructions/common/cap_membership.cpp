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

void visit_near_caps(const CapCentres& centres, double h, const BallSample& sample,
                     const std::function<void(long, long, double)>& visit) {
  require(centres.dimension() == sample.dimension, "centres and samples have different dimensions");
  const long d = sample.dimension, caps = centres.count();
  // 1 - h in double is off by at most 2^-53, the norm by 1e-14 relative: both are inside the slack.
  const double threshold = 1 - h - 2 * centres.error_bound();
  for (long i = 0; i < sample.count; ++i) {
    if (sample.norms[static_cast<std::size_t>(i)] * (1 + 1e-13) < threshold) continue;
    const double* x = sample.point(i);
    for (long j = 0; j < caps; ++j) {
      const double* u = centres.rounded(j);
      double inner = 0;
      for (long k = 0; k < d; ++k) inner += u[k] * x[k];
      if (inner > threshold) visit(i, j, inner);
    }
  }
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

/// u_j.x_i > 1 - h, by balls of rising precision.
bool is_in_cap_by_balls(const CapCentres& centres, const Rational& h, const BallSample& sample, long i, long j) {
  for (Bits bits = 128; bits <= 2048; bits *= 2) {
    PrecisionScope scope(bits);
    const Matrix<Ball> u = centres.enclosures();
    Ball excess = Ball(h) - Ball(1);
    for (long k = 0; k < sample.dimension; ++k) excess.add_product(u(j, k), Ball::exact(sample.point(i)[k]));
    if (certainly_positive(excess)) return true;
    if (certainly_negative(excess)) return false;
  }
  throw UndecidedError("sample " + std::to_string(i) + " lies on the boundary of cap " + std::to_string(j) +
                       " as far as 2048 bits can tell; another seed would decide it");
}

}  // namespace

CapMembership cap_membership(const CapCentres& centres, const Rational& h, const BallSample& sample) {
  CapMembership result;
  result.cap_of.assign(static_cast<std::size_t>(sample.count), -1);
  result.counts.assign(static_cast<std::size_t>(centres.count()), 0);
  const double threshold = 1 - h.get_d(), margin = 2 * centres.error_bound();
  visit_near_caps(centres, h.get_d(), sample, [&](long i, long j, double inner) {
    const bool inside =
        inner > threshold + margin || (inner >= threshold - margin && is_in_cap_by_balls(centres, h, sample, i, j));
    if (!inside) return;
    long& cap = result.cap_of[static_cast<std::size_t>(i)];
    require(cap < 0, "caps " + std::to_string(cap) + " and " + std::to_string(j) + " overlap");
    cap = j;
    ++result.counts[static_cast<std::size_t>(j)];
  });
  return result;
}

}  // namespace shatterproof
