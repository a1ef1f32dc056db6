#include "shatterproof/core/atomic_file.hpp"

#include <unistd.h>

#include <fstream>
#include <string>
#include <system_error>

#include "shatterproof/core/error.hpp"

namespace shatterproof {

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::path temporary = path;
  temporary += ".tmp" + std::to_string(::getpid());
  std::error_code failure;
  {
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (out) std::filesystem::rename(temporary, path, failure);
    if (out && !failure) return;
  }
  std::error_code ignored;
  std::filesystem::remove(temporary, ignored);
  throw IoError(path.string() + ": cannot be written" + (failure ? ": " + failure.message() : ""));
}

}  // namespace shatterproof
