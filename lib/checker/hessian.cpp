#include "hessian.hpp"

namespace checker {
namespace {

/// Integers p_j and a common q > 0 with row_j = p_j/q for the first `number` of the row.
struct Scaled {
  std::vector<Integer> over;
  Integer under = 1;
};

Scaled scaled(const std::vector<Rational>& row, long number) {
  Scaled result;
  for (long j = 0; j < number; ++j) result.under = lcm(result.under, row[j].get_den());
  for (long j = 0; j < number; ++j) result.over.push_back(row[j].get_num() * (result.under / row[j].get_den()));
  return result;
}

}  // namespace

Hessian::Hessian(const Problem& from, const Fixed& arithmetic)
    : problem(from),
      fixed(arithmetic),
      active(from.samples, Bits(from.neurons / 64 + 1)),
      s(from.neurons, std::vector<Ball>(from.dimension + 1)),
      hidden_(from.samples, std::vector<Integer>(from.neurons)) {
  for (const auto& row : problem.sample) {
    z.emplace_back();
    for (long j = 0; j < problem.dimension; ++j) z.back().push_back(fixed.of(row[j]));
    z.back().push_back(fixed.of(-1));
  }
  for (const auto& row : problem.neuron) v.push_back(fixed.of(row.back()));
  decide_activations();
  sum_residuals();
}

void Hessian::decide_activations() {
  const long d = problem.dimension;
  std::vector<Scaled> weights;
  for (const auto& row : problem.neuron) weights.push_back(scaled(row, d + 1));
  for (long i = 0; i < problem.samples; ++i) {
    Scaled lifted = scaled(problem.sample[i], d);
    lifted.over.push_back(-lifted.under);
    for (long k = 0; k < problem.neurons; ++k) {
      Integer sum;
      for (long j = 0; j <= d; ++j)
        mpz_addmul(sum.get_mpz_t(), weights[k].over[j].get_mpz_t(), lifted.over[j].get_mpz_t());
      if (sum == 0)
        throw Rejected{"w.x - b = 0 for neuron " + std::to_string(k + 1) + " and sample " + std::to_string(i + 1) +
                       ": the loss need not be differentiable there"};
      if (sum < 0) continue;
      active[i][k / 64] |= std::uint64_t{1} << k % 64;
      hidden_[i][k] = floor_quotient(sum << fixed.bits, weights[k].under * lifted.under);
    }
  }
}

/// s_k, from r_i = f(x_i) - y_i.
void Hessian::sum_residuals() {
  const Ball share = fixed.of(Rational(1, problem.samples));
  for (long i = 0; i < problem.samples; ++i) {
    Ball r = fixed.of(problem.beta - problem.sample[i].back());
    for (long k = 0; k < problem.neurons; ++k)
      if (has(active[i], k)) r = r + fixed.product(v[k], hidden(i, k));
    for (long j = 0; j <= problem.dimension; ++j) {
      const Ball term = fixed.product(fixed.product(r, z[i][j]), share);
      for (long k = 0; k < problem.neurons; ++k)
        if (has(active[i], k)) s[k][j] = s[k][j] + term;
    }
  }
}

}  // namespace checker
