#pragma once
#include <vector>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

/// a_ik = 1{w_k.x_i - b_k > 0}, decided certainly.
class ActivationPattern {
 public:
  ActivationPattern(Eigen::Index samples, Eigen::Index neurons)
      : samples_(samples), neurons_(neurons), active_(static_cast<std::size_t>(samples * neurons), 0) {}
  [[nodiscard]] bool active(Eigen::Index i, Eigen::Index k) const { return active_[index(i, k)] != 0; }
  void set(Eigen::Index i, Eigen::Index k, bool on) { active_[index(i, k)] = on ? 1 : 0; }
  [[nodiscard]] Eigen::Index samples() const { return samples_; }
  [[nodiscard]] Eigen::Index neurons() const { return neurons_; }

 private:
  [[nodiscard]] std::size_t index(Eigen::Index i, Eigen::Index k) const {
    return static_cast<std::size_t>(k * samples_ + i);
  }
  Eigen::Index samples_, neurons_;
  std::vector<char> active_;
};

/// Decides every sign exactly (by doubles with a bound of their error, rationals where they do not decide; balls first
/// if the numbers leave the range of doubles). Throws PreconditionError naming neuron and sample when w_k.x_i - b_k =
/// 0: L is not twice differentiable there.
[[nodiscard]] ActivationPattern activation_pattern(const Problem<Rational>& problem);

/// Decides every sign by raising the precision up to max_bits; throws UndecidedError naming neuron and sample
/// otherwise.
[[nodiscard]] ActivationPattern activation_pattern(const BallProblem& problem, Bits max_bits = 4096);

/// One sign, of the doubles themselves, in rational arithmetic. Throws PreconditionError at a tie.
[[nodiscard]] bool is_active_exactly(const Problem<double>& problem, Eigen::Index i, Eigen::Index k);

/// The rational problem as enclosures at the working precision in force.
[[nodiscard]] Problem<Ball> to_ball(const Problem<Rational>& problem);
/// Keeps the rational problem and encloses it anew at each call.
[[nodiscard]] BallProblem ball_problem(Problem<Rational> problem);

}  // namespace shatterproof
