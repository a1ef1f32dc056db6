#include <cmath>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/raw_arrays.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

double finite_double(const std::string& name, const Rational& value) {
  const double x = rounded_double(value);
  require(std::isfinite(x), name + " holds a number beyond the range of double; write JSON instead of .npz");
  return x;
}

ZipContent matrix_member(const std::string& name, const Matrix<Rational>& m) {
  std::vector<double> values;
  for (Eigen::Index i = 0; i < m.rows(); ++i)
    for (Eigen::Index j = 0; j < m.cols(); ++j) values.push_back(finite_double(name, m(i, j)));
  const auto rows = static_cast<std::size_t>(m.rows()), columns = static_cast<std::size_t>(m.cols());
  return {name + ".npy", npy_bytes({rows, columns}, values)};
}

ZipContent vector_member(const std::string& name, const Vector<Rational>& v) {
  std::vector<double> values;
  for (Eigen::Index i = 0; i < v.size(); ++i) values.push_back(finite_double(name, v(i)));
  return {name + ".npy", npy_bytes({values.size()}, values)};
}

ZipContent scalar_member(const std::string& name, double value) { return {name + ".npy", npy_bytes({}, {value})}; }

/// The least double that bounds the radius and the norms of the rounded samples.
double rounded_radius(const DataSet<Rational>& data) {
  const auto rounded = [](const Rational& x) { return exact_rational(rounded_double(x)); };
  const Rational norm2 = largest_sample(convert_matrix<Rational>(data.X, rounded)).norm2;
  double R = finite_double("R", data.R);
  while (exact_rational(R) * exact_rational(R) < norm2) R = std::nextafter(R, INFINITY);
  return R;
}

}  // namespace

std::string npz_bytes(const Problem<Rational>& problem) {
  const auto& [network, data] = problem;
  return zip({matrix_member("W", network.W), vector_member("b", network.b), vector_member("v", network.v),
              scalar_member("beta", finite_double("beta", network.beta)), matrix_member("X", data.X),
              vector_member("y", data.y), scalar_member("R", rounded_radius(data))});
}

}  // namespace shatterproof
