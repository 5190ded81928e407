#!/usr/bin/env bash
# The pages as others judge them: the Nu HTML checker on every page, lychee on every link and anchor between
# them. site.sh [WORKSPACE]. Needs a Java runtime, and lychee on the path or in LYCHEE.
set -euo pipefail
workspace=$(realpath "${1:-$(dirname "$0")/../../designs}")
cd "$(dirname "$0")"
lychee=${LYCHEE:-lychee}
for program in java npm "$lychee"; do
  command -v "$program" >/dev/null || { echo "$program is missing: see README.md" >&2; exit 2; }
done
[ -e node_modules/vnu-jar ] || PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
# A checker that does not run finds no error.
java -jar node_modules/vnu-jar/build/dist/vnu.jar --version >/dev/null

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
engine=${EPURE:-}
if [ -z "$engine" ]; then
  cargo build --quiet --release
  engine=$(cargo metadata --no-deps --format-version 1 | sed -E 's/.*"target_directory":"([^"]*)".*/\1/')/release/epure
fi
"$engine" build "$workspace" --format html --out "$made/out"
pages=$(find "$made/out/site" -name '*.html' | wc -l)

failed=0
echo "== Nu HTML checker, $pages pages"
java -jar node_modules/vnu-jar/build/dist/vnu.jar --skip-non-html --errors-only "$made/out/site" 2>&1 |
  sed "s|file:$made/out/site/||" >"$made/nu" || true
sort "$made/nu" | head -40
errors=$(grep -c ': error:' "$made/nu" || true)
echo "$errors errors"
[ "$errors" -eq 0 ] || failed=1

echo "== lychee"
"$lychee" --offline --include-fragments --no-progress "$made/out/site" || failed=1
exit "$failed"
