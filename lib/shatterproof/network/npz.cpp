#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstring>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/convert.hpp"
#include "shatterproof/network/raw_arrays.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

constexpr std::array<const char*, 7> kNames{"W", "b", "v", "beta", "X", "y", "R"};
constexpr const char* kTypes = "'<f4', '<f8', '<i4' or '<i8' (save with dtype float64)";

struct Header {
  std::string type;
  bool fortran = false;
  std::vector<std::size_t> shape;
  std::size_t data = 0;  // offset of the first value
};

/// One .npy member: magic, version, a Python dictionary as text, raw values.
class Npy {
 public:
  Npy(const std::string& file, const std::string& field, const std::string& bytes)
      : file_(file), field_(field), bytes_(bytes) {}

  RawArray parse() const {
    const Header header = read_header();
    const std::size_t width = header.type.back() == '4' ? 4 : 8, count = checked_count(header, width);
    RawArray array{header.shape, std::vector<Rational>(count)};
    for (std::size_t position = 0; position < count; ++position) {
      const std::size_t stored = header.fortran ? fortran_position(header.shape, position) : position;
      array.values[position] = value(header, header.data + stored * width, position);
    }
    return array;
  }

 private:
  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field_, found, expected);
  }

  Header read_header() const {
    if (bytes_.size() < 12 || bytes_.compare(0, 6, "\x93NUMPY", 6) != 0) reject("no .npy header", "a NumPy array");
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at])); };
    const std::size_t start = byte(6) == 1 ? 10 : 12;
    std::size_t length = byte(8) | byte(9) << 8;
    if (start == 12) length |= byte(10) << 16 | byte(11) << 24;
    if (length > bytes_.size() - start) reject("a header that ends after the file", "a complete .npy header");
    const std::string text = bytes_.substr(start, length);
    Header header;
    header.data = start + length;
    header.type = entry(text, "descr");
    for (const char* known : {"'<f4'", "'<f8'", "'<i4'", "'<i8'"})
      if (header.type == known) header.type = header.type.substr(1, 3);
    if (header.type.size() != 3) reject_type(header.type);
    const std::string order = entry(text, "fortran_order");
    if (order != "True" && order != "False") reject("fortran_order " + order, "True or False");
    header.fortran = order == "True";
    header.shape = parse_shape(entry(text, "shape"));
    return header;
  }

  /// The text of one value of the header's dictionary: up to the next comma outside brackets.
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

  [[noreturn]] void reject_type(const std::string& type) const {
    if (type.find('O') != std::string::npos) reject("dtype " + type + " (Python objects)", kTypes);
    if (type.find('>') != std::string::npos) reject("dtype " + type + " (big-endian)", kTypes);
    reject("dtype " + type, kTypes);
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

  std::size_t checked_count(const Header& header, std::size_t width) const {
    // Divide rather than multiply: a declared shape may overflow.
    const std::size_t available = (bytes_.size() - header.data) / width;
    std::size_t count = 1;
    for (const std::size_t size : header.shape) {
      if (size != 0 && count > available / size)
        count = available + 1;
      else
        count *= size;
    }
    if (std::find(header.shape.begin(), header.shape.end(), 0U) != header.shape.end()) count = 0;
    if (count * width != bytes_.size() - header.data)
      reject("shape " + shape_text(header.shape) + " with " + std::to_string(bytes_.size() - header.data) +
                 " bytes of data",
             "as many values of " + std::to_string(width) + " bytes as the shape says");
    return count;
  }

  static std::size_t fortran_position(const std::vector<std::size_t>& shape, std::size_t position) {
    if (shape.size() < 2) return position;
    return position / shape[1] + position % shape[1] * shape[0];
  }

  template <class T>
  T load(std::size_t at) const {
    static_assert(std::endian::native == std::endian::little, "the values of the file are little-endian");
    T value;
    std::memcpy(&value, bytes_.data() + at, sizeof value);
    return value;
  }

  Rational value(const Header& header, std::size_t at, std::size_t position) const {
    if (header.type == "<i4") return Rational(static_cast<long>(load<std::int32_t>(at)));
    if (header.type == "<i8") return Rational(static_cast<long>(load<std::int64_t>(at)));
    const double x = header.type == "<f4" ? static_cast<double>(load<float>(at)) : load<double>(at);
    if (!std::isfinite(x))
      throw FormatError(file_, element_name(field_, header.shape, position),
                        std::isnan(x) ? "nan" : (x > 0 ? "inf" : "-inf"), "a finite number");
    return exact_rational(x);
  }

  const std::string& file_;
  const std::string& field_;
  const std::string& bytes_;
};

/// An .npy member with float64 values in C order.
std::string npy_bytes(const std::string& shape, const std::vector<double>& values) {
  std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
  constexpr std::size_t kPrefix = 10, kAlignment = 64;
  while ((kPrefix + header.size() + 1) % kAlignment != 0) header += ' ';
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  bytes += header;
  const std::size_t start = bytes.size();
  bytes.resize(start + values.size() * sizeof(double));
  if (!values.empty()) std::memcpy(bytes.data() + start, values.data(), values.size() * sizeof(double));
  return bytes;
}

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
  return {name + ".npy", npy_bytes(shape_text({rows, columns}), values)};
}

ZipContent vector_member(const std::string& name, const Vector<Rational>& v) {
  std::vector<double> values;
  for (Eigen::Index i = 0; i < v.size(); ++i) values.push_back(finite_double(name, v(i)));
  return {name + ".npy", npy_bytes(shape_text({values.size()}), values)};
}

ZipContent scalar_member(const std::string& name, double value) { return {name + ".npy", npy_bytes("()", {value})}; }

/// The least double that bounds the radius and the norms of the rounded samples.
double rounded_radius(const DataSet<Rational>& data) {
  const auto rounded = [](const Rational& x) { return exact_rational(rounded_double(x)); };
  const Rational norm2 = largest_sample(convert_matrix<Rational>(data.X, rounded)).norm2;
  double R = finite_double("R", data.R);
  while (exact_rational(R) * exact_rational(R) < norm2) R = std::nextafter(R, INFINITY);
  return R;
}

}  // namespace

RawArrays parse_npz(const std::string& file, const std::string& bytes) {
  RawArrays arrays;
  std::size_t total = 0;
  for (const ZipMember& member : zip_directory(file, bytes)) {
    if (member.name.ends_with("data.pkl"))
      throw FormatError(file, member.name, "a PyTorch checkpoint (a pickle)",
                        "an .npz file: save it with numpy.savez(path, W=.., b=.., v=.., beta=.., X=.., y=..)");
    for (const std::string name : kNames) {
      if (member.name != name + ".npy") continue;
      if (arrays.count(name) != 0) throw FormatError(file, name, "the array a second time", "each array once");
      constexpr std::uint64_t kHeaderBytes = 1 << 16;
      arrays[name] = Npy(file, name, unzip(file, bytes, member, 8 * kMostNumbers + kHeaderBytes)).parse();
      total += arrays[name].values.size();
      if (total > kMostNumbers)
        throw FormatError(file, name, std::to_string(total) + " numbers so far",
                          "at most " + std::to_string(kMostNumbers) + " in one file");
    }
  }
  return arrays;
}

std::string npz_bytes(const Problem<Rational>& problem) {
  const auto& [network, data] = problem;
  return zip({matrix_member("W", network.W), vector_member("b", network.b), vector_member("v", network.v),
              scalar_member("beta", finite_double("beta", network.beta)), matrix_member("X", data.X),
              vector_member("y", data.y), scalar_member("R", rounded_radius(data))});
}

}  // namespace shatterproof
