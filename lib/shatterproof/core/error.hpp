#pragma once
#include <stdexcept>
#include <string>

namespace shatterproof {

/// The caller asked for something that makes no sense: a shape, a range, an unknown name. Exit code 2 in the tools.
struct PreconditionError : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// An input file does not hold what it should. Exit code 3 in the tools.
/// The message names file, field (or line), the value found and what was expected.
struct FormatError : std::runtime_error {
  FormatError(const std::string& file, const std::string& field, const std::string& found, const std::string& expected)
      : std::runtime_error(file + ": " + field + ": found " + found + ", expected " + expected) {}
  using std::runtime_error::runtime_error;
};

/// A file cannot be opened, read or written. Exit code 3 in the tools.
struct IoError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The mathematics could not be settled at the precision or effort that was allowed. Exit code 4 in the tools.
struct UndecidedError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws PreconditionError with the text unless the condition holds; active in every build.
inline void require(bool condition, const std::string& text) {
  if (!condition) throw PreconditionError(text);
}

}  // namespace shatterproof
