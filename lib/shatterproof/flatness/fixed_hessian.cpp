#include "shatterproof/flatness/fixed_hessian.hpp"

#include <bit>
#include <cmath>

#include "shatterproof/core/parallel.hpp"
#include "shatterproof/linalg/wide_integer.hpp"
#include "shatterproof/numeric/rounding.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

std::size_t place(Index i) { return static_cast<std::size_t>(i); }

/// task(i) for 0 <= i < count.
template <class Task>
void for_each_row(Index count, const Task& task) {
  constexpr Index kWorthAThread = 64;
  const Index parts = count < kWorthAThread ? 1 : static_cast<Index>(thread_count());
  const auto part = [&](Index p) {
    for (Index i = count * p / parts; i < count * (p + 1) / parts; ++i) task(i);
  };
  if (parts == 1) return part(0);
  parallel_for(place(parts), [&](std::size_t p) { part(static_cast<Index>(p)); });
}

template <int W>
struct WideRows {
  Index rows, columns;
  std::vector<WideInteger<W>> entries = std::vector<WideInteger<W>>(place(rows * columns));
  WideInteger<W>* row(Index i) { return entries.data() + i * columns; }
  [[nodiscard]] const WideInteger<W>* row(Index i) const { return entries.data() + i * columns; }
};

/// The sums of rows over the bits, exactly (step 1): by digits of so many bits that no sum reaches 2^62. Every entry is
/// below 2^size in size.
template <int W>
WideRows<W> sums_over(const MaskedSum& sum, const WideRows<W>& in, int size) {
  const int bits = 61 - static_cast<int>(std::bit_width(static_cast<std::uint64_t>(in.rows)));
  const int digits = size / bits + 1;
  const Index columns = in.columns;
  const std::int64_t mask = (std::int64_t(1) << bits) - 1;
  LaneRows<std::int64_t> parts(in.rows, digits * columns), sums(sum.columns(), digits * columns);
  for_each_row(in.rows, [&](Index i) {
    for (int c = 0; c < digits; ++c)
      for (Index j = 0; j < columns; ++j) {
        const std::int64_t digit = in.row(i)[j].bits_from(c * bits);
        parts(i, c * columns + j) = c + 1 < digits ? digit & mask : digit;
      }
  });
  sum.apply(parts, sums);
  WideRows<W> out{sum.columns(), columns};
  for_each_row(out.rows, [&](Index i) {
    for (int c = 0; c < digits; ++c)
      for (Index j = 0; j < columns; ++j) out.row(i)[j].add_digit(sums(i, c * columns + j), c * bits);
  });
  return out;
}

/// One product in multiples of 2^-F.
template <int W>
class FixedProduct {
 public:
  FixedProduct(const ExactInputs& inputs, const MaskedPattern& pattern, const VectorParts& u, int size, int F)
      : inputs_(inputs), pattern_(pattern), u_(u), size_(size), F_(F) {}

  /// Values of n H u, then sums.
  void run() {
    const Rows blocks = to_neurons(slopes(to_samples(output_rows()), [&](Index i, Wide& r) {
      for (const ExactInputs::Part& part : inputs_.parts) r.add(part.bias, F_), r.add(-part.labels(i), F_);
    }));
    const std::vector<Wide> g = slopes(to_samples(direction_rows()), [&](Index, Wide& slope) {
      for (const auto& part : u_) slope.add(part[bias_at()], F_);
    });
    for (const Wide& slope : g) bias_.add_scaled(slope, 1);
    collect(to_neurons(g), blocks);
  }

  [[nodiscard]] std::optional<FixedPair> measure(const FixedBounds& bounds) const;

 private:
  using Wide = WideInteger<W>;
  using Rows = WideRows<W>;

  [[nodiscard]] Index width() const { return inputs_.parts.front().weights.width(); }
  [[nodiscard]] std::size_t row_at(Index k) const { return place(k * width()); }
  [[nodiscard]] std::size_t output_at(Index k) const { return place(inputs_.neurons() * width() + k); }
  [[nodiscard]] std::size_t bias_at() const { return u_.front().size() - kLanes; }

  [[nodiscard]] Rows to_samples(const Rows& rows) const { return sums_over(pattern_.over_neurons, rows, size_); }

  /// v_k (w_k; b_k).
  [[nodiscard]] Rows output_rows() const {
    Rows q{inputs_.neurons(), inputs_.lifted};
    for_each_row(q.rows, [&](Index k) {
      for (const ExactInputs::Part& left : inputs_.parts)
        for (const ExactInputs::Part& right : inputs_.parts)
          for (Index j = 0; j < q.columns; ++j)
            q.row(k)[j].add_product(left.outputs[place(k)], right.weights(k, j), F_);
    });
    return q;
  }

  /// u_v,k (w_k; b_k) + v_k u_k.
  [[nodiscard]] Rows direction_rows() const {
    Rows q{inputs_.neurons(), inputs_.lifted};
    for_each_row(q.rows, [&](Index k) {
      for (const ExactInputs::Part& part : inputs_.parts)
        for (const auto& u : u_)
          for (Index j = 0; j < q.columns; ++j) {
            q.row(k)[j].add_product(u[output_at(k)], part.weights(k, j), F_);
            q.row(k)[j].add_product(part.outputs[place(k)], u[row_at(k) + place(j)], F_);
          }
    });
    return q;
  }

  /// z_i.sums_i and what extra(i, slope) adds.
  template <class Extra>
  [[nodiscard]] std::vector<Wide> slopes(const Rows& sums, const Extra& extra) const {
    std::vector<Wide> slopes(place(sums.rows));
    for_each_row(sums.rows, [&](Index i) {
      Wide& slope = slopes[place(i)];
      for (const ExactInputs::Part& part : inputs_.parts)
        for (Index j = 0; j < sums.columns; ++j) slope.add_scaled(sums.row(i)[j], part.samples(i, j));
      extra(i, slope);
    });
    return slopes;
  }

  /// sum_i a_ik slope_i z_i.
  [[nodiscard]] Rows to_neurons(const std::vector<Wide>& slopes) const {
    Rows rows{inputs_.samples(), inputs_.lifted};
    for_each_row(rows.rows, [&](Index i) {
      for (const ExactInputs::Part& part : inputs_.parts)
        for (Index j = 0; j < rows.columns; ++j) rows.row(i)[j].add_scaled(slopes[place(i)], part.samples(i, j));
    });
    return sums_over(pattern_.over_samples, rows, size_);
  }

  /// v_k R_k + u_v,k n s_k and (w_k; b_k).R_k + n s_k.u_k.
  void collect(const Rows& R, const Rows& blocks) {
    for_each_row(R.rows, [&](Index k) {
      for (Index j = 0; j < R.columns; ++j) {
        Wide &row = rows_.row(k)[j], &output = outputs_[place(k)];
        for (const ExactInputs::Part& part : inputs_.parts) {
          row.add_scaled(R.row(k)[j], part.outputs[place(k)]);
          output.add_scaled(R.row(k)[j], part.weights(k, j));
        }
        for (const auto& u : u_) {
          row.add_scaled(blocks.row(k)[j], u[output_at(k)]);
          output.add_scaled(blocks.row(k)[j], u[row_at(k) + place(j)]);
        }
      }
    });
  }

  /// visit(entry of n H u, its place in u).
  template <class Visit>
  void for_each_entry(const Visit& visit) const {
    for (Index k = 0; k < inputs_.neurons(); ++k) {
      for (Index j = 0; j < rows_.columns; ++j) visit(rows_.row(k)[j], row_at(k) + place(j));
      visit(outputs_[place(k)], output_at(k));
    }
    visit(bias_, bias_at());
  }

  /// (value +- error) 2^-F.
  [[nodiscard]] Ball enclose(const Wide& value, double error) const {
    Integer integer;
    mpz_import(integer.get_mpz_t(), W, -1, sizeof(std::uint64_t), 0, 0, value.words().data());
    if (value.is_negative()) integer -= Integer(1) << (64 * W);
    Ball ball{integer};
    ball += Ball::interval(Ball::exact(-error), Ball::exact(error));
    arb_mul_2exp_si(ball.get(), ball.get(), -F_);
    return ball;
  }

  const ExactInputs& inputs_;
  const MaskedPattern& pattern_;
  const VectorParts& u_;
  int size_, F_;
  Rows rows_{inputs_.neurons(), inputs_.lifted};
  std::vector<Wide> outputs_ = std::vector<Wide>(place(inputs_.neurons()));
  Wide bias_;
};

template <int W>
WideInteger<W> rounded_down(Ball x, int fraction) {
  arb_mul_2exp_si(x.get(), x.get(), fraction);
  Integer integer = floor(x.mid().lower_rational());
  WideInteger<W> result;
  for (int shift = 0; shift < 64 * W; shift += 32) {
    const Integer digit = integer & Integer(0xffffffffUL);
    result.add_digit(static_cast<std::int64_t>(digit.get_ui()), shift);
    integer >>= 32;
  }
  return result;
}

template <int W>
std::optional<FixedPair> FixedProduct<W>::measure(const FixedBounds& bounds) const {
  const PrecisionScope scope(64 * W + 64);
  Wide product, norm2;
  for_each_entry([&](const Wide& entry, std::size_t at) {
    for (const auto& u : u_) {
      product.add_scaled(entry, u[at]);
      for (const auto& other : u_) norm2.add_product(u[at], other[at], F_);
    }
  });
  const Ball n(static_cast<long>(inputs_.samples())), size = enclose(norm2, bounds.norm_error);
  if (!certainly_less(Ball::exact(0.25), size) || !certainly_less(size, Ball(4))) return {};
  FixedPair pair;
  pair.quotient = enclose(product, bounds.product_error) / (n * size);
  const Wide scaled = rounded_down<W>(n * pair.quotient, F_);
  pair.direction.assign(u_.front().size(), 0);
  double squares = 0;
  for_each_entry([&](Wide entry, std::size_t at) {
    for (const auto& u : u_) entry.add_scaled(scaled, -u[at]);
    const double difference = entry.to_double(F_);
    squares += difference * difference;
    pair.direction[at] = difference / static_cast<double>(inputs_.samples());
  });
  const Ball rounded = Ball::exact(rounding::root_above(squares));
  Ball error = Ball::exact(bounds.error);
  arb_mul_2exp_si(error.get(), error.get(), -F_);
  pair.residual = ((rounded + error) / (n * sqrt(size))).upper_double();
  return pair;
}

template <int W>
std::optional<FixedPair> run_product(const ExactInputs& inputs, const MaskedPattern& pattern, const VectorParts& u,
                                     const FixedBounds& bounds, int fraction) {
  const int size = std::max(0, std::ilogb(bounds.summed) + 1) + fraction;
  FixedProduct<W> product(inputs, pattern, u, size, fraction);
  product.run();
  return product.measure(bounds);
}

}  // namespace

std::optional<FixedPair> enclose_pair(const ExactInputs& inputs, const MaskedPattern& pattern, const VectorParts& u,
                                      const FixedBounds& bounds, int fraction) {
  // The bounds of sizes have room for errors of 1 (step 3).
  if (!(bounds.range < 0x1p400) || !(bounds.largest_error <= std::ldexp(1.0, fraction))) return {};
  const int bits = std::ilogb(bounds.range) + 2 + fraction;
  if (bits <= 128) return run_product<2>(inputs, pattern, u, bounds, fraction);
  if (bits <= 192) return run_product<3>(inputs, pattern, u, bounds, fraction);
  if (bits <= 256) return run_product<4>(inputs, pattern, u, bounds, fraction);
  if (bits <= 320) return run_product<5>(inputs, pattern, u, bounds, fraction);
  if (bits <= 512) return run_product<8>(inputs, pattern, u, bounds, fraction);
  return {};
}

}  // namespace shatterproof
