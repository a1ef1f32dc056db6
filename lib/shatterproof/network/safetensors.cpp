#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/number_type.hpp"

// A safetensors file: 8 bytes N, little-endian; N bytes of JSON
//   {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ..., "__metadata__": {text: text}},
// padded with blanks; then the tensors' bytes, one behind the other without gaps, offsets counted from their start.

namespace shatterproof {
namespace {

using Header = nlohmann::ordered_json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 22;  // a network of two layers needs a few hundred
constexpr const char* kMetadata = "__metadata__";
constexpr const char* kReadTypes = "F64, F32, F16, BF16, I64 or I32";

struct Tensor {
  std::string name, dtype;
  std::vector<std::size_t> shape;
  std::size_t begin = 0, end = 0;
};

/// Widths of all types that the format knows; 0 for another.
std::size_t width_of_dtype(const std::string& dtype) {
  if (dtype == "F64" || dtype == "I64" || dtype == "U64") return 8;
  if (dtype == "F32" || dtype == "I32" || dtype == "U32") return 4;
  if (dtype == "F16" || dtype == "BF16" || dtype == "I16" || dtype == "U16") return 2;
  return dtype == "BOOL" || dtype == "I8" || dtype == "U8" || dtype == "F8_E4M3" || dtype == "F8_E5M2" ? 1 : 0;
}

class Safetensors {
 public:
  Safetensors(const std::string& file, std::string_view bytes) : file_(file), bytes_(bytes) {}

  RawFile parse() {
    const Header header = read_header();
    for (const auto& [name, entry] : header.items()) {
      if (name == kMetadata)
        check_metadata(entry);
      else
        tensors_.push_back(read_entry(name, entry));
    }
    check_regions();
    return decode();
  }

 private:
  [[noreturn]] void reject(const std::string& field, const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field, found, expected);
  }

  Header read_header() {
    if (bytes_.size() < kLengthBytes)
      reject("header length", std::to_string(bytes_.size()) + " bytes", "8 bytes, little-endian");
    std::uint64_t length = 0;
    for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes_[i]);
    if (length > kMostHeaderBytes)
      reject("header length", std::to_string(length), "at most " + std::to_string(kMostHeaderBytes));
    if (length > bytes_.size() - kLengthBytes)
      reject("header length", std::to_string(length),
             "at most " + std::to_string(bytes_.size() - kLengthBytes) + ", what follows in the file");
    const std::string_view text = bytes_.substr(kLengthBytes, length);
    data_ = bytes_.substr(kLengthBytes + length);
    if (text.empty() || text.front() != '{') reject("header", "no object", "a JSON object that starts with '{'");
    return parse_header(text);
  }

  /// The parser alone would keep the last of two equal names, and follow any depth of brackets.
  Header parse_header(std::string_view text) const {
    constexpr int kDeepest = 3;
    std::vector<std::set<std::string>> names;
    const auto watch = [&](int depth, Header::parse_event_t event, Header& parsed) {
      if (depth > kDeepest) reject("header", "brackets nested more than 3 deep", "one object a tensor");
      if (event == Header::parse_event_t::object_start) names.emplace_back();
      if (event == Header::parse_event_t::object_end) names.pop_back();
      if (event == Header::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
        reject(parsed.get<std::string>(), "the name a second time", "each name once");
      return true;
    };
    try {
      return Header::parse(text, watch);
    } catch (const nlohmann::json::exception& e) {
      reject("header", "text that is not JSON", std::string("JSON (") + e.what() + ")");
    }
  }

  void check_metadata(const Header& entry) const {
    if (!entry.is_object()) reject(kMetadata, entry.dump(), "an object of texts");
    for (const auto& [key, value] : entry.items())
      if (!value.is_string()) reject(std::string(kMetadata) + "." + key, value.dump(), "a text");
  }

  Tensor read_entry(const std::string& name, const Header& entry) const {
    if (!entry.is_object() || entry.size() != 3 || !entry.contains("dtype") || !entry.contains("shape") ||
        !entry.contains("data_offsets"))
      reject(name, entry.dump().substr(0, 60), "an object with dtype, shape and data_offsets");
    Tensor tensor{name, {}, sizes(name + ".shape", entry["shape"])};
    if (!entry["dtype"].is_string()) reject(name + ".dtype", entry["dtype"].dump(), "a text");
    tensor.dtype = entry["dtype"].get<std::string>();
    const std::size_t width = width_of_dtype(tensor.dtype);
    if (width == 0) reject(name + ".dtype", "'" + tensor.dtype + "'", kReadTypes);
    const std::vector<std::size_t> offsets = sizes(name + ".data_offsets", entry["data_offsets"]);
    if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_.size())
      reject(name + ".data_offsets", entry["data_offsets"].dump(),
             "[begin, end] within the " + std::to_string(data_.size()) + " bytes of data");
    tensor.begin = offsets[0], tensor.end = offsets[1];
    const std::size_t stored = tensor.end - tensor.begin;
    const auto count = element_count(tensor.shape, stored / width);
    if (!count || *count * width != stored)
      reject(name + ".data_offsets", std::to_string(stored) + " bytes",
             "the bytes of shape " + shape_text(tensor.shape) + " and dtype " + tensor.dtype);
    return tensor;
  }

  std::vector<std::size_t> sizes(const std::string& field, const Header& list) const {
    std::vector<std::size_t> result;
    if (!list.is_array()) reject(field, list.dump().substr(0, 60), "an array of sizes");
    for (const Header& size : list) {
      if (!size.is_number_unsigned()) reject(field, size.dump().substr(0, 60), "a whole number");
      result.push_back(size.get<std::size_t>());
    }
    return result;
  }

  /// The regions of the tensors, in their order in the file, follow each other and fill it.
  void check_regions() {
    std::sort(tensors_.begin(), tensors_.end(),
              [](const Tensor& a, const Tensor& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::size_t at = 0;
    for (const Tensor& tensor : tensors_) {
      if (tensor.begin != at)
        reject(tensor.name + ".data_offsets", "a tensor that begins at " + std::to_string(tensor.begin),
               std::to_string(at) + ", where the one before ends (no gap, no overlap)");
      at = tensor.end;
    }
    if (at != data_.size())
      reject("data", std::to_string(data_.size()) + " bytes", std::to_string(at) + ", where the last tensor ends");
  }

  RawFile decode() const {
    RawFile result{file_, {}};
    std::size_t total = 0;
    for (const Tensor& tensor : tensors_) {
      if (!is_network_array(tensor.name)) {
        result.ignored.push_back(tensor.name);
        continue;
      }
      const auto type = number_type_of_safetensors(tensor.dtype);
      if (!type) reject(tensor.name, "dtype " + tensor.dtype, kReadTypes);
      if (tensor.shape.size() > 2) reject(tensor.name, "shape " + shape_text(tensor.shape), "at most two axes");
      total += (tensor.end - tensor.begin) / width_of(*type);
      if (total > kMostNumbers)
        reject(tensor.name, std::to_string(total) + " numbers so far",
               "at most " + std::to_string(kMostNumbers) + " in one file");
      result.arrays[tensor.name] = decode_array(file_, tensor.name, *type, tensor.shape, Order::c,
                                                data_.substr(tensor.begin, tensor.end - tensor.begin));
    }
    return result;
  }

  const std::string& file_;
  std::string_view bytes_, data_;
  std::vector<Tensor> tensors_;
};

}  // namespace

RawFile parse_safetensors(const std::string& file, const std::string& bytes) {
  return Safetensors(file, bytes).parse();
}

}  // namespace shatterproof
