#include "shatterproof/network/number_table.hpp"

#include <catch2/catch.hpp>

#include "shatterproof/core/error.hpp"
#include "shatterproof/network/npy.hpp"
#include "shatterproof/network/zip.hpp"

using namespace shatterproof;

namespace {

template <class T>
std::string npy(const std::string& descr, const std::vector<std::size_t>& shape, const std::vector<T>& values) {
  return npy_bytes(descr, shape, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)});
}

std::string complaint(const std::string& bytes) {
  try {
    (void)parse_number_table("a.npz", bytes);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
}

using Doubles = std::vector<double>;
using Integers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("one array of NumPy is read as it is stored, from .npy and .npz") {
  const std::string file = npy<double>("<f8", {2, 3}, {0.1, 2, 3, 4, 5, -0.5});
  const auto table = parse_number_table("a.npy", file);
  REQUIRE(table.has_value());
  CHECK((table->name.empty() && table->rows == 2 && table->columns == 3));
  CHECK(std::get<Doubles>(table->values) == Doubles{0.1, 2, 3, 4, 5, -0.5});
  const auto zipped = parse_number_table("a.npz", zip({{"centres.npy", file}}));
  REQUIRE(zipped.has_value());
  CHECK(zipped->name == "centres");
  CHECK(zipped->values == table->values);
  CHECK(std::get<Doubles>(parse_number_table("", npy<float>("<f4", {1, 2}, {0.1F, 2}))->values) ==
        Doubles{double(0.1F), 2});
  const std::int64_t big = (std::int64_t(1) << 62) + 1;
  CHECK(std::get<Integers>(parse_number_table("", npy<std::int64_t>("<i8", {1, 2}, {big, -3}))->values) ==
        Integers{big, -3});
  CHECK(std::get<Integers>(parse_number_table("", npy<std::int32_t>("<i4", {2, 1}, {7, -3}))->values) ==
        Integers{7, -3});
  std::string fortran = npy<double>("<f8", {2, 2}, {1, 2, 3, 4});
  fortran.replace(fortran.find("False"), 5, "True ");
  CHECK(std::get<Doubles>(parse_number_table("", fortran)->values) == Doubles{1, 3, 2, 4});
}

TEST_CASE("text is no array of NumPy") {
  CHECK_FALSE(parse_number_table("a.txt", "1 0\n0 1\n").has_value());
  CHECK_FALSE(parse_number_table("a.txt", "").has_value());
}

TEST_CASE("other files of NumPy are refused by name") {
  const std::string good = npy<double>("<f8", {1, 2}, {1, 2});
  CHECK(complaint(zip({{"a.npy", good}, {"b.npy", good}}))
            .find("a.npz: arrays: found a.npy, b.npy, expected one array") == 0);
  CHECK(complaint(zip({{"a.txt", good}})).find("a.npz: arrays: found a.txt") == 0);
  CHECK(complaint(zip({})).find("a.npz: arrays: found none") == 0);
  CHECK(complaint(npy<double>("<f8", {2}, {1, 2})).find("a.npz: array: found shape (2,), expected two axes") == 0);
  CHECK(complaint(npy<double>("<f8", {0, 2}, {})).find("a.npz: array: found shape (0, 2)") == 0);
  CHECK(complaint(npy<double>("<f8", {2, 2}, {1, 2})).find("a.npz: array: found shape (2, 2) with 16 bytes") == 0);
  CHECK(complaint(npy<double>("<f8", {1, 2}, {1, NAN})).find("a.npz: array[0][1]: found nan") == 0);
  CHECK(complaint(npy<double>("<f8", {1, 2}, {-INFINITY, 1})).find("a.npz: array[0][0]: found -inf") == 0);
  CHECK(complaint(npy<double>(">f8", {1, 2}, {1, 2})).find("big-endian") != std::string::npos);
  CHECK(complaint(npy<double>("<c16", {1, 1}, {1, 2})).find("a.npz: array: found dtype '<c16'") == 0);
  CHECK(complaint(npy<double>("<f8", {std::size_t(1) << 40, std::size_t(1) << 40}, {1}))
            .find("a.npz: array: found shape") == 0);
}

TEST_CASE("no prefix of a file of NumPy is taken for a whole one") {
  for (const std::string& whole :
       {npy<double>("<f8", {2, 2}, {1, 2, 3, 4}), zip({{"a.npy", npy<double>("<f8", {2, 2}, {1, 2, 3, 4})}})})
    for (std::size_t length = 6; length < whole.size(); ++length)
      REQUIRE_FALSE(complaint(whole.substr(0, length)).empty());
}
