#include "shatterproof/network/npy.hpp"

#include <cctype>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {
namespace {

/// Magic, version, length, and a Python dictionary as text.
class NpyReader {
 public:
  NpyReader(const std::string& file, const std::string& field, const std::string& bytes)
      : file_(file), field_(field), bytes_(bytes) {}

  NpyHeader read() const {
    if (bytes_.size() < 12 || bytes_.compare(0, 6, "\x93NUMPY", 6) != 0) reject("no .npy header", "a NumPy array");
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at])); };
    const std::size_t start = byte(6) == 1 ? 10 : 12;
    std::size_t length = byte(8) | byte(9) << 8;
    if (start == 12) length |= byte(10) << 16 | byte(11) << 24;
    if (length > bytes_.size() - start) reject("a header that ends after the file", "a complete .npy header");
    const std::string text = bytes_.substr(start, length);
    const std::string order = entry(text, "fortran_order");
    if (order != "True" && order != "False") reject("fortran_order " + order, "True or False");
    return {entry(text, "descr"), order == "True", parse_shape(entry(text, "shape")), start + length};
  }

 private:
  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field_, found, expected);
  }

  std::string entry(const std::string& text, const std::string& key) const {
    const std::size_t at = text.find("'" + key + "':");
    if (at == std::string::npos) reject("a header without '" + key + "'", "descr, fortran_order and shape");
    std::string value;
    int depth = 0;
    for (std::size_t i = at + key.size() + 3; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '(' || c == '[') ++depth;
      if (depth == 0 && (c == ',' || c == '}')) break;
      if (c == ')' || c == ']') --depth;
      if (std::isspace(static_cast<unsigned char>(c)) == 0) value += c;
    }
    return value;
  }

  std::vector<std::size_t> parse_shape(const std::string& text) const {
    std::vector<std::size_t> shape;
    std::string digits;
    const bool tuple = text.size() >= 2 && text.front() == '(' && text.back() == ')';
    for (std::size_t i = 1; tuple && i < text.size(); ++i) {
      if (std::isdigit(static_cast<unsigned char>(text[i])) != 0 && digits.size() < 18) {
        digits += text[i];
      } else if ((text[i] == ',' || i + 1 == text.size()) && (!digits.empty() || i + 1 == text.size())) {
        if (!digits.empty()) shape.push_back(std::stoull(digits));
        digits.clear();
      } else {
        reject("shape " + text, "a tuple of sizes");
      }
    }
    if (!tuple || shape.size() > 2) reject("shape " + text, "at most two axes");
    return shape;
  }

  const std::string& file_;
  const std::string& field_;
  const std::string& bytes_;
};

constexpr const char* kTypes = "'<f2', '<f4', '<f8', '<i4' or '<i8' (save with dtype float64)";

NumberType number_type_in(const std::string& file, const std::string& field, const std::string& descr) {
  if (descr.size() >= 2 && descr.front() == '\'' && descr.back() == '\'')
    if (const auto type = number_type_of_numpy(std::string_view(descr).substr(1, descr.size() - 2))) return *type;
  const char* kind = "";
  if (descr.find('>') != std::string::npos) kind = " (big-endian)";
  if (descr.find('O') != std::string::npos) kind = " (Python objects)";
  throw FormatError(file, field, "dtype " + descr + kind, kTypes);
}

}  // namespace

NpyHeader read_npy_header(const std::string& file, const std::string& field, const std::string& bytes) {
  return NpyReader(file, field, bytes).read();
}

NpyNumbers read_npy_numbers(const std::string& file, const std::string& field, const std::string& bytes) {
  const NpyHeader header = read_npy_header(file, field, bytes);
  const NumberType type = number_type_in(file, field, header.descr);
  const std::size_t width = width_of(type), stored = bytes.size() - header.data;
  const auto count = element_count(header.shape, stored / width);
  if (!count || *count * width != stored)
    throw FormatError(file, field,
                      "shape " + shape_text(header.shape) + " with " + std::to_string(stored) + " bytes of data",
                      "as many values of " + std::to_string(width) + " bytes as the shape says");
  return {type, header.shape, header.fortran ? Order::fortran : Order::c, std::string_view(bytes).substr(header.data)};
}

std::string npy_bytes(const std::string& descr, const std::vector<std::size_t>& shape, std::string_view data) {
  std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
  constexpr std::size_t kPrefix = 10, kAlignment = 64;
  while ((kPrefix + header.size() + 1) % kAlignment != 0) header += ' ';
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes.append(header).append(data);
}

std::string npy_bytes(const std::vector<std::size_t>& shape, const std::vector<double>& values) {
  return npy_bytes("<f8", shape, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
}

}  // namespace shatterproof
