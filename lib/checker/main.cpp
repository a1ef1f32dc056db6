// shatterproof-check FILE: exit code 0 verified, 1 rejected, 2 usage, 3 malformed, unreadable or not printable.
#include <cstdio>
#include <string>

#include "check.hpp"

namespace {

bool read_file(const char* path, std::string& text) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  char buffer[1 << 16];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, n);
  const bool complete = std::ferror(file) == 0;
  std::fclose(file);
  return complete;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || argv[1][0] == '-') {
    std::fputs("usage: shatterproof-check FILE\nExit codes: 0 verified, 1 rejected, 2 usage, 3 malformed.\n", stderr);
    return 2;
  }
  std::string text;
  if (!read_file(argv[1], text)) return std::fprintf(stderr, "%s: cannot be read\n", argv[1]), 3;
  const checker::Outcome outcome = checker::check(text);
  if (outcome.answer != checker::Answer::verified) {
    std::fprintf(stderr, "%s: %s\n", argv[1], outcome.text.c_str());
    return static_cast<int>(outcome.answer);
  }
  return std::fputs(outcome.text.c_str(), stdout) >= 0 && std::fflush(stdout) == 0 ? 0 : 3;
}
