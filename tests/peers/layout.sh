#!/usr/bin/env bash
# Our row beside Graphviz' on any graph of the benchmark format: layout.sh GRAPH.json...
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
metrics=$(cd "${METRICS:-$root/../shared/layout}" && pwd)
graphs=()
for graph in "$@"; do graphs+=("$(realpath "$graph")"); done
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd "$root"
engine=${ENGINE:-}
if [ -z "$engine" ]; then
  cargo build --quiet --release --example layout
  engine=$(cargo metadata --no-deps --format-version 1 | sed -E 's/.*"target_directory":"([^"]*)".*/\1/')/release/examples/layout
fi
rows=()
for graph in "${graphs[@]}"; do
  name=$(basename "$graph" .json)
  "$engine" "$graph" "$made/$name-epure.json"
  rows+=("$made/$name-epure.json")
  for mode in ortho polyline; do
    # Without it Graphviz gives up on some nested graphs.
    if NEWRANK=1 RUNS=1 python3 "$metrics/run_dot.py" "$mode" "$graph" "$made/$name-dot-$mode.json" >/dev/null 2>&1; then
      rows+=("$made/$name-dot-$mode.json")
    else
      echo "Graphviz ($mode) lays out no $name" >&2
    fi
  done
done
python3 "$metrics/metrics.py" "${rows[@]}"
