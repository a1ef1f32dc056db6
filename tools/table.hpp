#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "shatterproof/core/verdict.hpp"

namespace shatterproof::tools {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
  std::size_t least = 0;  ///< its least width, for tables whose rows are not known when the head is printed
  bool prose = false;     ///< its cells may be wrapped; all others, numbers and names, are never broken
};

/// Text, in the colour of a verdict if it has one.
struct Cell {
  Cell(std::string words) : text(std::move(words)) {}
  Cell(const char* words) : text(words) {}
  Cell(Verdict found) : text(to_text(found)), verdict(found) {}
  Cell(std::string words, Verdict found) : text(std::move(words)), verdict(found) {}

  std::string text;
  std::optional<Verdict> verdict = {};
};
using Row = std::vector<Cell>;

struct TableStyle {
  std::size_t indent = 0, gap = 2;
  bool markdown = false;  ///< cells between bars, not aligned in a file or pipe
};

/// The one printer of tables, to stdout: aligned columns, coloured by verdict. In a file or pipe a row is a line,
/// however long. Where a terminal is too narrow, first prose is wrapped in its column; if that is not enough, the last
/// columns of every row go to lines of their own below it.
class Table {
 public:
  explicit Table(std::vector<Column> columns, TableStyle style = {});

  /// Makes room for this row; before anything is printed.
  void measure(const Row& row);
  void print_head();
  void print_row(const Row& row);
  /// Measures and prints all, with the head.
  void print(const std::vector<Row>& rows);

 private:
  using Line = std::vector<std::size_t>;  // columns that stand beside each other

  void lay_out();
  void break_into_lines(std::size_t room);
  void fit_prose(const Line& line, std::size_t room);
  [[nodiscard]] std::size_t least_width(std::size_t column) const;
  void print_cells(const Line& line, std::size_t indent, const Row& row) const;
  void print_markdown(const Row& row) const;

  std::vector<Column> columns_;
  TableStyle style_;
  std::vector<std::size_t> widths_;
  bool measured_ = false;
  std::vector<Line> lines_;
};

}  // namespace shatterproof::tools
