#pragma once
#include "shatterproof/linalg/bit_matrix.hpp"

namespace shatterproof {

/// Samples in the layout of the pass: component j of z_i = (x_i; -1), samples side by side.
template <class T>
class SampleColumns {
 public:
  using Index = Eigen::Index;
  explicit SampleColumns(const Matrix<double>& X);
  [[nodiscard]] Index samples() const { return samples_; }
  [[nodiscard]] Index lifted_dimension() const { return lifted_; }  ///< d + 1
  [[nodiscard]] Index padded() const { return stride_; }            ///< a multiple of a tile; the rest is 0
  [[nodiscard]] const T* column(Index j) const { return entries_.data() + j * stride_; }

 private:
  Index samples_, lifted_, stride_;
  AlignedVector<T> entries_;
};

/// What a pass notes about each pair of a sample and a neuron; both n x K. Beyond the samples active is 0, near is open.
template <class T>
struct PassSigns {
  BitMatrix active;        ///< [w_k.z_i > 0]
  BitMatrix near;          ///< [not |w_k.z_i| >= bands_k]
  AlignedVector<T> bands;  ///< asked for
  PassSigns(Eigen::Index samples, Eigen::Index neurons)
      : active(samples, neurons), near(samples, neurons), bands(static_cast<std::size_t>(neurons)) {}
};

/// outputs_i += sum_k v_k max(0, w_k.z_i), and, if asked for, signs. No number of size n x K is kept.
/// weights: K rows (w_k; b_k; 0 ..); outputs: padded() numbers; signs: of n x K or null. The result does not depend on
/// the number of threads. Rounded, without a bound: for descent, not for verdicts.
template <class T>
void dense_pass(const SampleColumns<T>& samples, const LaneRows<T>& weights, const AlignedVector<T>& v,
                AlignedVector<T>& outputs, PassSigns<T>* signs);

}  // namespace shatterproof
