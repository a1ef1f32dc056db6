#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/rates/domain.hpp"
#include "shatterproof/rates/rational_function.hpp"
#include "shatterproof/rates/real_roots.hpp"

namespace shatterproof::rates {

/// A value for every parameter; at most one of them is irrational.
using ParameterPoint = std::map<std::string, RealNumber>;

/// Answers questions about signs at one point, and remembers what was asked.
class Signs {
 public:
  explicit Signs(ParameterPoint point) : point_(std::move(point)) {}
  [[nodiscard]] const ParameterPoint& point() const { return point_; }
  /// Exact. Throws PreconditionError for a parameter without a value.
  int of(const Polynomial& p);
  /// Requires that the denominator is not 0 here (else Undefined is thrown).
  int of(const RationalFunction& f);
  [[nodiscard]] const std::vector<Polynomial>& asked() const { return asked_; }

 private:
  ParameterPoint point_;
  std::vector<Polynomial> asked_;
};

/// A rate or an exponent has no value at a point: a pole, or a minimum that does not exist. The text says what and why.
struct Undefined : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A part of the domain on which every sign that was asked is the same as at `sample`.
struct Cell {
  ParameterPoint sample;
  std::string text;     ///< "d = 1", "1 < d < 7/3, e.g. d = 2"
  bool settled = true;  ///< false: only the sample is covered, the rest was not decided
};

/// Splits the product of the ranges into cells for a computation that looks at the parameters through Signs only: on
/// each settled cell it takes the same course everywhere. The cells cover the domain. One parameter is always settled
/// (Sturm sequences; the cells are the roots of what was asked and the intervals between them). Two or more are settled
/// by the signs of coefficients on boxes, which are halved at most `depth` times; what is left over is not settled.
/// `run` must not throw (it answers for its own errors), else the exception goes through.
[[nodiscard]] std::vector<Cell> decompose(const std::vector<ParameterRange>& domain,
                                          const std::function<void(Signs&)>& run, int depth = 8);

/// "d = 2, alpha = 1/3".
[[nodiscard]] std::string to_text(const ParameterPoint& point);

}  // namespace shatterproof::rates
