#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

/// Runs the program as a user would, from the shell.
struct Run {
  int exit_code = -1;  ///< 128 + signal when it was killed
  std::string out;     ///< stdout
  std::string err;     ///< stderr
};

/// arguments: one shell line after the program's name; quote as in a shell.
inline Run run_program(const std::string& arguments) {
  const char* program = std::getenv("SHATTERPROOF_PROGRAM");
  if (!program) throw std::runtime_error("SHATTERPROOF_PROGRAM is not set; run through ctest");
  const auto err_file = std::filesystem::temp_directory_path() / ("shatterproof_err_" + std::to_string(::getpid()));
  const std::string line = std::string("'") + program + "' " + arguments + " 2>'" + err_file.string() + "' </dev/null";
  FILE* pipe = ::popen(line.c_str(), "r");
  if (!pipe) throw std::runtime_error("cannot start " + line);
  Run run;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) run.out.append(buffer, n);
  const int status = ::pclose(pipe);
  run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  std::ostringstream text;
  text << std::ifstream(err_file).rdbuf();
  run.err = text.str();
  std::filesystem::remove(err_file);
  return run;
}
