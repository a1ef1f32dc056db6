#include "shatterproof/network/array_file.hpp"

#include <cstring>

#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/read_file.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/zip.hpp"

namespace shatterproof {
namespace {

constexpr std::uint64_t kMostArrayBytes = std::uint64_t(1) << 33;

template <class T>
std::string_view bytes_of(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// NumPy keeps strings as UTF-32 of fixed length.
std::string wide_text(const std::string& text) {
  std::string wide(4 * text.size(), '\0');
  for (std::size_t i = 0; i < text.size(); ++i) wide[4 * i] = text[i];
  return wide;
}

std::string array_bytes(const NamedArray& array) {
  if (const auto* doubles = std::get_if<0>(&array.values)) return npy_bytes(array.shape, *doubles);
  if (const auto* floats = std::get_if<1>(&array.values)) return npy_bytes("<f4", array.shape, bytes_of(*floats));
  const std::string& text = std::get<2>(array.values);
  return npy_bytes("<U" + std::to_string(text.size()), {}, wide_text(text));
}

template <class T>
std::vector<T> numbers_from(std::string_view bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

NamedArray array_from(const std::string& file, const std::string& name, const std::string& bytes) {
  const NpyHeader header = read_npy_header(file, name, bytes);
  const std::string_view data = std::string_view(bytes).substr(header.data);
  const auto expect = [&](bool holds, const char* expected) {
    if (!holds)
      throw FormatError(file, name, header.descr + " with " + std::to_string(data.size()) + " bytes of data", expected);
  };
  std::size_t count = 1;
  for (const std::size_t size : header.shape) {
    expect(size <= kMostArrayBytes && count <= kMostArrayBytes, "a smaller array");
    count *= size;
  }
  NamedArray array{name, header.shape, {}};
  expect(!header.fortran, "an array in C order");
  if (header.descr == "'<f8'" || header.descr == "'<f4'") {
    const bool wide = header.descr == "'<f8'";
    expect(count == data.size() / (wide ? 8 : 4) && data.size() % (wide ? 8 : 4) == 0,
           "as many numbers as the shape says");
    if (wide)
      array.values = numbers_from<double>(data);
    else
      array.values = numbers_from<float>(data);
    return array;
  }
  expect(header.descr.starts_with("'<U") && header.shape.empty() && data.size() % 4 == 0,
         "float64, float32 or one string");
  std::string text;
  for (std::size_t i = 0; i < data.size(); i += 4) {
    expect(data[i] > 0 && data.substr(i + 1, 3) == std::string_view("\0\0\0", 3), "a string of ASCII characters");
    text += data[i];
  }
  array.values = text;
  return array;
}

}  // namespace

void write_array_file(const std::filesystem::path& path, const std::vector<NamedArray>& arrays) {
  std::vector<ZipContent> members;
  for (const NamedArray& array : arrays) members.push_back({array.name + ".npy", array_bytes(array)});
  write_file_atomically(path, zip(members));
}

std::map<std::string, NamedArray> read_array_file(const std::filesystem::path& path) {
  const std::string file = path.string();
  const std::string bytes = read_file(path);
  std::map<std::string, NamedArray> arrays;
  for (const ZipMember& member : zip_directory(file, bytes)) {
    if (!member.name.ends_with(".npy")) throw FormatError(file, member.name, "no array", "only .npy members");
    const std::string name = member.name.substr(0, member.name.size() - 4);
    if (!arrays.emplace(name, array_from(file, name, unzip(file, bytes, member, kMostArrayBytes))).second)
      throw FormatError(file, name, "the array a second time", "each array once");
  }
  return arrays;
}

}  // namespace shatterproof
