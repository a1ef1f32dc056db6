#pragma once
#include <cstddef>
#include <cstdint>

/// The kd-trees that one would take instead: plain arrays in (rows of `dimension` numbers, 3..8), seconds out. Trees
/// are asked in the order of the arrays, so the caller sorts them for good locality.
enum class KdTree { cgal, nanoflann };

/// Points of a code on the sphere, and how close two of them may be.
struct PeerCode {
  const double* rows;
  std::size_t count;
  long dimension;
  double chord;
};

[[nodiscard]] bool has_kd_tree(KdTree tree);

/// Building the tree and asking for each point whether another one is closer than the chord: by two nearest neighbours
/// or by a ball query, whichever is faster. The points are asked in the given order (good locality), only every
/// `stride`-th of them, and that time multiplied.
double kd_tree_verify(KdTree tree, const PeerCode& code, const std::uint32_t* order, std::size_t stride,
                      std::size_t& violations);

/// For each query a point of the code within the chord, if any; the building of the tree is not counted. CGAL: the
/// faster of nearest neighbour and any point in a ball. The queries come sorted for good
/// locality.
double kd_tree_bin(KdTree tree, const PeerCode& code, const double* queries, std::size_t count, std::size_t stride,
                   std::size_t& inside);

/// Random sequential packing of up to `most` of the candidates: a tree of all of them, each accepted point marks its
/// neighbours as dead.
double kd_tree_greedy(KdTree tree, const PeerCode& candidates, std::size_t most, std::size_t& accepted);
