#!/bin/sh
# Everything `make bench-search` does once the portal is built into dist/. FOLDER is its setting: a folder of API documents.
set -eu
cd "$(dirname "$0")/../.."
work=target/bench/search
portal=target/tool/portal
mkdir -p $work
{
  $portal measure-search "$FOLDER" --program dist --queries $work/queries.json
  if command -v npm >/dev/null; then
    # Installed here, never committed.
    [ -f $work/package.json ] || echo '{ "private": true, "type": "module" }' >$work/package.json
    (cd $work && npm install --no-audit --no-fund --silent pagefind@1.6.0 minisearch@7.2.0 playwright-core@1.65.1 >&2)
    rm -rf $work/api && cp -r "$FOLDER" $work/api
    $portal gather $work/api >&2
    rm -rf $work/site && mkdir -p $work/site
    cp -r dist/.program dist/*.js dist/*.wasm $work/site/
    $portal build --api $work/api --out $work/site >&2
    node tests/bench/search.mjs "$FOLDER" $work/queries.json $work/site $work
  else
    echo "Pagefind, MiniSearch and the browser are left out: they need Node (Debian: apt-get install nodejs npm)."
  fi
} | tee $work/report.md
