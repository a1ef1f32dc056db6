#include "shatterproof/sphere/lattice_shells.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "shatterproof/core/error.hpp"
#include "shatterproof/sphere/leech.hpp"
#include "shatterproof/sphere/power_series.hpp"

namespace shatterproof {
namespace {

long block_size(long d) { return 9 - d; }  // E8: 1, E7: x1 = x2, E6: x1 = x2 = x3

std::vector<Integer> cubic_counts(long d, long last) {
  return power(sparse_series(
                   {{0, 1}},
                   [](long k) {
                     return Term{k * k, 2};
                   },
                   last),
               d, last);
}

/// Vectors of E8 with the first b coordinates equal. Integer part: b t^2 + |rest|^2 = 2m. Half-odd part, y = 2x odd
/// with sum y = 0 mod 4: flipping one free coordinate changes that condition, so exactly half of all odd vectors.
std::vector<Integer> e8_counts(long d, long last) {
  const long b = block_size(d);
  const std::vector<Integer> whole = cubic_counts(d - 1, 2 * last);
  const std::vector<Integer> odd = power(sparse_series(
                                             {{0, 1}},
                                             [](long k) {
                                               return Term{triangular(k), 1};
                                             },
                                             last),
                                         d - 1, last);
  std::vector<Integer> counts(last + 1);
  for (long m = 0; m <= last; ++m) {
    for (long t = 0; b * t * t <= 2 * m; ++t) counts[m] += (t == 0 ? 1 : 2) * whole[2 * m - b * t * t];
    Integer half = 0;
    for (long k = 0; b * triangular(k) <= m - 1; ++k) half += odd[m - 1 - b * triangular(k)];
    counts[m] += (Integer(1) << (d - 1)) * half;
  }
  return counts;
}

/// All integer vectors with sum weight_k x_k^2 = norm, x_k = residue mod step.
class NormEquation {
 public:
  NormEquation(std::vector<long> weights, long step, long residue,
               std::function<void(const std::vector<std::int64_t>&)> emit)
      : weights_(std::move(weights)), step_(step), residue_(residue), emit_(std::move(emit)), x_(weights_.size()) {}

  void solve(long norm) { extend(0, norm); }

 private:
  void extend(std::size_t k, long rest) {
    if (rest == 0 && residue_ == 0) {  // only zeros are left
      std::fill(x_.begin() + k, x_.end(), 0);
      return emit_(x_);
    }
    if (k == weights_.size()) return;
    const long largest = std::lround(std::floor(std::sqrt(double(rest) / weights_[k]) + 1e-9));
    if (k + 1 == weights_.size()) {  // the last one is determined
      if (weights_[k] * largest * largest != rest || (largest - residue_) % step_ != 0) return;
      for (long sign : {1L, -1L}) x_[k] = sign * largest, emit_(x_);
      return;
    }
    for (long x = -largest; x <= largest; ++x)
      if ((x - residue_) % step_ == 0) x_[k] = x, extend(k + 1, rest - weights_[k] * x * x);
  }

  std::vector<long> weights_;
  long step_, residue_;
  std::function<void(const std::vector<std::int64_t>&)> emit_;
  std::vector<std::int64_t> x_;
};

ExactCode cubic_shell(long d, long m, long count) {
  ExactCode code;
  code.dimension = d;
  code.rational.resize(count, d);
  long row = 0;
  NormEquation(std::vector<long>(d, 1), 1, 0, [&](const auto& x) {
    if (row < count) std::copy(x.begin(), x.end(), code.rational.data() + row * d);
    ++row;
  }).solve(m);
  if (row != count) throw std::logic_error("the Z^d shell has another size than its series says");
  return code;
}

/// In doubled coordinates: all even or all odd, sum = 0 mod 4, norm 8m.
ExactCode e8_shell(long d, long m, long count) {
  const long b = block_size(d);
  ExactCode code;
  code.dimension = d;
  code.rational.resize(count, 8);
  long row = 0;
  const auto emit = [&](const std::vector<std::int64_t>& y) {
    if ((b * y[0] + std::accumulate(y.begin() + 1, y.end(), std::int64_t(0))) % 4 != 0) return;
    if (row < count)
      for (long k = 0; k < 8; ++k) code.rational(row, k) = y[std::max(0L, k - b + 1)];
    ++row;
  };
  std::vector<long> weights(d, 1);
  weights[0] = b;
  NormEquation(weights, 2, 0, emit).solve(8 * m);
  NormEquation(weights, 2, 1, emit).solve(8 * m);
  if (row != count) throw std::logic_error("the E8 shell has another size than its series says");
  if (d < 8) {
    code.frame = IntegerMatrix::Zero(d, 8);
    for (long k = 0; k < 8; ++k) code.frame(std::max(0L, k - b + 1), k) = 1;
  }
  return code;
}

bool is_e8_vector(const std::int64_t* y) {
  std::int64_t sum = 0;
  for (long k = 0; k < 8; ++k) {
    if ((y[k] - y[0]) % 2 != 0) return false;
    sum += y[k];
  }
  return sum % 4 == 0;
}

bool has_duplicate_rows(const IntegerMatrix& rows) {
  std::vector<long> order(rows.rows());
  std::iota(order.begin(), order.end(), 0L);
  const auto row = [&](long i) { return rows.data() + i * rows.cols(); };
  std::sort(order.begin(), order.end(), [&](long i, long j) {
    return std::lexicographical_compare(row(i), row(i) + rows.cols(), row(j), row(j) + rows.cols());
  });
  return std::adjacent_find(order.begin(), order.end(), [&](long i, long j) {
           return std::equal(row(i), row(i) + rows.cols(), row(j));
         }) != order.end();
}

void require_lattice(Lattice lattice, long d) {
  require(lattice != Lattice::e8 || (d >= 6 && d <= 8), "E6, E7, E8 shells need d = 6, 7, 8");
  require(lattice != Lattice::leech || d == 24, "Leech shells need d = 24");
  require(d >= 2, "lattice shells need d >= 2");
}

}  // namespace

std::vector<Integer> shell_counts(Lattice lattice, long d, long last) {
  require_lattice(lattice, d);
  return lattice == Lattice::cubic ? cubic_counts(d, last)
         : lattice == Lattice::e8  ? e8_counts(d, last)
                                   : leech_counts(last);
}

Rational shell_cosine(Lattice lattice, long m) {
  require(m >= 1, "shell_cosine needs m >= 1");
  return 1 - Rational(1, lattice == Lattice::e8 ? 2 * m : m);
}

ExactCode shell_code(Lattice lattice, long d, long m, std::uint64_t limit) {
  require(m >= 1, "shell_code needs m >= 1");
  const Integer count = shell_counts(lattice, d, m)[m];
  require(count > 0 && count <= Integer(static_cast<unsigned long>(limit)),
          "the shell has " + count.get_str() + " vectors, the limit is " + std::to_string(limit));
  if (lattice == Lattice::leech) {
    require(m == 2, "only the first shell of the Leech lattice is enumerated");
    return leech_minimal_vectors();
  }
  return lattice == Lattice::cubic ? cubic_shell(d, m, count.get_si()) : e8_shell(d, m, count.get_si());
}

bool is_certainly_on_shell(Lattice lattice, long d, long m, const ExactCode& code) {
  require_lattice(lattice, d);
  if (code.size() == 0 || code.irrational.size() != 0 || code.dimension != d) return false;
  const long coordinates = lattice == Lattice::e8 ? 8 : d;
  const Wide norm = lattice == Lattice::cubic ? m : lattice == Lattice::e8 ? 8 * m : 16 * m;
  if (code.rational.cols() != coordinates || has_duplicate_rows(code.rational)) return false;
  if (lattice == Lattice::leech && !golay_weights_are_certain()) return false;
  for (long i = 0; i < code.size(); ++i) {
    const std::int64_t* x = code.rational.data() + i * coordinates;
    if (inner_product(code, i, i).first != norm) return false;
    if (lattice == Lattice::e8 && !is_e8_vector(x)) return false;
    if (lattice == Lattice::leech && !is_leech_vector(x)) return false;
  }
  return true;
}

}  // namespace shatterproof
