#!/usr/bin/env bash
# sweep_mpi_test.sh PROGRAM MPI_PROGRAM MPIEXEC
set -euo pipefail
program=$1 mpi_program=$2 mpiexec=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/sweep.toml" <<'SWEEP'
seeds = 3
[settings]
epochs = 60
record-every = 20
fresh = 10
[grid]
dim = [1, 2, 3]
samples = [16, 32]
[derived]
width = "2*samples"
SWEEP
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl=self,vader
"$program" sweep "$folder/sweep.toml" -o "$folder/alone" >/dev/null
"$mpiexec" -n 4 "$mpi_program" "$folder/sweep.toml" "$folder/mpi"
cmp "$folder/alone/table.csv" "$folder/mpi/table.csv"
"$program" sweep "$folder/sweep.toml" -o "$folder/half" --shard 1/2 >/dev/null
"$mpiexec" -n 4 "$mpi_program" "$folder/sweep.toml" "$folder/half"
cmp "$folder/alone/table.csv" "$folder/half/table.csv"
# A bad file ends all ranks.
echo "dim = 1" > "$folder/bad.toml"
if "$mpiexec" -n 4 "$mpi_program" "$folder/bad.toml" "$folder/bad" 2>/dev/null; then exit 1; fi
echo "the tables are the same"
