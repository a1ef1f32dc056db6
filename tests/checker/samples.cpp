#include <algorithm>

#include "flatness/random_problem.hpp"
#include "shatterproof/certificate/inequality_certificate.hpp"
#include "shatterproof/certificate/lambda_max_certificate.hpp"
#include "shatterproof/certificate/packing_certificate.hpp"
#include "shatterproof/certificate/rank_certificate.hpp"
#include "shatterproof/flatness/lambda_max.hpp"
#include "support.hpp"

namespace shatterproof::testing {
namespace {

std::string enclosure_of(const Problem<Rational>& problem, int digits) {
  const ActivationPattern pattern = activation_pattern(problem);
  const auto enclosure = enclose_lambda_max(ball_problem(problem), pattern, digits + 2);
  return lambda_max_certificate(problem, pattern, enclosure.value, digits).text;
}

/// The enclosure's certificate cut down to one of its bounds.
std::string one_bound(const std::string& enclosure, bool upper) {
  Lines lines = lines_of(enclosure), kept;
  lines[0][2] = upper ? "lambda-max-upper" : "lambda-max-lower";
  for (const auto& line : lines) {
    const std::string& word = line[0];
    const bool of_upper = word == "sigma" || word == "scale" || word == "factor" || word == "parameter-factor";
    const bool of_lower = word == "bound" || word.rfind("witness", 0) == 0;
    if (upper ? !of_lower : !of_upper) kept.push_back(line);
  }
  return sealed(text_of(kept));
}

}  // namespace

std::vector<Sample> samples() {
  const std::string enclosure = enclosure_of(random_problem(3, 2, 2, 5), 8);
  IntegerMatrix matrix(3, 4);
  matrix << 2, 1, 3, 0, -1, 4, 3, 1, 1, 5, 6, 1;
  return {
      {"packing", packing_certificate(best_packing(3, Rational(1, 2), {"simplex", 100}))},
      {"packing with root", packing_certificate(best_packing(3, Rational(1, 5), {"icosahedron", 100}))},
      {"lambda-max-enclosure", enclosure},
      {"lambda-max-upper", one_bound(enclosure, true)},
      {"lambda-max-enclosure by parameters", enclosure_of(random_problem(9, 1, 1, 5), 8)},
      {"lambda-max-lower", one_bound(enclosure, false)},
      {"rank", rank_certificate(matrix)},
      {"inequalities", inequality_certificate({{"a/1", "(1/3+2)^2*3", "<", "17"}, {"b", "2^-3", "=", "1/8"}})},
      {"inequalities with variables",
       sealed("shatterproof-certificate 1 inequalities\nstatements 1\nstatement sum\nvariables 2\nvariable d 1 6\n"
              "variable k 2 3\nholds d*k <= d^2+k^2/4\n")},
  };
}

}  // namespace shatterproof::testing
