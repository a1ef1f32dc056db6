#pragma once
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "temporary_folder.hpp"

/// Runs the program as a user would, from the shell.
struct Run {
  int exit_code = -1;  ///< 128 + signal when it was killed
  std::string out;     ///< stdout
  std::string err;     ///< stderr
};

/// Of the program under test.
inline std::string program_path() {
  const char* program = std::getenv("SHATTERPROOF_PROGRAM");
  if (!program) throw std::runtime_error("SHATTERPROOF_PROGRAM is not set; run through ctest");
  return program;
}

/// Of the sources.
inline std::filesystem::path source_folder() {
  const char* folder = std::getenv("SHATTERPROOF_SOURCE");
  if (!folder) throw std::runtime_error("SHATTERPROOF_SOURCE is not set; run through ctest");
  return folder;
}

/// From what wait() says: 128 + signal when it was killed.
inline int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

/// arguments: one shell line after the program's name; quote as in a shell.
inline Run run_program(const std::string& arguments, const std::string& program = program_path()) {
  const TemporaryFolder folder;
  const std::filesystem::path err_file = folder.path / "err";
  const std::string line = "'" + program + "' " + arguments + " 2>'" + err_file.string() + "' </dev/null";
  FILE* pipe = ::popen(line.c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot start " + line);
  Run run;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) run.out.append(buffer, n);
  run.exit_code = exit_code_of(::pclose(pipe));
  run.err = text_of(err_file);
  return run;
}
