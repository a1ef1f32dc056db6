#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <system_error>
#include <thread>

#include "command.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/core/parallel.hpp"

namespace shatterproof::tools {

void print_json(const Json& document) { std::cout << document.dump(2) << '\n'; }

void use_threads(unsigned count) {
  require(count <= 1024, "--threads: found " + std::to_string(count) + ", expected at most 1024");
  set_thread_count(count == 0 ? std::max(1U, std::thread::hardware_concurrency()) : count);
}

std::string list_of(const std::vector<std::string>& words) { return fmt::format("{{{}}}", fmt::join(words, ",")); }

Json ball_json(const Ball& value, int digits) {
  const BallText text = to_text(value, digits);
  return Json{{"mid", text.mid}, {"rad", text.rad}, {"lower", text.lower}, {"upper", text.upper}};
}

namespace {

constexpr AddCommand kCommands[] = {
    add_bounds, add_construct, add_eval,  add_experiment, add_flatness, add_pack,
    add_prove,  add_report,    add_sweep, add_train,      add_verify,   add_generate,
};

int run(int argc, char** argv) {
  CLI::App app{"Shatterproof machine-checks theorems about flat minima of neural networks.", "shatterproof"};
  app.set_version_flag("--version", std::string(SHATTERPROOF_VERSION));
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 as expected, 1 refuted or different from the record, 2 usage, 3 malformed input, 4 undecided, 5 "
      "internal error.");
  int exit_code = kAsExpected;
  for (AddCommand add : kCommands) add(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    // CLI11 has exit codes of its own (105, 106 ...); --help and --version are its only successes.
    return app.exit(e) == 0 ? kAsExpected : kUsage;
  }
  return exit_code;
}

int report(const char* kind, const std::string& what, int code) {
  std::cout.flush();
  std::cerr << "shatterproof: " << kind << what << '\n';
  return code;
}

}  // namespace

int guarded_run(int argc, char** argv) {
  try {
    const int code = run(argc, argv);
    std::cout.flush();
    // A command may have flushed before: then only the error indicator still tells that its text was lost.
    if (!std::cout || std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      return report("", "cannot write the result to stdout", kMalformed);
    return code;
  } catch (const PreconditionError& e) {
    return report("", e.what(), kUsage);
  } catch (const FormatError& e) {
    return report("", e.what(), kMalformed);
  } catch (const IoError& e) {
    return report("", e.what(), kMalformed);
  } catch (const UndecidedError& e) {
    return report("undecided: ", e.what(), kUndecided);
  } catch (const std::system_error& e) {  // what fmt::print throws when stdout takes no more
    return report("", e.what(), kMalformed);
  } catch (const std::bad_alloc&) {
    return report("", "not enough memory for this input", kUsage);
  } catch (const std::exception& e) {
    return report("internal error: ", e.what(), kInternal);
  }
}

}  // namespace shatterproof::tools

int main(int argc, char** argv) { return shatterproof::tools::guarded_run(argc, argv); }
