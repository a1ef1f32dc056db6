#pragma once
#include "shatterproof/training/active_pattern.hpp"
#include "shatterproof/training/descent.hpp"

namespace shatterproof {

/// Descent of a ReLU network. Sums over samples and neurons run in an order that does not depend on the threads.
template <class T>
class ReluDescent final : public Descent {
 public:
  using Index = Eigen::Index;
  ReluDescent(const TrainingSettings& settings, Network<double> start, const DataSet<double>& data);
  ReluDescent(const ReluDescent&) = delete;  // the pattern refers to the samples here
  ReluDescent& operator=(const ReluDescent&) = delete;

  void look() override;
  void advance(long steps) override;
  [[nodiscard]] Network<double> network() const override;
  [[nodiscard]] Vector<double> outputs() const override;
  [[nodiscard]] BitMatrix active() const override;
  [[nodiscard]] Vector<double> values_at(const Matrix<double>& X) const override;

  /// Whether the steps from here on go by lists.
  [[nodiscard]] bool uses_lists() const { return pattern_.uses_lists(); }

 private:
  void load();  // the kept neurons of network_
  void settle_neurons();
  template <class Work>
  void over_neurons(const Work& work) const;
  void pass();
  void sum_gradient();
  double gradient_norm();
  void descend(T share);
  void step();

  double eta_, decay_, clip_;
  Network<double> network_;  // of the neurons that are left out, the weights for good
  Vector<double> labels_;
  SampleColumns<T> columns_;
  LaneRows<T> samples_;                    // n rows z_i = (x_i; -1; 0 ..)
  std::vector<Index> kept_;                // neurons still in the descent
  LaneRows<T> weights_;                    // their rows (w_k; b_k; 0 ..)
  AlignedVector<T> v_, slopes_, squares_;  // v_k; w_k.s_k and |s_k|^2 with s_k = sum of r_i z_i over its samples
  double beta_ = 0, mean_residual_ = 0;
  AlignedVector<T> outputs_;  // f(x_i)
  LaneRows<T> of_neurons_, sums_;
  ActivePattern<T> pattern_;  // of the kept neurons
};

}  // namespace shatterproof
