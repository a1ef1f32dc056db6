#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shatterproof/core/verdict.hpp"

namespace shatterproof::tools {

/// Columns of the terminal behind this file descriptor; nothing if it is a file or a pipe. A terminal that does not
/// tell its size has $COLUMNS columns, or 80.
[[nodiscard]] std::optional<std::size_t> terminal_width(int descriptor);

/// Whether text may move the cursor and have colours there: a terminal, and TERM is not "dumb".
[[nodiscard]] bool takes_escapes(int descriptor);

/// The text in the colour of its verdict if stdout takes escapes and NO_COLOR is unset or empty; else as it is.
[[nodiscard]] std::string coloured(const std::string& text, Verdict verdict);

/// Columns that the UTF-8 text takes: its code points; colours take none.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// At most `width` columns; what had to go is an ellipsis.
[[nodiscard]] std::string cut_to(const std::string& text, std::size_t width);

/// Lines of at most `width` columns, broken at spaces; a longer word is broken where it must be. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// Prints the line to stdout as it is, and past a progress bar that is shown.
void print_line(std::string_view line);

/// A line of prose on stdout, indented; where a terminal is too narrow it goes on below, `hang` columns further in. In
/// a file or pipe it stays one line.
void print_text(const std::string& text, std::size_t indent = 0, std::size_t hang = 2);

}  // namespace shatterproof::tools
