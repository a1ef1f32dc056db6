#include "shatterproof/network/raw_arrays.hpp"

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using Shape = std::vector<std::size_t>;

class Assembler {
 public:
  Assembler(const std::string& file, const RawArrays& arrays) : file_(file), arrays_(arrays) {}

  Problem<Rational> assemble() const {
    const RawArray& x = required("X");
    if (!x.shape.empty() && x.shape[0] == 0) reject("X", "shape " + shape_text(x.shape), "at least one sample");
    if (x.shape.size() != 2) reject("X", "shape " + shape_text(x.shape), "a shape (n, d): one row per sample");
    const std::size_t n = x.shape[0], d = x.shape[1];
    if (d == 0) reject("X", "shape " + shape_text(x.shape), "at least one input dimension");
    const RawArray& w = required("W");
    const bool no_neurons = w.shape == Shape{0};
    if (!no_neurons && (w.shape.size() != 2 || w.shape[1] != d))
      reject("W", "shape " + shape_text(w.shape),
             "a shape (K, " + std::to_string(d) + "), because X has shape " + shape_text(x.shape));
    const std::size_t neurons = w.shape[0];
    const std::string per_neuron = ": W has shape " + shape_text(w.shape);
    Problem<Rational> problem{
        {matrix(w, neurons, d), vector("b", neurons, per_neuron), vector("v", neurons, per_neuron), scalar("beta")},
        {matrix(x, n, d), vector("y", n, ": X has shape " + shape_text(x.shape)), 0}};
    problem.data.R = radius(problem.data.X);
    return problem;
  }

 private:
  [[noreturn]] void reject(const std::string& field, const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field, found, expected);
  }

  const RawArray& required(const std::string& name) const {
    const auto found = arrays_.find(name);
    if (found != arrays_.end()) return found->second;
    std::string present;
    for (const auto& [key, array] : arrays_) present += (present.empty() ? "" : ", ") + key;
    reject(name, "nothing (the file has " + (present.empty() ? "no arrays" : present) + ")", "an array of this name");
  }

  static Matrix<Rational> matrix(const RawArray& array, std::size_t rows, std::size_t columns) {
    Matrix<Rational> m(rows, columns);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        m(static_cast<Index>(i), static_cast<Index>(j)) = array.values[i * columns + j];
    return m;
  }

  Vector<Rational> vector(const std::string& name, std::size_t size, const std::string& why) const {
    const RawArray& array = required(name);
    if (array.shape != Shape{size}) reject(name, "shape " + shape_text(array.shape), shape_text({size}) + why);
    Vector<Rational> result(size);
    for (std::size_t i = 0; i < size; ++i) result(static_cast<Index>(i)) = array.values[i];
    return result;
  }

  Rational scalar(const std::string& name) const {
    const RawArray& array = required(name);
    if (array.values.size() != 1 || array.shape.size() > 1)
      reject(name, "shape " + shape_text(array.shape), "one number");
    return array.values.front();
  }

  Rational radius(const Matrix<Rational>& X) const {
    const auto [norm2, index] = largest_sample(X);
    if (arrays_.count("R") == 0) return norm2 <= 1 ? Rational(1) : root_upper_bound(norm2);
    const Rational R = scalar("R");
    if (sgn(R) <= 0) reject("R", to_text_exact(R), "a positive radius");
    if (R * R < norm2)
      reject("R", to_text_exact(R),
             "at least the norm of every sample, but X[" + std::to_string(index) + "] has norm " +
                 to_text_certain(sqrt(Ball(norm2)), 17));
    return R;
  }

  /// The square root if it is rational, else rounded up to a multiple of 2^-32.
  static Rational root_upper_bound(const Rational& square) {
    if (mpz_perfect_square_p(square.get_num_mpz_t()) && mpz_perfect_square_p(square.get_den_mpz_t())) {
      return Rational(Integer(sqrt(square.get_num())), Integer(sqrt(square.get_den())));
    }
    const Rational scale = power(Rational(2), 64);
    const Integer root = sqrt(floor(square * scale)) + 1;
    Rational bound(root, Integer(1) << 32);
    bound.canonicalize();
    return bound;
  }

  const std::string& file_;
  const RawArrays& arrays_;
};

}  // namespace

std::string shape_text(const Shape& shape) {
  std::string text = "(";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::string element_name(const std::string& field, const Shape& shape, std::size_t position) {
  std::string index;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    index = "[" + std::to_string(position % shape[axis]) + "]" + index;
    position /= shape[axis];
  }
  return field + index;
}

LargestSample largest_sample(const Matrix<Rational>& X) {
  LargestSample largest{-1, 0};
  for (Index i = 0; i < X.rows(); ++i) {
    Rational norm2 = 0;
    for (Index j = 0; j < X.cols(); ++j) norm2 += X(i, j) * X(i, j);
    if (norm2 > largest.norm2) largest = {norm2, i};
  }
  return largest;
}

Problem<Rational> assemble_problem(const std::string& file, const RawArrays& arrays) {
  return Assembler(file, arrays).assemble();
}

}  // namespace shatterproof
