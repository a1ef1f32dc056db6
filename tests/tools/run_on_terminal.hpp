#pragma once
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "run_program.hpp"

/// What a run on a terminal of its own wrote there, its stdout apart.
struct TerminalRun {
  int exit_code = -1;  ///< 128 + signal when it was killed
  std::string out;
  std::string terminal;
};

/// Runs the program with stderr on a terminal; interrupt: Ctrl-C is typed there as soon as something is shown.
inline TerminalRun run_on_terminal(const std::string& arguments, bool interrupt = false) {
  const TemporaryFolder folder;
  const std::filesystem::path out_file = folder.path / "out";
  const std::string line = "exec '" + program_path() + "' " + arguments + " >'" + out_file.string() + "'";
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0) throw std::runtime_error("no terminal to be had");
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  TerminalRun run;
  char buffer[4096];
  for (ssize_t n; (n = ::read(terminal, buffer, sizeof buffer)) > 0;) {
    run.terminal.append(buffer, static_cast<std::size_t>(n));
    if (interrupt && ::write(terminal, "\x03", 1) == 1) interrupt = false;
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  run.exit_code = exit_code_of(status);
  run.out = text_of(out_file);
  return run;
}
