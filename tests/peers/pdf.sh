#!/usr/bin/env bash
# PDF, for which tests/all has no time: pdf.sh [FOLDER-FOR-PICTURES]. The tests with the feature, then the
# sample reports in both languages as qpdf and poppler see them, and every page as a picture to be looked at,
# four to a sheet.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
pictures=$(mkdir -p "${1:-$root/target/pdf-pages}" && cd "${1:-$root/target/pdf-pages}" && pwd)
cd "$root"

missing=()
command -v qpdf >/dev/null || missing+=(qpdf)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v montage >/dev/null || missing+=(imagemagick)
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=$([ "$(id -u)" -eq 0 ] || echo "sudo -n")
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -q && $as_root apt-get install -qy --no-install-recommends "${missing[@]}"
fi

cargo test --features pdf --test pdf --test shells
cargo test --features pdf --lib report::pdf
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cargo run --quiet --features pdf -- build designs --format pdf --out "$made/out"
for lang in fr en; do
  file=$made/out/pdf/$lang/res507.pdf
  echo "== $lang: $(wc -c <"$file") bytes"
  qpdf --check "$file"
  pdfinfo "$file"
  pdffonts "$file"
  pdftoppm -r 60 -png "$file" "$pictures/$lang"
  montage "$pictures/$lang"-*.png -tile 2x2 -geometry '+6+6' -background '#888' "$pictures/sheet-$lang.png"
done
echo "look at $pictures/sheet-*.png"
