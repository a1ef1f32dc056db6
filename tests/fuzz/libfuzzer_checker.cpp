// The checker of certificates under libFuzzer (clang); it brings its own main.
#include <cstddef>
#include <cstdint>

#include "try_checker.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try_checker(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
