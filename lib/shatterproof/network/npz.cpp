#include <algorithm>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/number_type.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

constexpr const char* kTypes = "'<f2', '<f4', '<f8', '<i4' or '<i8' (save with dtype float64)";

NumberType number_type_in(const std::string& file, const std::string& field, const std::string& descr) {
  if (descr.size() >= 2 && descr.front() == '\'' && descr.back() == '\'')
    if (const auto type = number_type_of_numpy(std::string_view(descr).substr(1, descr.size() - 2))) return *type;
  const char* kind = "";
  if (descr.find('>') != std::string::npos) kind = " (big-endian)";
  if (descr.find('O') != std::string::npos) kind = " (Python objects)";
  throw FormatError(file, field, "dtype " + descr + kind, kTypes);
}

/// An array of at most two axes, exactly.
RawArray parse_array(const std::string& file, const std::string& field, const std::string& bytes) {
  const NpyHeader header = read_npy_header(file, field, bytes);
  const NumberType type = number_type_in(file, field, header.descr);
  const std::size_t width = width_of(type), stored = bytes.size() - header.data;
  const auto count = element_count(header.shape, stored / width);
  if (!count || *count * width != stored)
    throw FormatError(file, field,
                      "shape " + shape_text(header.shape) + " with " + std::to_string(stored) + " bytes of data",
                      "as many values of " + std::to_string(width) + " bytes as the shape says");
  return decode_array(file, field, type, header.shape, header.fortran ? Order::fortran : Order::c,
                      std::string_view(bytes).substr(header.data));
}

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
    result.arrays[name] = parse_array(file, name, unzip(file, bytes, member, 8 * kMostNumbers + kHeaderBytes));
    total += result.arrays[name].values.size();
    if (total > kMostNumbers)
      throw FormatError(file, name, std::to_string(total) + " numbers so far",
                        "at most " + std::to_string(kMostNumbers) + " in one file");
  }
  return result;
}

}  // namespace shatterproof
