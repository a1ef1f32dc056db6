#include <algorithm>
#include <cctype>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/number_type.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

constexpr const char* kTypes = "'<f2', '<f4', '<f8', '<i4' or '<i8' (save with dtype float64)";

struct NpyHeader {
  NumberType type = NumberType::float64;
  Order order = Order::c;
  std::vector<std::size_t> shape;
  std::size_t data = 0;  // offset of the first value
};

/// One .npy member: magic, version, a Python dictionary as text, raw values.
class Npy {
 public:
  Npy(const std::string& file, const std::string& field, const std::string& bytes)
      : file_(file), field_(field), bytes_(bytes) {}

  RawArray parse() const {
    const NpyHeader header = read_header();
    const std::size_t width = width_of(header.type), stored = bytes_.size() - header.data;
    const auto count = element_count(header.shape, stored / width);
    if (!count || *count * width != stored)
      reject("shape " + shape_text(header.shape) + " with " + std::to_string(stored) + " bytes of data",
             "as many values of " + std::to_string(width) + " bytes as the shape says");
    return decode_array(file_, field_, header.type, header.shape, header.order,
                        std::string_view(bytes_).substr(header.data));
  }

 private:
  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field_, found, expected);
  }

  NpyHeader read_header() const {
    if (bytes_.size() < 12 || bytes_.compare(0, 6, "\x93NUMPY", 6) != 0) reject("no .npy header", "a NumPy array");
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes_[at])); };
    const std::size_t start = byte(6) == 1 ? 10 : 12;
    std::size_t length = byte(8) | byte(9) << 8;
    if (start == 12) length |= byte(10) << 16 | byte(11) << 24;
    if (length > bytes_.size() - start) reject("a header that ends after the file", "a complete .npy header");
    const std::string text = bytes_.substr(start, length);
    NpyHeader header;
    header.data = start + length;
    header.type = parse_type(entry(text, "descr"));
    const std::string order = entry(text, "fortran_order");
    if (order != "True" && order != "False") reject("fortran_order " + order, "True or False");
    header.order = order == "True" ? Order::fortran : Order::c;
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

  NumberType parse_type(const std::string& text) const {
    if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
      if (const auto type = number_type_of_numpy(std::string_view(text).substr(1, text.size() - 2))) return *type;
    if (text.find('O') != std::string::npos) reject("dtype " + text + " (Python objects)", kTypes);
    if (text.find('>') != std::string::npos) reject("dtype " + text + " (big-endian)", kTypes);
    reject("dtype " + text, kTypes);
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

}  // namespace

RawFile parse_npz(const std::string& file, const std::string& bytes) {
  constexpr std::string_view kEnding = ".npy";
  constexpr std::uint64_t kHeaderBytes = 1 << 16;
  RawFile result{file, {}};
  std::size_t total = 0;
  for (const ZipMember& member : zip_directory(file, bytes)) {
    if (member.name.ends_with("data.pkl"))
      throw FormatError(file, member.name, "a PyTorch checkpoint (a pickle)",
                        "an .npz or .safetensors file: numpy.savez(path, **{k: t.numpy() for k, t in "
                        "model.state_dict().items()}, X=.., y=..)");
    const std::string name = member.name.substr(0, member.name.size() - kEnding.size());
    if (!member.name.ends_with(kEnding) || !is_network_array(name)) {
      result.ignored.push_back(member.name.ends_with(kEnding) ? name : member.name);
      continue;
    }
    if (result.arrays.count(name) != 0) throw FormatError(file, name, "the array a second time", "each array once");
    result.arrays[name] = Npy(file, name, unzip(file, bytes, member, 8 * kMostNumbers + kHeaderBytes)).parse();
    total += result.arrays[name].values.size();
    if (total > kMostNumbers)
      throw FormatError(file, name, std::to_string(total) + " numbers so far",
                        "at most " + std::to_string(kMostNumbers) + " in one file");
  }
  return result;
}

}  // namespace shatterproof
