#include "network/golden_networks.hpp"
#include "network/temporary_files.hpp"
#include "shatterproof/core/random.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;
using Catch::Matchers::Contains;

namespace {

// One neuron, two samples in dimension 1. Bytes: X 0..16, y 16..24, W 24..28, b 28..30, v 30..32, beta 32..40.
const std::string kHeader = R"({"__metadata__":{"format":"pt"},)"
                            R"("X":{"dtype":"F64","shape":[2,1],"data_offsets":[0,16]},)"
                            R"("y":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},)"
                            R"("W":{"dtype":"F32","shape":[1,1],"data_offsets":[24,28]},)"
                            R"("b":{"dtype":"F16","shape":[1],"data_offsets":[28,30]},)"
                            R"("v":{"dtype":"BF16","shape":[1],"data_offsets":[30,32]},)"
                            R"("beta":{"dtype":"I64","shape":[],"data_offsets":[32,40]}})";

std::string data_bytes() {
  return raw(std::vector<double>{0.5, -0.5}) + raw(std::vector<float>{1, -1}) + raw(std::vector<float>{0.1F}) +
         raw(std::vector<std::uint16_t>{0x3400}) + raw(std::vector<std::uint16_t>{0x4020}) +
         raw(std::vector<std::int64_t>{-7});
}

}  // namespace

TEST_CASE("safetensors: every type exactly, in any order, padded or not") {
  const TemporaryFolder folder;
  for (const std::string padding : {"", "   "}) {
    const auto p = read_problem(folder.write("good.safetensors", safetensors(kHeader + padding, data_bytes())));
    CHECK(p.data.X(1, 0) == Rational(-1, 2));
    CHECK(p.data.y(0) == 1);
    CHECK(p.network.W(0, 0) == exact_rational(static_cast<double>(0.1F)));
    CHECK(p.network.b(0) == Rational(1, 4));
    CHECK(p.network.v(0) == Rational(5, 2));
    CHECK(p.network.beta == -7);
  }
  // By content, whatever the name.
  CHECK_NOTHROW(read_problem(folder.write("good.bin", safetensors(kHeader, data_bytes()))));
}

TEST_CASE("safetensors: tensors of no concern may have any type and shape") {
  const TemporaryFolder folder;
  const std::string more =
      replaced(kHeader, R"("beta")", R"("steps":{"dtype":"U8","shape":[2,1,1],"data_offsets":[40,42]},"beta")");
  const auto arrays = read_problem(folder.write("more.safetensors", safetensors(more, data_bytes() + "ab")), {}).arrays;
  CHECK((arrays.back().name == "steps" && arrays.back().meaning == "not used"));
}

TEST_CASE("malformed safetensors are refused with file, tensor, value and what was expected") {
  const TemporaryFolder folder;
  const auto file = [&](const std::string& header, const std::string& data) {
    return refusal(folder.write("bad.safetensors", safetensors(header, data)));
  };
  const auto said = [&](const std::string& from, const std::string& to) {
    return file(replaced(kHeader, from, to), data_bytes());
  };
  CHECK_THAT(said("[16,24]", "[12,20]"), Contains("y.data_offsets") && Contains("begins at 12") && Contains("16"));
  CHECK_THAT(said("[16,24]", "[17,25]"), Contains("y.data_offsets") && Contains("17"));
  CHECK_THAT(said("[16,24]", "[0,8]"), Contains("overlap"));
  CHECK_THAT(said("[32,40]", "[32,41]"), Contains("beta.data_offsets") && Contains("[32,41]") && Contains("40 bytes"));
  CHECK_THAT(said("[32,40]", "[40,32]"), Contains("beta.data_offsets"));
  CHECK_THAT(said("[32,40]", "[32]"), Contains("beta.data_offsets"));
  CHECK_THAT(said("[32,40]", "[-8,0]"), Contains("beta.data_offsets") && Contains("-8"));
  CHECK_THAT(said("[32,40]", "[32,40.0]"), Contains("beta.data_offsets"));
  CHECK_THAT(said("[32,40]", "[32,18446744073709551616]"), Contains("beta.data_offsets"));
  CHECK_THAT(said("[32,40]", "\"all\""), Contains("beta.data_offsets"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[2,2]"),
             Contains("X.data_offsets") && Contains("16 bytes") && Contains("(2, 2)"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[4294967296,4294967297]"), Contains("X.data_offsets"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[-2,-1]"), Contains("X.shape") && Contains("-2"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[2,1,1]"), Contains("X") && Contains("two axes"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":{}"), Contains("X.shape"));
  CHECK_THAT(said("\"F64\"", "\"F32\""), Contains("X.data_offsets") && Contains("F32"));
  CHECK_THAT(said("\"F64\"", "\"U64\""), Contains("X") && Contains("U64"));
  CHECK_THAT(said("\"F64\"", "\"F65\""), Contains("X.dtype") && Contains("F65"));
  CHECK_THAT(said("\"F64\"", "8"), Contains("X.dtype"));
  CHECK_THAT(said("\"dtype\":\"F64\",", ""), Contains("X") && Contains("dtype, shape and data_offsets"));
  CHECK_THAT(said("\"dtype\":\"F64\",", "\"dtype\":\"F64\",\"dtype\":\"F64\","),
             Contains("dtype") && Contains("second"));
  CHECK_THAT(said("\"y\"", "\"X\""), Contains("X") && Contains("second"));
  CHECK_THAT(said("\"y\":{", "\"y\":[{"), Contains("header"));
  CHECK_THAT(said(R"("y":{"dtype":"F32","shape":[2],"data_offsets":[16,24]})", "\"y\":7"),
             Contains("y") && Contains("7"));
  CHECK_THAT(said("\"pt\"", "1"), Contains("__metadata__.format"));
  CHECK_THAT(said("{\"format\":\"pt\"}", "[]"), Contains("__metadata__"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[[[[2]]]]"), Contains("nested"));
  CHECK_THAT(said("\"shape\":[2,1]", "\"shape\":[NaN]"), Contains("JSON"));
  CHECK_THAT(file(kHeader, data_bytes() + "x"), Contains("41 bytes") && Contains("40"));
  CHECK_THAT(file(kHeader, data_bytes().substr(0, 39)), Contains("beta.data_offsets"));
  CHECK_THAT(file(" " + kHeader, data_bytes()), Contains("starts with '{'"));
  CHECK_THAT(file("{}", ""), Contains("no arrays"));
  CHECK_THAT(file("{" + std::string(200000, '['), ""), Contains("header"));
  const auto start = [&](std::uint64_t length) {
    return refusal(folder.write("bad.safetensors", raw(std::vector<std::uint64_t>{length}) + "{}"));
  };
  CHECK_THAT(start(3), Contains("header length") && Contains("3") && Contains("2"));
  CHECK_THAT(start(std::uint64_t{1} << 40), Contains("header length") && Contains("1099511627776"));
  CHECK_THAT(start(~std::uint64_t{0}), Contains("18446744073709551615"));
  CHECK_THAT(start(0), Contains("header"));
  const std::string nan = replaced(data_bytes(), raw(std::vector<double>{-0.5}), raw(std::vector<double>{NAN}));
  CHECK_THAT(file(kHeader, nan), Contains("X[1][0]") && Contains("nan"));
}

TEST_CASE("every truncation of a safetensors file is noticed, no changed byte crashes") {
  const TemporaryFolder folder;
  const std::string good = safetensors(kHeader, data_bytes());
  for (std::size_t length = 0; length < good.size(); ++length)
    refusal(folder.write("cut.safetensors", good.substr(0, length)));
  Random random(11);
  std::size_t refused = 0, tried = 0;
  for (std::size_t at = 0; at < 8 + kHeader.size(); ++at, ++tried) {
    std::string changed = good;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 + random.below(255)));
    try {
      (void)read_problem(folder.write("changed.safetensors", changed));
    } catch (const FormatError&) {
      ++refused;
    }
  }
  CHECK(refused > tried * 9 / 10);
}
