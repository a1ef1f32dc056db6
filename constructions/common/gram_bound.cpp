#include "constructions/common/cap_function.hpp"

namespace shatterproof {

namespace {

/// Sums over the samples of one cap: trace of the block, and 1^T G 1 = |sum of the gradient blocks|^2.
struct BlockSums {
  Ball trace, response;
  Vector<Ball> position;
  long count = 0;
};

}  // namespace

GramBound enclose_lambda_max_of_interpolant(const CapFunction& f, const CapMembership& membership,
                                            const BallSample& sample) {
  const Matrix<Ball> u = f.centres->enclosures();
  const Ball s(f.scale), t(Rational(1 - f.h)), n(sample.count);
  std::vector<BlockSums> blocks(f.signs.size());
  for (long i = 0; i < sample.count; ++i) {
    const long j = membership.cap_of[static_cast<std::size_t>(i)];
    if (j < 0 || f.signs[static_cast<std::size_t>(j)] == 0) continue;
    BlockSums& block = blocks[static_cast<std::size_t>(j)];
    if (block.count++ == 0) block.position = Vector<Ball>::Constant(sample.dimension, Ball(0));
    // Active gradient block (v x, -v, s r), r = u.x - (1-h): its square is v^2 (|x|^2 + 1) + s^2 r^2.
    Ball r = -t, x2;
    for (long c = 0; c < sample.dimension; ++c) {
      const Ball x = Ball::exact(sample.point(i)[c]);
      r.add_product(u(j, c), x);
      x2.add_product(x, x);
      block.position(c) += x;
    }
    block.trace += square(Ball(f.output_weight(j))) * (x2 + Ball(1)) + square(s * r);
    block.response += s * r;
  }
  Ball largest_trace, sum;
  for (std::size_t j = 0; j < blocks.size(); ++j) {
    const BlockSums& block = blocks[j];
    if (block.count == 0) continue;
    largest_trace = max(largest_trace, block.trace);
    Ball position2 = square(Ball(block.count));
    for (long c = 0; c < sample.dimension; ++c) position2 += square(block.position(c));
    sum += square(Ball(f.output_weight(static_cast<long>(j)))) * position2 + square(block.response);
  }
  const Ball lower = Ball(1) + sum / square(n), upper = Ball(1) + largest_trace / n;
  const Ball stated = Ball(1) + Ball(2) * sqrt(Ball(2)) * Ball(f.amplitude) * Ball(membership.most()) / n;
  return {Ball::interval(lower, upper), stated};
}

}  // namespace shatterproof
