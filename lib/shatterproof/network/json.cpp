#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/raw_arrays.hpp"

namespace shatterproof {
namespace {

using nlohmann::json;

const std::set<std::string> kNumeric{"X", "y", "W", "b", "v", "beta", "R"};
const std::set<std::string> kIgnored{"name", "comment"};

/// Builds the arrays while the text is read: so a number keeps the digits it was written with, a repeated key is seen,
/// and deep nesting costs nothing.
class Reader final : public nlohmann::json_sax<json> {
 public:
  explicit Reader(const std::string& file) : file_(file) {}
  RawArrays arrays;

  bool null() override { reject("null", "a number"); }
  bool boolean(bool value) override { reject(value ? "true" : "false", "a number"); }
  bool binary(json::binary_t&) override { reject("binary data", "a number"); }
  bool number_integer(json::number_integer_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(json::number_unsigned_t value) override { return add(std::to_string(value)); }
  bool number_float(json::number_float_t, const std::string& literal) override { return add(literal); }
  bool string(std::string& value) override { return kIgnored.count(field_) != 0 || add(value); }

  bool start_object(std::size_t) override {
    if (in_object_) reject("an object", "a number or an array");
    in_object_ = true;
    return true;
  }
  bool end_object() override { return true; }

  bool key(std::string& name) override {
    if (!seen_.insert(name).second) throw FormatError(file_, name, "the key a second time", "each key once");
    if (kNumeric.count(name) == 0 && kIgnored.count(name) == 0)
      throw FormatError(file_, "key", "'" + name + "'", "X, y, W, b, v, beta, R, name or comment");
    field_ = name;
    depth_ = 0;
    rows_ = in_row_ = 0;
    return true;
  }

  bool start_array(std::size_t) override {
    if (!in_object_ || kIgnored.count(field_) != 0) reject("an array", in_object_ ? "a text" : "an object");
    if (depth_ == 2) reject("an array inside a row", "a number");
    if (depth_ == 1 && rows_ == 0 && !arrays[field_].values.empty()) reject("a row", "a number");
    ++depth_;
    in_row_ = 0;
    return true;
  }

  bool end_array() override {
    RawArray& array = arrays[field_];
    if (depth_ == 2) {
      if (rows_ > 0 && in_row_ != array.shape.at(1))
        reject_row(std::to_string(in_row_) + " numbers", std::to_string(array.shape.at(1)) + " as in the rows before");
      ++rows_;
      array.shape = {rows_, in_row_};
    } else if (rows_ == 0) {
      array.shape = {in_row_};
    }
    --depth_;
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token, const json::exception& error) override {
    throw FormatError(file_, "byte " + std::to_string(position), "'" + token.substr(0, 60) + "'",
                      std::string("JSON (") + error.what() + ")");
  }

 private:
  [[noreturn]] void reject(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field_.empty() ? "top level" : place(), found, expected);
  }
  [[noreturn]] void reject_row(const std::string& found, const std::string& expected) const {
    throw FormatError(file_, field_ + "[" + std::to_string(rows_) + "]", found, expected);
  }
  std::string place() const {
    std::string text = field_;
    if (depth_ == 2) text += "[" + std::to_string(rows_) + "]";
    if (depth_ >= 1) text += "[" + std::to_string(depth_ == 1 && rows_ > 0 ? rows_ : in_row_) + "]";
    return text;
  }

  bool add(const std::string& literal) {
    if (!in_object_) reject("'" + literal + "'", "an object");
    if (kIgnored.count(field_) != 0) reject("a number", "a text");
    if (depth_ == 1 && rows_ > 0) reject("'" + literal + "'", "a row (an array)");
    if (++total_ > kMostNumbers)
      reject("more than " + std::to_string(kMostNumbers) + " numbers", "fewer (too large for memory)");
    try {
      arrays[field_].values.push_back(parse_rational(literal));
    } catch (const PreconditionError&) {
      reject("'" + literal.substr(0, 60) + "'", "a number or a string such as \"0.5\" or \"-3/7\"");
    }
    ++in_row_;
    return true;
  }

  const std::string& file_;
  std::set<std::string> seen_;
  std::string field_;
  bool in_object_ = false;
  int depth_ = 0;           // of arrays inside the field
  std::size_t rows_ = 0;    // rows completed
  std::size_t in_row_ = 0;  // numbers in the row, or in the flat array
  std::size_t total_ = 0;
};

nlohmann::ordered_json vector_json(const Vector<Rational>& v) {
  auto list = nlohmann::ordered_json::array();
  for (Eigen::Index i = 0; i < v.size(); ++i) list.push_back(to_text_exact(v(i)));
  return list;
}

nlohmann::ordered_json matrix_json(const Matrix<Rational>& m) {
  auto rows = nlohmann::ordered_json::array();
  for (Eigen::Index i = 0; i < m.rows(); ++i) rows.push_back(vector_json(m.row(i)));
  return rows;
}

}  // namespace

RawFile parse_json(const std::string& file, const std::string& text) {
  Reader reader(file);
  json::sax_parse(text, &reader);
  return {file, std::move(reader.arrays)};
}

std::string json_text(const Problem<Rational>& problem) {
  const auto& [network, data] = problem;
  nlohmann::ordered_json document;
  document["X"] = matrix_json(data.X);
  document["y"] = vector_json(data.y);
  document["W"] = matrix_json(network.W);
  document["b"] = vector_json(network.b);
  document["v"] = vector_json(network.v);
  document["beta"] = to_text_exact(network.beta);
  document["R"] = to_text_exact(data.R);
  return document.dump(1) + "\n";
}

}  // namespace shatterproof
