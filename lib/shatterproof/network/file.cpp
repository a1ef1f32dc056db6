#include "shatterproof/network/file.hpp"

#include <fstream>

#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/network/assemble.hpp"

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
  std::string found = bytes.empty() ? "an empty file" : "bytes that are none of them";
  if (bytes.starts_with("\x80")) found = "a Python pickle, which is not read because it can run code";
  if (bytes.starts_with("\x93NUMPY")) found = "a single .npy array";
  throw FormatError(file, "format", found,
                    "an .npz file, numpy.savez(path, W=.., b=.., v=.., beta=.., X=.., y=..), a .safetensors file or a "
                    "JSON object");
}

/// The header of a safetensors file starts at its ninth byte, and is shorter than 4 GiB.
bool looks_like_safetensors(const std::string& bytes) {
  return bytes.size() > 8 && bytes[8] == '{' && bytes.compare(4, 4, std::string(4, '\0')) == 0;
}

/// By content, not by name: a zip starts with PK, a JSON object with a brace.
RawFile read_arrays(const std::filesystem::path& path) {
  const std::string file = path.string(), bytes = read_bytes(path);
  if (looks_like_safetensors(bytes) || path.extension() == ".safetensors") return parse_safetensors(file, bytes);
  if (bytes.starts_with("PK")) return parse_npz(file, bytes);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && (bytes[first] == '{' || path.extension() == ".json"))
    return parse_json(file, bytes);
  reject_format(file, bytes);
}

}  // namespace

ProblemFile read_problem(const std::filesystem::path& path, const ReadOptions& options) {
  return assemble_problem(read_arrays(path), options);
}

Problem<Rational> read_problem(const std::filesystem::path& path) { return read_problem(path, {}).problem; }

DataFile read_data(const std::filesystem::path& path, const std::optional<Rational>& radius) {
  return assemble_data(read_arrays(path), radius);
}

void write_problem(const std::filesystem::path& path, const Problem<Rational>& problem) {
  const bool npz = path.extension() == ".npz";
  require(npz || path.extension() == ".json", path.string() + ": the name must end in .npz or .json");
  write_file_atomically(path, npz ? npz_bytes(problem) : json_text(problem));
}

}  // namespace shatterproof
