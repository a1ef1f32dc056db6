#pragma once
// What comes in from Python, converted exactly.
#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include "shatterproof/core/error.hpp"
#include "shatterproof/flatness/loss_kind.hpp"
#include "shatterproof/network/assemble.hpp"
#include "shatterproof/network/forward_pass.hpp"
#include "shatterproof/network/number_type.hpp"

namespace shatterproof::python {

namespace py = pybind11;

constexpr const char* kCaller = "shatterproof";
constexpr int kMostPythonDigits = 1000;

/// The array with every number converted exactly; ValueError for another type than the library reads.
inline RawArray raw_array(const std::string& name, const py::object& given) {
  const py::array array = py::array::ensure(given);
  if (!array) throw FormatError(kCaller, name, "no array (rows of different lengths?)", "an array of numbers");
  const char kind = array.dtype().kind();
  const bool floating = kind == 'f' && array.itemsize() <= 8,
             whole = kind == 'i' || (kind == 'u' && array.itemsize() < 8);
  if (!floating && !whole)
    throw FormatError(kCaller, name, "dtype " + py::str(array.dtype()).cast<std::string>(),
                      "float16, float32, float64 or integers of at most 64 bits");
  if (array.ndim() > 2) throw FormatError(kCaller, name, std::to_string(array.ndim()) + " axes", "at most two axes");
  const std::vector<std::size_t> shape(array.shape(), array.shape() + array.ndim());
  const auto decoded = [&](const py::array& numbers, NumberType type) {
    const std::string_view bytes(static_cast<const char*>(numbers.data()), static_cast<std::size_t>(numbers.nbytes()));
    return decode_array(kCaller, name, type, shape, Order::c, bytes);
  };
  constexpr int kContiguous = py::array::c_style | py::array::forcecast;
  // To the wider type without loss.
  if (floating) return decoded(py::array_t<double, kContiguous>::ensure(array), NumberType::float64);
  return decoded(py::array_t<std::int64_t, kContiguous>::ensure(array), NumberType::int64);
}

inline RawFile raw_arrays(const std::initializer_list<std::pair<const char*, const py::object&>>& given) {
  RawFile arrays{kCaller, {}};
  for (const auto& [name, array] : given) arrays.arrays[name] = raw_array(name, array);
  return arrays;
}

/// The problem in doubles if its arrays are of floats that fit together; else it is read number by number, which says
/// what is wrong.
inline std::optional<Problem<double>> doubles_of(const py::object& W, const py::object& b, const py::object& v,
                                                 const py::object& beta, const py::object& X, const py::object& y) {
  using Numbers = py::array_t<double, py::array::f_style | py::array::forcecast>;
  std::vector<Numbers> arrays;
  for (const py::object* given : {&W, &b, &v, &beta, &X, &y}) {
    const py::array array = py::array::ensure(*given);
    if (!array || array.dtype().kind() != 'f' || array.itemsize() > 8) return {};
    arrays.push_back(Numbers::ensure(array));
  }
  if (arrays[0].ndim() != 2 || arrays[4].ndim() != 2 || arrays[3].size() != 1) return {};
  const auto K = arrays[0].shape(0), d = arrays[0].shape(1), n = arrays[4].shape(0);
  const auto is_vector = [&](std::size_t a, py::ssize_t size) {
    return arrays[a].ndim() == 1 && arrays[a].shape(0) == size;
  };
  if (n == 0 || d == 0 || !is_vector(1, K) || !is_vector(2, K) || arrays[4].shape(1) != d || !is_vector(5, n))
    return {};
  const auto vector = [&](std::size_t a) { return Vector<double>::Map(arrays[a].data(), arrays[a].size()); };
  Problem<double> problem{{Matrix<double>::Map(arrays[0].data(), K, d), vector(1), vector(2), *arrays[3].data()},
                          {Matrix<double>::Map(arrays[4].data(), n, d), vector(5), 1}};
  if (!is_moderate(problem)) return {};
  return problem;
}

/// A text such as "0.4" or "2/7" as it is written; an int, a float or a Fraction exactly.
inline std::optional<Rational> rational_option(const py::object& value) {
  if (value.is_none()) return {};
  if (py::isinstance<py::str>(value)) return parse_rational(value.cast<std::string>());
  const bool has_ratio = py::hasattr(value, "as_integer_ratio");  // NumPy's integers have none
  const py::object number = has_ratio ? value : py::module_::import("fractions").attr("Fraction")(value);
  const py::tuple ratio = number.attr("as_integer_ratio")();
  return Rational(Integer(py::str(ratio[0]).cast<std::string>()), Integer(py::str(ratio[1]).cast<std::string>()));
}

inline BiasSign bias_sign_option(const std::string& text) {
  require(text == "minus" || text == "plus", "bias_sign: found '" + text + "', expected 'minus' or 'plus'");
  return text == "plus" ? BiasSign::plus : BiasSign::minus;
}

inline LossKind loss_option(const std::string& text) {
  const auto kind = loss_kind_from_text(text);
  require(kind.has_value(), "loss: found '" + text + "', expected 'half-mean', 'mean' or 'sum'");
  return *kind;
}

inline void require_digits(int digits) {
  require(digits >= 2 && digits <= kMostPythonDigits,
          "digits: found " + std::to_string(digits) + ", expected 2 to " + std::to_string(kMostPythonDigits));
}

}  // namespace shatterproof::python
