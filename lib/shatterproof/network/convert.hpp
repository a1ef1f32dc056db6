#pragma once
#include <optional>

#include "shatterproof/network/problem.hpp"

namespace shatterproof {

template <class To, class From, class Convert>
[[nodiscard]] Matrix<To> convert_matrix(const Matrix<From>& from, const Convert& convert) {
  Matrix<To> to(from.rows(), from.cols());
  for (Eigen::Index j = 0; j < from.cols(); ++j)
    for (Eigen::Index i = 0; i < from.rows(); ++i) to(i, j) = convert(from(i, j));
  return to;
}

template <class To, class From, class Convert>
[[nodiscard]] Vector<To> convert_vector(const Vector<From>& from, const Convert& convert) {
  Vector<To> to(from.size());
  for (Eigen::Index i = 0; i < from.size(); ++i) to(i) = convert(from(i));
  return to;
}

/// The problem with every number passed through convert.
template <class To, class From, class Convert>
[[nodiscard]] Problem<To> convert_problem(const Problem<From>& from, const Convert& convert) {
  const auto& [network, data] = from;
  return {{convert_matrix<To>(network.W, convert), convert_vector<To>(network.b, convert),
           convert_vector<To>(network.v, convert), convert(network.beta)},
          {convert_matrix<To>(data.X, convert), convert_vector<To>(data.y, convert), convert(data.R)}};
}

/// The nearest double; infinite beyond the range of double.
[[nodiscard]] double rounded_double(const Rational& value);

/// Every number rounded to the nearest double: for approximate work only. The activation pattern of the rounded problem
/// may differ; use the pattern of the exact one.
[[nodiscard]] Problem<double> to_double(const Problem<Rational>& problem);
[[nodiscard]] Problem<double> to_double(const Problem<Ball>& problem);  ///< midpoints

/// Doubles that differ from every number of the problem by at most two units in the last place, 2^-52 of their own
/// size; nothing if the enclosures do not prove that. The radius R is left out.
[[nodiscard]] std::optional<Problem<double>> close_doubles(const Problem<Ball>& problem);

/// The same for the nearest doubles of exact numbers; nothing if one is beyond 1e300 or below 1e-300 and not 0.
[[nodiscard]] std::optional<Problem<double>> close_doubles(const Problem<Rational>& problem);

/// The doubles themselves, without rounding. Throws PreconditionError for NaN and infinity.
[[nodiscard]] Problem<Rational> exact_problem(const Problem<double>& problem);

}  // namespace shatterproof
