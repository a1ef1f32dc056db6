#include "shatterproof/core/read_file.hpp"

#include <fstream>
#include <sstream>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) throw IoError(path.string() + ": cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) throw IoError(path.string() + ": cannot be read");
  return text.str();
}

}  // namespace shatterproof
