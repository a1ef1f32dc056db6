#include "shatterproof/network/assemble.hpp"

#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/layout.hpp"

namespace shatterproof {
namespace {

using Index = Eigen::Index;
using Shape = std::vector<std::size_t>;

/// The square root if it is rational, else rounded up to a multiple of 2^-32.
Rational root_upper_bound(const Rational& square) {
  if (mpz_perfect_square_p(square.get_num_mpz_t()) && mpz_perfect_square_p(square.get_den_mpz_t())) {
    return Rational(Integer(sqrt(square.get_num())), Integer(sqrt(square.get_den())));
  }
  const Rational scale = power(Rational(2), 64);
  const Integer root = sqrt(floor(square * scale)) + 1;
  Rational bound(root, Integer(1) << 32);
  bound.canonicalize();
  return bound;
}

/// Takes parts of a problem from the arrays of one file, and notes what it took each array for.
class Assembler {
 public:
  explicit Assembler(const RawFile& file) : file_(file) {}
  std::vector<ArrayUse> uses;

  DataSet<Rational> data(const std::optional<Rational>& given_radius) {
    const RawArray& x = required("X");
    if (!x.shape.empty() && x.shape[0] == 0) reject("X", "shape " + shape_text(x.shape), "at least one sample");
    if (x.shape.size() != 2) reject("X", "shape " + shape_text(x.shape), "a shape (n, d): one row per sample");
    const std::size_t n = x.shape[0], d = x.shape[1];
    if (d == 0) reject("X", "shape " + shape_text(x.shape), "at least one input dimension");
    DataSet<Rational> result{
        matrix("X", n, d, std::to_string(n) + " samples in dimension " + std::to_string(d)), {}, 0};
    const bool column = required("y").shape == Shape{n, 1};
    result.y = vector("y", column ? Shape{n, 1} : Shape{n}, ": X has shape " + shape_text(x.shape), "labels");
    result.R = radius(result.X, given_radius);
    return result;
  }

  /// dimension: of the samples.
  Network<Rational> network(const std::optional<BiasSign>& given_sign, std::size_t dimension) {
    const NetworkLayout names = recognise_layout(file_);
    const RawArray& w = required(names.W);
    const bool no_neurons = w.shape == Shape{0};
    const std::string d = std::to_string(dimension);
    if (!no_neurons && (w.shape.size() != 2 || w.shape[1] != dimension))
      reject(names.W, "shape " + shape_text(w.shape), "a shape (K, " + d + "), because X has " + d + " columns");
    const std::size_t neurons = w.shape[0];
    const std::string because = ": " + names.W + " has shape " + shape_text(w.shape);
    Network<Rational> result;
    result.W =
        matrix(names.W, neurons, dimension, "weights w of " + std::to_string(neurons) + " neurons in dimension " + d);
    const bool plus = given_sign.value_or(names.sign) == BiasSign::plus;
    result.b = vector(names.b, {neurons}, because,
                      plus ? "biases of relu(w.x + bias), so b = -bias" : "thresholds b of relu(w.x - b)");
    for (Index k = 0; plus && k < result.b.size(); ++k) result.b(k) = -result.b(k);
    result.v = vector(names.v, names.torch ? Shape{1, neurons} : Shape{neurons}, because, "output weights v");
    result.beta = scalar(names.beta, "output bias beta");
    return result;
  }

  void note_unused() {
    const auto add = [&](const std::string& name, const std::string& shape, const std::string& type) {
      if (std::none_of(uses.begin(), uses.end(), [&](const ArrayUse& use) { return use.name == name; }))
        uses.push_back({file_.file, name, shape, type, "not used"});
    };
    for (const auto& [name, array] : file_.arrays) add(name, shape_text(array.shape), array.type);
    for (const std::string& name : file_.ignored) add(name, "", "");
  }

 private:
  [[noreturn]] void reject(const std::string& field, const std::string& found, const std::string& expected) const {
    throw FormatError(file_.file, field, found, expected);
  }

  const RawArray& required(const std::string& name) const {
    const auto found = file_.arrays.find(name);
    if (found != file_.arrays.end()) return found->second;
    std::string present;
    for (const auto& [key, array] : file_.arrays) present += (present.empty() ? "" : ", ") + key;
    reject(name, "nothing (the file has " + (present.empty() ? "no arrays" : present) + ")", "an array of this name");
  }

  const RawArray& take(const std::string& name, const std::string& meaning) {
    const RawArray& array = required(name);
    uses.push_back({file_.file, name, shape_text(array.shape), array.type, meaning});
    return array;
  }

  Matrix<Rational> matrix(const std::string& name, std::size_t rows, std::size_t columns, const std::string& meaning) {
    const RawArray& array = take(name, meaning);
    Matrix<Rational> m(rows, columns);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        m(static_cast<Index>(i), static_cast<Index>(j)) = array.values[i * columns + j];
    return m;
  }

  Vector<Rational> vector(const std::string& name, const Shape& shape, const std::string& because,
                          const std::string& meaning) {
    const RawArray& array = take(name, meaning);
    if (array.shape != shape) reject(name, "shape " + shape_text(array.shape), shape_text(shape) + because);
    Vector<Rational> result(array.values.size());
    for (std::size_t i = 0; i < array.values.size(); ++i) result(static_cast<Index>(i)) = array.values[i];
    return result;
  }

  Rational scalar(const std::string& name, const std::string& meaning) {
    const RawArray& array = take(name, meaning);
    if (array.values.size() != 1 || array.shape.size() > 1)
      reject(name, "shape " + shape_text(array.shape), "one number");
    return array.values.front();
  }

  Rational radius(const Matrix<Rational>& X, const std::optional<Rational>& given) {
    const auto [norm2, index] = largest_sample(X);
    if (!given && file_.arrays.count("R") == 0) return norm2 <= 1 ? Rational(1) : root_upper_bound(norm2);
    const Rational R = given ? *given : scalar("R", "radius of a ball around 0 that holds the samples");
    if (sgn(R) <= 0) reject("R", to_text_exact(R), "a positive radius");
    if (R * R < norm2)
      reject("R", to_text_exact(R),
             "at least the norm of every sample, but X[" + std::to_string(index) + "] has norm " +
                 to_text_certain(sqrt(Ball(norm2)), 17));
    return R;
  }

  const RawFile& file_;
};

}  // namespace

DataFile assemble_data(const RawFile& file, const std::optional<Rational>& radius) {
  Assembler assembler(file);
  DataSet<Rational> data = assembler.data(radius);
  assembler.note_unused();
  return {std::move(data), std::move(assembler.uses)};
}

ProblemFile assemble_problem(const RawFile& file, const ReadOptions& options) {
  Assembler assembler(file);
  ProblemFile result;
  result.problem.data = options.data ? options.data->data : assembler.data(options.radius);
  result.problem.network = assembler.network(options.bias_sign, static_cast<std::size_t>(result.problem.data.X.cols()));
  assembler.note_unused();
  result.arrays = std::move(assembler.uses);
  if (options.data) result.arrays.insert(result.arrays.end(), options.data->arrays.begin(), options.data->arrays.end());
  return result;
}

}  // namespace shatterproof
