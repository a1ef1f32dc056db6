// shatterproof-sweep-mpi SWEEP.toml FOLDER: `shatterproof sweep` over the ranks of an MPI job. Rank 0 hands out one cell
// after the other to whoever is free; the store and the table are those of `shatterproof sweep`, byte for byte.
#include <mpi.h>

#include <cstdio>
#include <exception>
#include <filesystem>

#include "shatterproof/core/atomic_file.hpp"
#include "shatterproof/core/error.hpp"
#include "shatterproof/training/sweep.hpp"

namespace {

using namespace shatterproof;

constexpr int kNoMore = -1, kTag = 0;

/// Rank 0: answers each question with the next cell, and each rank's last one with kNoMore.
void hand_out_cells(int cells, int ranks) {
  int next = 0;
  for (int working = ranks - 1; working > 0;) {
    int finished = 0;
    MPI_Status status;
    MPI_Recv(&finished, 1, MPI_INT, MPI_ANY_SOURCE, kTag, MPI_COMM_WORLD, &status);
    const int cell = next < cells ? next++ : kNoMore;
    if (cell == kNoMore) --working;
    MPI_Send(&cell, 1, MPI_INT, status.MPI_SOURCE, kTag, MPI_COMM_WORLD);
  }
}

void run_handed_cells(const Sweep& sweep, JobStore& store) {
  int cell = kNoMore;
  while (true) {
    MPI_Send(&cell, 1, MPI_INT, 0, kTag, MPI_COMM_WORLD);
    MPI_Recv(&cell, 1, MPI_INT, 0, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    if (cell == kNoMore) return;
    (void)run_sweep_cell(sweep.cells[static_cast<std::size_t>(cell)], store, [] { return true; });
  }
}

/// Exit codes as those of `shatterproof`.
int run_rank(int argc, char** argv, int rank, int ranks) {
  if (argc != 3) throw PreconditionError("expected SWEEP.toml and a folder of results");
  const Sweep sweep = read_sweep(argv[1]);
  JobStore store(argv[2]);
  if (ranks == 1)
    (void)run_sweep(sweep, store, {}, {});
  else if (rank == 0)
    hand_out_cells(static_cast<int>(sweep.cells.size()), ranks);
  else
    run_handed_cells(sweep, store);
  if (rank != 0) return 0;
  const auto table = sweep_table(sweep, store);
  if (!table) {
    std::fprintf(stderr, "shatterproof-sweep-mpi: cells are being run by others; start again for the table\n");
    return 4;
  }
  const auto file = std::filesystem::path(argv[2]) / "table.csv";
  write_file_atomically(file, *table);
  std::printf("%zu cells; written: %s\n", sweep.cells.size(), file.c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  MPI_Init(&argc, &argv);
  int rank = 0, ranks = 1, code = 5;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  try {
    code = run_rank(argc, argv, rank, ranks);
  } catch (const PreconditionError& e) {
    std::fprintf(stderr, "shatterproof-sweep-mpi: %s\n", e.what());
    code = 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "shatterproof-sweep-mpi: %s\n", e.what());
    code = 3;
  }
  if (code == 2 || code == 3) MPI_Abort(MPI_COMM_WORLD, code);  // the others may wait for this one
  MPI_Finalize();
  return code;
}
