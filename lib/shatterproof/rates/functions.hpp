#pragma once
#include "shatterproof/rates/evaluate.hpp"

namespace shatterproof::rates {

/// The functions of the rate language, called from Evaluator.
///   exponent(R, q)            exponent of q in R (in its leading terms, where it must be the same)
///   leading(R)                the fastest growing terms
///   substitute(R, q, S)       q replaced by S
///   balance(R, S, q)          the q for which R = S
///   optimum(R, q, floor = .., ceiling = ..)   the q that makes R least
///   minimum(R, q, floor = .., ceiling = ..)   all terms of R there
///   at_optimum(R)             R at the optimum of the block
///   integral(R, q)            integral from 0 to q; needs exponents of q above -1
///   sqrt(R), max(R, S, ...)   power 1/2; sum (of numbers: the largest)
class Functions {
 public:
  explicit Functions(Evaluator& evaluator) : evaluator_(evaluator) {}
  [[nodiscard]] Value call(const Node& node);

 private:
  [[nodiscard]] Value exponent(const Node& node);
  [[nodiscard]] Value integral(const Node& node);
  [[nodiscard]] Value largest(const Node& node);
  [[nodiscard]] Minimum minimised(const Node& node);

  Evaluator& evaluator_;
};

}  // namespace shatterproof::rates
