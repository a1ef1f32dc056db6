#pragma once
#include <map>
#include <utility>
#include <vector>

#include "shatterproof/linalg/matrix.hpp"

namespace shatterproof {

/// Layers of S^(k-1) in a row that share the codes they carry, at the angles first + i step, i = 0..layers-1.
struct WrappedBand {
  double first = 0, step = 0;
  double layers = 0;      ///< a whole number
  bool mirrored = false;  ///< stands at the negative angles too

  [[nodiscard]] double last() const { return first + (layers - 1) * step; }
};

/// Lattices wrapped round the sphere in bands (in the spirit of Hamkins and Zeger): layers staggered in all dimensions.
/// S^(k-1) is the set of (cos t a, sin t b), a in S^(p-1), b in S^(q-1), p + q = k (q = 1: b = 1 and t is a latitude).
/// A band is an arithmetic progression of t; its layers carry the product of one code of S^(p-1) with one of S^(q-1),
/// made in the same way, down to polygons. So a band is a product of k-1 progressions, and of their indices mod 2 those
/// are kept that are words of a binary code of least distance D: construction A, which gives D_(k-1) for the words of
/// even weight (D = 2) and E_7, E_8, .. for shortened extended Hamming codes (D = 4).
///
/// Why the points are at least 2x apart, x = sin(f/2). Claim, by induction on k, for whole products: two points whose
/// indices mod 2 differ in w places have |u - u'|^2 >= 4x^2 min(1, w/D), and >= 4x^2 if w = 0. Points of different
/// bands, or of a band and a mirror image, are f or more apart in t, and |u - u'| >= 2 sin(|t - t'|/2). In one band
/// |u - u'|^2 = 4 sin^2((t - t')/2) + cos t cos t' |a - a'|^2 + sin t sin t' |b - b'|^2 with t in a quarter turn
/// (either way for q = 1): t is spaced by g = max(asin x, 2 asin(x/sqrt D)), which gives 4x^2/D for layers an odd
/// number apart and 4x^2 for others; a and b are whole products for x/(least radius in the band), for which the claim
/// holds; a factor of one point has no index and adds nothing. Polygons have an even number of corners, so that the
/// parity closes up, spaced by g or more. The demands are tightened (tightened.hpp).
class WrappedCode {
 public:
  static constexpr long kMostDimension = 12;

  /// D = 2 or 4. Half chords of inner codes are rounded up to 2^(-i/cells), so that layers share them: more cells find
  /// more points and take longer.
  WrappedCode(int distance, double cells);
  /// What is worth while on S^(k-1).
  static double cells_for(long k);

  /// So many points on S^(k-1), 4 <= k <= kMostDimension, with half chord x, never too many; 0 for x outside
  /// [kLeastWrappedChord, 1/2].
  [[nodiscard]] double count(long k, double x);
  /// The points, count(k, x) rows of k doubles, each within 1e-13 of the exact one.
  [[nodiscard]] Matrix<double> points(long k, double x);

 private:
  /// How many points of a whole product have which indices mod 2, the j-th index in bit j.
  using Counts = std::vector<double>;

  /// S^(p+q-1) as above. The indices of S^(p-1) come first, then those of S^(q-1), then that of t.
  struct Split {
    long p, q;
    [[nodiscard]] std::size_t second_bit() const { return std::size_t(1) << (p - 1); }
    [[nodiscard]] std::size_t layer_bit() const { return std::size_t(1) << (p + q - 2); }
  };
  struct Shape {
    Split split;
    std::vector<WrappedBand> bands;
    Counts counts;
    double total = 0;  ///< of the counts
  };

  [[nodiscard]] bool is_word(std::size_t indices) const;
  [[nodiscard]] double spacing(double x) const;
  [[nodiscard]] bool has_shape(long k, double x) const;  ///< made of bands
  [[nodiscard]] double corners(long k, double x) const;
  Counts counts(long k, double x);
  double total(long k, double x);
  Counts band_counts(const Split& split, double x, const WrappedBand& band);
  WrappedBand best_band(const Split& split, double x, const WrappedBand& at);
  Shape shape_of(const Split& split, double x);
  const Shape& shape(long k, double x);
  std::vector<double> rows(long k, double x, std::size_t indices);
  void add_rows(const Split& split, double x, const WrappedBand& band, std::size_t indices, std::vector<double>& out);

  int distance_;
  double cells_;
  std::map<std::pair<long, double>, Shape> known_;
};

inline constexpr double kLeastWrappedChord = 1e-3;

}  // namespace shatterproof
