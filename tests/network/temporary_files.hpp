#pragma once
#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/file.hpp"
#include "shatterproof/network/zip.hpp"
#include "temporary_folder.hpp"

namespace shatterproof::testing {

/// The text of an error, which must be a FormatError and name the file.
inline std::string refusal(const std::filesystem::path& path, const ReadOptions& options = {}) {
  try {
    (void)read_problem(path, options);
  } catch (const FormatError& e) {
    CHECK_THAT(e.what(), Catch::Contains(path.string()));
    return e.what();
  }
  FAIL("accepted: " << path);
  return "";
}

inline bool equal(const Problem<Rational>& a, const Problem<Rational>& b) {
  return a.network.W == b.network.W && a.network.b == b.network.b && a.network.v == b.network.v &&
         a.network.beta == b.network.beta && a.data.X == b.data.X && a.data.y == b.data.y && a.data.R == b.data.R;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// The bytes of numbers as they lie in memory.
template <class T>
std::string raw(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// A .npy member; descr with its quotes.
inline std::string npy(const std::string& descr, const std::string& shape, const std::string& data,
                       const std::string& fortran = "False") {
  std::string header = "{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xff);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header + data;
}

/// A safetensors file with this header and these data.
inline std::string safetensors(const std::string& header, const std::string& data) {
  std::string bytes(8, '\0');
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  return bytes + header + data;
}

}  // namespace shatterproof::testing
