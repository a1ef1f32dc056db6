#include "shatterproof/core/error.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

/// An array of at most two axes, exactly.
RawArray parse_array(const std::string& file, const std::string& field, const std::string& bytes) {
  const NpyNumbers stored = read_npy_numbers(file, field, bytes);
  return decode_array(file, field, stored.type, stored.shape, stored.order, stored.data);
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
