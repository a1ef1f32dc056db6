// The entry point of libFuzzer (clang); it brings its own main.
#include <cstddef>
#include <cstdint>

#include "target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_text(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
