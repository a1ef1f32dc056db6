#include "table.hpp"

#include <unistd.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "terminal.hpp"

namespace shatterproof::tools {
namespace {

constexpr std::size_t kLeastProse = 24;  // narrower prose is hard to read
constexpr std::size_t kBelowIndent = 4;  // of the columns that go below

std::string padded(const std::string& text, std::size_t width, Align align, std::optional<Verdict> verdict) {
  const std::size_t used = display_width(text);
  const std::string space(width > used ? width - used : 0, ' ');
  const std::string shown = verdict ? coloured(text, *verdict) : text;
  return align == Align::right ? space + shown : shown + space;
}

}  // namespace

Table::Table(std::vector<Column> columns, TableStyle style) : columns_(std::move(columns)), style_(style) {
  for (const Column& column : columns_) widths_.push_back(std::max(column.least, display_width(column.title)));
}

void Table::measure(const Row& row) {
  measured_ = true;
  for (std::size_t c = 0; c < row.size(); ++c) widths_[c] = std::max(widths_[c], display_width(row[c].text));
}

std::size_t Table::least_width(std::size_t column) const {
  return columns_[column].prose ? std::min(widths_[column], kLeastProse) : widths_[column];
}

void Table::fit_prose(const Line& line, std::size_t room) {
  std::vector<std::size_t> prose;
  std::size_t used = style_.gap * (line.size() - 1);
  for (const std::size_t c : line)
    if (columns_[c].prose)
      prose.push_back(c);
    else
      used += widths_[c];
  std::sort(prose.begin(), prose.end(), [&](std::size_t a, std::size_t b) { return widths_[a] < widths_[b]; });
  std::size_t left = room > used ? room - used : 0;
  for (std::size_t i = 0; i < prose.size(); ++i) {  // the narrow ones first: what they leave is for the wide ones
    std::size_t& width = widths_[prose[i]];
    width = std::min(width, std::max<std::size_t>(left / (prose.size() - i), 1));
    left -= std::min(left, width);
  }
}

void Table::break_into_lines(std::size_t room) {
  for (std::size_t c = 0; c < columns_.size(); ++c)  // prose of rows that are yet to come: whatever there is
    if (columns_[c].prose && !measured_) widths_[c] = room;
  lines_.assign(1, {});
  std::size_t used = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::size_t needed = least_width(c), indent = lines_.size() > 1 ? kBelowIndent : 0;
    if (!lines_.back().empty() && indent + used + style_.gap + needed > room) {
      lines_.emplace_back();
      used = 0;
    }
    used += needed + (lines_.back().empty() ? 0 : style_.gap);
    lines_.back().push_back(c);
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const std::size_t indent = i == 0 ? 0 : kBelowIndent;
    fit_prose(lines_[i], room > indent ? room - indent : 0);
  }
}

void Table::lay_out() {
  lines_.assign(1, Line(columns_.size()));
  std::iota(lines_.front().begin(), lines_.front().end(), 0);
  const auto terminal = terminal_width(STDOUT_FILENO);
  if (terminal && !style_.markdown) break_into_lines(std::max(*terminal, style_.indent + 1) - style_.indent);
}

void Table::print_cells(const Line& line, std::size_t indent, const Row& row) const {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 0;
  const bool may_wrap = terminal_width(STDOUT_FILENO).has_value();
  for (const std::size_t c : line) {
    const bool wraps = may_wrap && columns_[c].prose;
    cells.push_back(wraps ? wrapped(row[c].text, widths_[c]) : std::vector<std::string>{row[c].text});
    height = std::max(height, cells.back().size());
  }
  for (std::size_t h = 0; h < height; ++h) {
    std::string text(indent, ' ');
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t c = line[i];
      if (i > 0) text += std::string(style_.gap, ' ');
      text += padded(h < cells[i].size() ? cells[i][h] : "", widths_[c], columns_[c].align, row[c].verdict);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    print_line(text);
  }
}

void Table::print_markdown(const Row& row) const {
  const bool aligned = terminal_width(STDOUT_FILENO).has_value();
  std::string text = "|";
  for (std::size_t c = 0; c < row.size(); ++c)
    text += " " + padded(row[c].text, aligned ? widths_[c] : 0, columns_[c].align, row[c].verdict) + " |";
  print_line(text);
}

void Table::print_head() {
  Row titles;
  for (const Column& column : columns_) titles.emplace_back(column.title);
  if (style_.markdown) {
    print_markdown(titles);
    std::string rule = "|";
    for (const std::size_t width : widths_)
      rule += std::string(terminal_width(STDOUT_FILENO) ? width + 2 : 3, '-') + "|";
    return print_line(rule);
  }
  print_row(titles);
}

void Table::print_row(const Row& row) {
  if (row.size() != columns_.size())
    throw std::logic_error("a row of a table has another number of cells than its head");
  if (style_.markdown) return print_markdown(row);
  if (lines_.empty()) lay_out();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const bool blank =
        std::all_of(lines_[i].begin(), lines_[i].end(), [&](std::size_t c) { return row[c].text.empty(); });
    if (i == 0 || !blank) print_cells(lines_[i], style_.indent + (i == 0 ? 0 : kBelowIndent), row);
  }
}

void Table::print(const std::vector<Row>& rows) {
  for (const Row& row : rows) measure(row);
  print_head();
  for (const Row& row : rows) print_row(row);
}

}  // namespace shatterproof::tools
