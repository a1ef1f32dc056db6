#include "shatterproof/network/file.hpp"

#include "network/golden_networks.hpp"
#include "network/temporary_files.hpp"

using namespace shatterproof;
using namespace shatterproof::testing;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

const std::string kJson =
    R"({"X": [[0.5, "1/4"], [-0.5, 0]], "y": [1, "-3/7"], "W": [[1, 2], [3, 4], [0.1, 1e-2]], "b": [0, 1, "2.5"], "v": [1, -1, 0.25], "beta": "0.1", "R": 1})";

std::string doubles(const std::vector<double>& values) { return raw(values); }

/// A valid problem with one neuron and two samples in R^1, with one member replaced.
std::string npz_with(const std::string& name, const std::string& bytes) {
  std::vector<ZipContent> members{
      {"W.npy", npy("'<f8'", "(1, 1)", doubles({1}))},         {"b.npy", npy("'<f8'", "(1,)", doubles({0.25}))},
      {"v.npy", npy("'<f8'", "(1,)", doubles({2}))},           {"beta.npy", npy("'<f8'", "()", doubles({0.5}))},
      {"X.npy", npy("'<f8'", "(2, 1)", doubles({0.5, -0.5}))}, {"y.npy", npy("'<f8'", "(2,)", doubles({1, -1}))}};
  for (ZipContent& member : members)
    if (member.name == name) member.bytes = bytes;
  return zip(members);
}

}  // namespace

TEST_CASE("files written by NumPy are read") {
  const auto stored = read_problem(testing::golden_path("numpy_stored.npz"));
  CHECK(stored.network.W(0, 1) == Rational(5, 8));
  CHECK(stored.network.W(1, 0) == -1);
  CHECK(stored.data.X(1, 0) == Rational(-3, 8));
  CHECK(stored.data.y(3) == Rational(-5, 4));
  CHECK(stored.network.beta == Rational(1, 4));
  CHECK(stored.data.R == Rational(3, 2));
  // Deflated, Fortran order, float32 and int64 members, labels times 4, no R, an array that is not ours.
  const auto deflated = read_problem(testing::golden_path("numpy_deflated.npz"));
  CHECK(deflated.network.W == stored.network.W);
  CHECK(deflated.data.X == stored.data.X);
  CHECK(deflated.network.b == stored.network.b);
  for (int i = 0; i < 4; ++i) CHECK(deflated.data.y(i) == 4 * stored.data.y(i));
  CHECK(deflated.data.R == 1);
}

TEST_CASE("JSON numbers mean what is written") {
  const TemporaryFolder folder;
  const auto p = read_problem(folder.write("a.json", kJson));
  CHECK(p.network.W(2, 0) == Rational(1, 10));
  CHECK(p.network.W(2, 1) == Rational(1, 100));
  CHECK(p.network.beta == Rational(1, 10));
  CHECK(p.data.y(1) == Rational(-3, 7));
  CHECK(p.data.X(0, 1) == Rational(1, 4));
  const std::string big = replaced(kJson, "\"b\": [0,", "\"b\": [123456789012345678901234567890,");
  CHECK(read_problem(folder.write("b.json", big)).network.b(0) == Rational(Integer("123456789012345678901234567890")));
}

TEST_CASE("round trips") {
  const TemporaryFolder folder;
  const auto json = read_problem(folder.write("a.json", kJson));
  write_problem(folder.path / "b.json", json);
  CHECK(equal(read_problem(folder.path / "b.json"), json));
  for (const auto& golden : testing::golden_networks()) {
    for (const char* name : {"c.npz", "c.json"}) {
      write_problem(folder.path / name, golden.problem);
      CHECK(equal(read_problem(folder.path / name), golden.problem));
    }
  }
  write_problem(folder.path / "d.npz", json);  // 1/10 and -3/7 are rounded
  const auto rounded = read_problem(folder.path / "d.npz");
  CHECK(rounded.network.beta == exact_rational(0.1));
  write_problem(folder.path / "e.npz", rounded);
  CHECK(text_of(folder.path / "d.npz") == text_of(folder.path / "e.npz"));
  CHECK(std::distance(fs::directory_iterator(folder.path), fs::directory_iterator()) == 6);  // no temporary is left
}

TEST_CASE("a network without neurons") {
  const TemporaryFolder folder;
  const auto p = read_problem(
      folder.write("a.json", R"({"X": [[0.5]], "y": [1], "W": [], "b": [], "v": [], "beta": 0, "comment": "empty"})"));
  CHECK(p.network.neurons() == 0);
  CHECK(p.network.dimension() == 1);
  for (const char* name : {"b.npz", "b.json"}) {
    write_problem(folder.path / name, p);
    CHECK(read_problem(folder.path / name).network.neurons() == 0);
  }
}

TEST_CASE("the radius") {
  const TemporaryFolder folder;
  const auto with = [&](const std::string& X, const std::string& R) {
    return folder.write("r.json",
                        R"({"X": [[0, 0], )" + X + R"(], "y": [1, 1], "W": [], "b": [], "v": [], "beta": 0)" + R + "}");
  };
  CHECK(read_problem(with("[0.6, 0.8]", "")).data.R == 1);
  CHECK(read_problem(with("[3, 4]", "")).data.R == 5);
  const Rational R = read_problem(with("[1, 1]", "")).data.R;
  CHECK((R * R >= 2 && R * R < 2 + parse_rational("1e-9")));
  CHECK(read_problem(with("[3, 4]", R"(, "R": "5")")).data.R == 5);
  CHECK_THAT(refusal(with("[3, 4]", R"(, "R": "4.999999999999999999999")")), Contains("R") && Contains("X[1]"));
  CHECK_THAT(refusal(with("[0, 0]", R"(, "R": 0)")), Contains("positive"));
  // Rounding to double must not push a sample out of the ball.
  const Rational third(1, 3);
  Problem<Rational> p = read_problem(with("[0.1, 0]", ""));
  p.data.X(1, 0) = third;
  p.data.R = third;
  for (const Rational& x : {third, Rational(2, 3), Rational(1, 10)}) {
    p.data.X(1, 0) = p.data.R = x;
    write_problem(folder.path / "r.npz", p);
    CHECK_NOTHROW(read_problem(folder.path / "r.npz"));
  }
}

TEST_CASE("malformed JSON is refused with file, field and value") {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& from, const std::string& to) {
    return refusal(folder.write("bad.json", replaced(kJson, from, to)));
  };
  CHECK_THAT(said("[0.1, 1e-2]", "[0.1, \"x\"]"), Contains("W[2][1]") && Contains("'x'"));
  CHECK_THAT(said("[0.1, 1e-2]", "[0.1]"), Contains("W[2]") && Contains("found 1 numbers, expected 2"));
  CHECK_THAT(said("[0.1, 1e-2]", "7"), Contains("W[2]"));
  CHECK_THAT(said("[3, 4]", "[3, [4]]"), Contains("W[1][1]"));
  CHECK_THAT(said("1e-2", "1e400"), Contains("1e400"));
  CHECK_THAT(said("1e-2", "NaN"), Contains("byte"));
  CHECK_THAT(said("1e-2", "\"nan\""), Contains("W[2][1]"));
  CHECK_THAT(said("1e-2", "null"), Contains("W[2][1]") && Contains("null"));
  CHECK_THAT(said("1e-2", "true"), Contains("true"));
  CHECK_THAT(said("\"2.5\"", "\"1/0\""), Contains("b[2]"));
  CHECK_THAT(said("\"R\": 1", "\"beta\": 1"), Contains("beta") && Contains("second"));
  CHECK_THAT(said("\"R\": 1", "\"r\": 1"), Contains("'r'"));
  CHECK_THAT(said("\"R\": 1", "\"R\": [1, 2]"), Contains("(2,)"));
  CHECK_THAT(said("\"y\": [1, \"-3/7\"]", "\"y\": [1]"), Contains("y") && Contains("(1,)") && Contains("(2, 2)"));
  CHECK_THAT(said("\"y\": [1, \"-3/7\"], ", ""), Contains("y: found nothing"));
  CHECK_THAT(said("[[0.5, \"1/4\"], [-0.5, 0]]", "[]"), Contains("X"));
  CHECK_THAT(said("[[0.5, \"1/4\"], [-0.5, 0]]", "[[], []]"), Contains("X"));
  CHECK_THAT(said("[[0.5, \"1/4\"], [-0.5, 0]]", "[[1], [0]]"), Contains("W") && Contains("(3, 2)"));
  CHECK_THAT(said("\"b\": [0, 1, \"2.5\"]", "\"b\": [[0], [1], [2]]"), Contains("b") && Contains("(3, 1)"));
  for (const std::string text : {"", "  ", "[1]", "{", "{}", "{\"X\": 1} x", "42", "{\"X\": {}}"})
    refusal(folder.write("bad.json", text));
  refusal(folder.write("deep.json", "{\"X\": " + std::string(200000, '[')));
  for (std::size_t length = 0; length < kJson.size(); ++length)
    refusal(folder.write("cut.json", kJson.substr(0, length)));
}

TEST_CASE("malformed .npz is refused with file, field and value") {
  const TemporaryFolder folder;
  const auto said = [&](const std::string& name, const std::string& member) {
    return refusal(folder.write("bad.npz", npz_with(name, member)));
  };
  CHECK_NOTHROW(read_problem(folder.write("good.npz", npz_with("", ""))));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(2, 1)", doubles({0.5, NAN}))), Contains("X[1][0]") && Contains("nan"));
  CHECK_THAT(said("y.npy", npy("'<f8'", "(2,)", doubles({0.5, -INFINITY}))), Contains("y[1]") && Contains("-inf"));
  CHECK_THAT(said("beta.npy", npy("'<f8'", "()", doubles({NAN}))), Contains("beta") && Contains("nan"));
  CHECK_THAT(said("X.npy", npy("'|O'", "(2, 1)", doubles({0.5, 1}))), Contains("Python objects"));
  CHECK_THAT(said("X.npy", npy("'>f8'", "(2, 1)", doubles({0.5, 1}))), Contains("big-endian"));
  CHECK_THAT(said("X.npy", npy("'<c16'", "(1, 1)", doubles({0.5, 1}))), Contains("<c16"));
  CHECK_THAT(said("X.npy", npy("[('a', '<f8')]", "(2,)", doubles({0.5, 1}))), Contains("dtype"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(2, 2)", doubles({0.5, 1}))), Contains("(2, 2)") && Contains("16 bytes"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(4294967296, 4294967297)", doubles({0.5, 1}))), Contains("4294967297"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(0, 1)", "")), Contains("at least one sample"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(2,)", doubles({0.5, 1}))), Contains("(2,)"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(2, 1, 1)", doubles({0.5, 1}))), Contains("two axes"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(-2, 1)", doubles({0.5, 1}))), Contains("shape"));
  CHECK_THAT(said("X.npy", npy("'<f8'", "(2, 1)", doubles({0.5, 1}), "Maybe")), Contains("Maybe"));
  CHECK_THAT(said("v.npy", npy("'<f8'", "(2,)", doubles({0.5, 1}))),
             Contains("v") && Contains("(2,)") && Contains("(1, 1)"));
  CHECK_THAT(said("X.npy", ""), Contains("X"));
  CHECK_THAT(said("X.npy", "\x93NUMPY"), Contains("X"));
  CHECK_THAT(refusal(folder.write("torch.npz", zip({{"archive/data.pkl", "x"}}))),
             Contains("PyTorch") && Contains("savez"));
  CHECK_THAT(refusal(folder.write("a.pkl", "\x80\x02}q")), Contains("pickle"));
  CHECK_THAT(refusal(folder.write("a.npy", npy("'<f8'", "()", doubles({1})))), Contains(".npy"));
  CHECK_THAT(refusal(folder.write("none.npz", zip({}))), Contains("no arrays"));
  CHECK_THAT(refusal(folder.write("twice.npz", zip({{"R.npy", npy("'<f8'", "()", doubles({1}))},
                                                    {"R.npy", npy("'<f8'", "()", doubles({1}))}}))),
             Contains("second"));
}

TEST_CASE("every truncation and most changed bytes of an .npz are noticed, none crashes") {
  const TemporaryFolder folder;
  for (const char* name : {"numpy_stored.npz", "numpy_deflated.npz"}) {
    const std::string good = text_of(testing::golden_path(name));
    for (std::size_t length = 0; length < good.size(); length += 7)
      refusal(folder.write("cut.npz", good.substr(0, length)));
    for (std::size_t at = 0; at < good.size(); at += 3) {
      std::string changed = good;
      changed[at] = static_cast<char>(changed[at] ^ 0x55);
      try {
        (void)read_problem(folder.write("changed.npz", changed));
      } catch (const FormatError&) {
      }
    }
  }
}

TEST_CASE("files that cannot be read or written") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read_problem("/dev/zero"), Catch::Contains("1 GiB"));
  CHECK_THROWS_AS(read_problem(folder.path / "absent.npz"), IoError);
  CHECK_THROWS_AS(read_problem(folder.path), IoError);
  const auto p = read_problem(folder.write("a.json", kJson));
  CHECK_THROWS_AS(write_problem(folder.path / "absent" / "a.npz", p), IoError);
  CHECK_THROWS_AS(write_problem(folder.path / "a.txt", p), PreconditionError);
  Problem<Rational> huge = p;
  huge.network.beta = power(Rational(10), 400);
  CHECK_THROWS_AS(write_problem(folder.path / "huge.npz", huge), PreconditionError);
  CHECK_FALSE(fs::exists(folder.path / "huge.npz"));
  CHECK_NOTHROW(write_problem(folder.path / "huge.json", huge));
}
