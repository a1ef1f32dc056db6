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

/// Runs a shell line on a terminal of so many columns. `typed` is typed there as soon as something is shown.
inline TerminalRun run_line_on_terminal(const std::string& line, unsigned short columns = 80, std::string typed = "") {
  winsize size{};
  size.ws_row = 24, size.ws_col = columns;
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child < 0) throw std::runtime_error("no terminal to be had");
  if (child == 0) {
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  TerminalRun run;
  char buffer[4096];
  for (ssize_t n; (n = ::read(terminal, buffer, sizeof buffer)) > 0;) {
    run.terminal.append(buffer, static_cast<std::size_t>(n));
    if (::write(terminal, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size())) typed.clear();
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  run.exit_code = exit_code_of(status);
  return run;
}

/// Runs the program with stderr on a terminal; interrupt: Ctrl-C is typed there as soon as something is shown.
inline TerminalRun run_on_terminal(const std::string& arguments, bool interrupt = false) {
  const TemporaryFolder folder;
  const std::filesystem::path out_file = folder.path / "out";
  TerminalRun run =
      run_line_on_terminal("TERM=xterm exec '" + program_path() + "' " + arguments + " >'" + out_file.string() + "'",
                           80, interrupt ? "\x03" : "");
  run.out = text_of(out_file);
  return run;
}

/// What the program prints to stdout on a terminal of so many columns; `environment` as before a command in a shell.
inline std::string printed_on_terminal(const std::string& arguments, unsigned short columns,
                                       const std::string& environment = "TERM=xterm") {
  const TerminalRun run = run_line_on_terminal(
      "stty -opost; " + environment + " exec '" + program_path() + "' " + arguments + " 2>/dev/null", columns);
  return run.terminal;
}
