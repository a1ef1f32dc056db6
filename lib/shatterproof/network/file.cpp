#include "shatterproof/network/file.hpp"

#include <fstream>

#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;  // many times the text of kMostNumbers; /dev/zero has no end

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) throw IoError(path.string() + ": cannot be read");
  std::string bytes, chunk(std::size_t{1} << 20, '\0');
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    bytes.append(chunk, 0, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kMostBytes) throw FormatError(path.string(), "size", "more than 1 GiB", "at most 1 GiB");
  }
  if (in.bad()) throw IoError(path.string() + ": cannot be read");
  return bytes;
}

/// Advice for the formats that people are likely to bring.
[[noreturn]] void reject_format(const std::string& file, const std::string& bytes) {
  std::string found = bytes.empty() ? "an empty file" : "bytes that are neither";
  if (bytes.starts_with("\x80")) found = "a Python pickle, which is not read because it can run code";
  if (bytes.starts_with("\x93NUMPY")) found = "a single .npy array";
  throw FormatError(file, "format", found,
                    "an .npz file, numpy.savez(path, W=.., b=.., v=.., beta=.., X=.., y=..), or a JSON object");
}

}  // namespace

Problem<Rational> read_problem(const std::filesystem::path& path) {
  const std::string file = path.string(), bytes = read_bytes(path);
  // By content, not by name: a zip starts with PK, a JSON object with a brace.
  if (bytes.starts_with("PK")) return assemble_problem(file, parse_npz(file, bytes));
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (bytes[first] == '{' || path.extension() == ".json"))
    return assemble_problem(file, parse_json(file, bytes));
  reject_format(file, bytes);
}

void write_problem(const std::filesystem::path& path, const Problem<Rational>& problem) {
  const bool npz = path.extension() == ".npz";
  require(npz || path.extension() == ".json", path.string() + ": the name must end in .npz or .json");
  write_file_atomically(path, npz ? npz_bytes(problem) : json_text(problem));
}

}  // namespace shatterproof
