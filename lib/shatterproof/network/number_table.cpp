#include "shatterproof/network/number_table.hpp"

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

constexpr std::size_t kMostTableBytes = 8 * kMostNumbers + (1 << 16);  // with the header

NumberTable table_of(const std::string& file, const std::string& name, const std::string& bytes) {
  const std::string field = name.empty() ? "array" : name;
  const NpyNumbers stored = read_npy_numbers(file, field, bytes);
  const auto& shape = stored.shape;
  if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0)
    throw FormatError(file, field, "shape " + shape_text(shape), "two axes, N vectors of d numbers");
  if (shape[0] > kMostNumbers / shape[1])
    throw FormatError(file, field, "shape " + shape_text(shape),
                      "at most " + std::to_string(kMostNumbers) + " numbers");
  return {name, shape[0], shape[1], decode_numbers(file, field, stored.type, shape, stored.order, stored.data)};
}

}  // namespace

std::optional<NumberTable> parse_number_table(const std::string& file, const std::string& bytes) {
  if (bytes.starts_with("\x93NUMPY")) return table_of(file, "", bytes);
  if (!bytes.starts_with("PK")) return std::nullopt;
  const std::vector<ZipMember> members = zip_directory(file, bytes);
  if (members.size() != 1 || !members.front().name.ends_with(".npy")) {
    std::string names;
    for (const ZipMember& member : members)
      if (names.size() < 200) names += (names.empty() ? "" : ", ") + member.name;
    throw FormatError(file, "arrays", members.empty() ? "none" : names, "one array, numpy.savez(path, centres=..)");
  }
  const std::string& member = members.front().name;
  return table_of(file, member.substr(0, member.size() - 4), unzip(file, bytes, members.front(), kMostTableBytes));
}

}  // namespace shatterproof
