#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/training/descent.hpp"
#include "shatterproof/training/relu_descent.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;

/// Descent of a GELU network, a Phi(a) with Phi the normal distribution function (Appendix A.4). Matrices n x K.
class GeluDescent final : public Descent {
 public:
  GeluDescent(const TrainingSettings& settings, Network<double> start, const DataSet<double>& data)
      : eta_(settings.eta),
        decay_(settings.decay),
        clip_(settings.clip > 0 ? settings.clip : HUGE_VAL),
        network_(std::move(start)),
        data_(data) {}

  void look() override {
    margins_ = margins_at(data_.X);
    cumulative_ = margins_.unaryExpr([](double a) { return std::erfc(-a * M_SQRT1_2) / 2; });
    outputs_ = ((margins_.array() * cumulative_.array()).matrix() * network_.v).array() + network_.beta;
  }

  void advance(long steps) override {
    for (long s = 0; s < steps && !diverged_; ++s) {
      if (s > 0) look();
      step();
    }
  }

  [[nodiscard]] Network<double> network() const override { return network_; }
  [[nodiscard]] Vector<double> outputs() const override { return outputs_; }
  [[nodiscard]] BitMatrix active() const override {
    BitMatrix bits(margins_.rows(), margins_.cols());
    for (Index k = 0; k < margins_.cols(); ++k)
      for (Index i = 0; i < margins_.rows(); ++i)
        if (margins_(i, k) > 0) bits.set(i, k, true);
    return bits;
  }
  [[nodiscard]] Vector<double> values_at(const Matrix<double>& X) const override {
    const Matrix<double> hidden = margins_at(X).unaryExpr([](double a) { return a * std::erfc(-a * M_SQRT1_2) / 2; });
    return (hidden * network_.v).array() + network_.beta;
  }

 private:
  [[nodiscard]] Matrix<double> margins_at(const Matrix<double>& X) const {
    return (X * network_.W.transpose()).rowwise() - network_.b.transpose();
  }

  void step() {
    constexpr double kInverseRoot = 0.3989422804014326779;  // 1/sqrt(2 pi)
    const auto n = static_cast<double>(data_.samples());
    const Vector<double> r = (outputs_ - data_.y) / n;
    const Vector<double> gv = (margins_.array() * cumulative_.array()).matrix().transpose() * r;
    // d/da a Phi(a) = Phi(a) + a phi(a)
    const Matrix<double> slopes =
        ((cumulative_.array() + margins_.array() * kInverseRoot * (-margins_.array().square() / 2).exp()).colwise() *
         r.array())
            .rowwise() *
        network_.v.transpose().array();
    const Matrix<double> gW = slopes.transpose() * data_.X;
    const Vector<double> gb = -slopes.colwise().sum().transpose();
    const double gbeta = r.sum();
    const double norm = std::sqrt(gv.squaredNorm() + gW.squaredNorm() + gb.squaredNorm() + gbeta * gbeta);
    diverged_ = !std::isfinite(norm);
    if (diverged_) return;
    ++made_;
    const double c = norm > clip_ ? clip_ / norm : 1, keep = 1 - eta_ * decay_;
    if (c < 1) ++clipped_;
    network_.W = keep * network_.W - c * eta_ * gW;
    network_.b = keep * network_.b - c * eta_ * gb;
    network_.v = keep * network_.v - c * eta_ * gv;
    network_.beta = keep * network_.beta - c * eta_ * gbeta;
  }

  double eta_, decay_, clip_;
  Network<double> network_;
  DataSet<double> data_;
  Matrix<double> margins_, cumulative_;
  Vector<double> outputs_;
};

}  // namespace

std::unique_ptr<Descent> make_descent(const TrainingSettings& settings, const Network<double>& start,
                                      const DataSet<double>& data) {
  const bool floats = settings.arithmetic == Arithmetic::floats;
  if (settings.unit == HiddenUnit::gelu) return std::make_unique<GeluDescent>(settings, start, data);
  if (floats) return std::make_unique<ReluDescent<float>>(settings, start, data);
  return std::make_unique<ReluDescent<double>>(settings, start, data);
}

}  // namespace shatterproof
