#include "shatterproof/network/number_type.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "shatterproof/core/error.hpp"

namespace shatterproof {
namespace {

static_assert(std::endian::native == std::endian::little, "the values of the files are little-endian");

struct TypeNames {
  NumberType type;
  const char *name, *numpy, *safetensors;
  std::size_t width;
};
constexpr std::array<TypeNames, 6> kNumberTypes{{{NumberType::float64, "float64", "<f8", "F64", 8},
                                                 {NumberType::float32, "float32", "<f4", "F32", 4},
                                                 {NumberType::float16, "float16", "<f2", "F16", 2},
                                                 {NumberType::bfloat16, "bfloat16", "", "BF16", 2},
                                                 {NumberType::int64, "int64", "<i8", "I64", 8},
                                                 {NumberType::int32, "int32", "<i4", "I32", 4}}};

const TypeNames& names_of(NumberType type) {
  for (const TypeNames& names : kNumberTypes)
    if (names.type == type) return names;
  throw PreconditionError("an unknown type of number");
}

template <class T>
T load(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

/// binary16: 1 sign, 5 exponent and 10 fraction bits; every value is a double.
double widen_float16(std::uint16_t bits) {
  constexpr int kFractionBits = 10, kBias = 15, kTop = 31;
  const int exponent = bits >> kFractionBits & kTop, fraction = bits & ((1 << kFractionBits) - 1);
  double magnitude = std::ldexp(exponent == 0 ? fraction : fraction + (1 << kFractionBits),
                                (exponent == 0 ? 1 : exponent) - kBias - kFractionBits);
  if (exponent == kTop) magnitude = fraction == 0 ? INFINITY : NAN;
  return bits >> 15 != 0 ? -magnitude : magnitude;
}

/// bfloat16 is the upper half of a float.
double widen_bfloat16(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

double load_float(NumberType type, const char* bytes) {
  switch (type) {
    case NumberType::float32:
      return load<float>(bytes);
    case NumberType::float16:
      return widen_float16(load<std::uint16_t>(bytes));
    case NumberType::bfloat16:
      return widen_bfloat16(load<std::uint16_t>(bytes));
    default:
      return load<double>(bytes);
  }
}

std::size_t stored_position(const std::vector<std::size_t>& shape, Order order, std::size_t position) {
  if (order == Order::c || shape.size() < 2) return position;
  return position / shape[1] + position % shape[1] * shape[0];
}

}  // namespace

std::size_t width_of(NumberType type) { return names_of(type).width; }
std::string name_of(NumberType type) { return names_of(type).name; }

std::optional<NumberType> number_type_of_numpy(std::string_view descr) {
  for (const TypeNames& names : kNumberTypes)
    if (!descr.empty() && descr == names.numpy) return names.type;
  return {};
}

std::optional<NumberType> number_type_of_safetensors(std::string_view dtype) {
  for (const TypeNames& names : kNumberTypes)
    if (dtype == names.safetensors) return names.type;
  return {};
}

std::optional<std::size_t> element_count(const std::vector<std::size_t>& shape, std::size_t most) {
  std::size_t count = 1;
  for (const std::size_t size : shape)
    if (size == 0) return 0;
  // Divide rather than multiply: a declared shape may overflow.
  for (const std::size_t size : shape) {
    if (count > most / size) return {};
    count *= size;
  }
  return count;
}

StoredNumbers decode_numbers(const std::string& file, const std::string& field, NumberType type,
                             const std::vector<std::size_t>& shape, Order order, std::string_view bytes) {
  const std::size_t width = width_of(type), count = bytes.size() / width;
  const auto stored = [&](std::size_t position) {
    return bytes.data() + stored_position(shape, order, position) * width;
  };
  if (type == NumberType::int64 || type == NumberType::int32) {
    std::vector<std::int64_t> integers(count);
    for (std::size_t position = 0; position < count; ++position)
      integers[position] =
          type == NumberType::int64 ? load<std::int64_t>(stored(position)) : load<std::int32_t>(stored(position));
    return integers;
  }
  std::vector<double> doubles(count);
  for (std::size_t position = 0; position < count; ++position) {
    const double x = doubles[position] = load_float(type, stored(position));
    if (!std::isfinite(x))
      throw FormatError(file, element_name(field, shape, position), std::isnan(x) ? "nan" : (x > 0 ? "inf" : "-inf"),
                        "a finite number");
  }
  return doubles;
}

RawArray decode_array(const std::string& file, const std::string& field, NumberType type,
                      const std::vector<std::size_t>& shape, Order order, std::string_view bytes) {
  RawArray array{shape, {}, name_of(type)};
  const StoredNumbers numbers = decode_numbers(file, field, type, shape, order, bytes);
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&numbers)) {
    array.values.assign(integers->begin(), integers->end());
  } else {
    const auto& doubles = std::get<std::vector<double>>(numbers);
    array.values.reserve(doubles.size());
    for (const double x : doubles) array.values.push_back(exact_rational(x));
  }
  return array;
}

}  // namespace shatterproof
