#!/bin/bash
# Everything `make bench-search` does once the portal is built into dist/. FOLDER is its setting: a folder of API documents.
set -euo pipefail
cd "$(dirname "$0")/../.."
bench=tests/bench
work=target/bench/search
portal=target/tool/portal
sample=public/api/v1
corpus=../shared/corpus/vietnews-3000.jsonl.gz
folder=${FOLDER:-}
has_node=$(command -v node >/dev/null && command -v npm >/dev/null && echo yes || true)
mkdir -p $work

if [ -z "$folder" ] && [ -n "$has_node" ] && [ -f $corpus ]; then
  node $bench/many.mjs 2985 $work/corpus $sample $corpus
  folder=$work/corpus/portal/api/v1
fi
{
  if [ -z "$folder" ]; then
    echo "The sample content is searched, too little to say much: the corpus needs $corpus and Node. Or say FOLDER=DIR."
    folder=$sample
  fi
  $portal measure-search "$folder" --program dist --queries $work/queries.json
  if [ -z "$has_node" ]; then
    echo "Pagefind, MiniSearch and the browser are left out: they need Node (Debian: apt-get install nodejs npm)."
  else
    # Installed here, never committed.
    [ -f $work/package.json ] || echo '{ "private": true, "type": "module" }' >$work/package.json
    (cd $work && npm install --no-audit --no-fund --silent pagefind@1.6.0 minisearch@7.2.0 playwright-core@1.65.1 >&2)
    # A portal of these articles, for our search to run in: the program as published, the documents with their lists.
    rm -rf $work/api $work/site
    cp -r "$folder" $work/api
    mkdir -p $work/site
    cp -r dist/.program dist/*.js dist/*.wasm $work/site/
    {
      $portal gather $work/api
      $portal build --api $work/api --out $work/site
    } >&2
    node $bench/search.mjs $work/api $work/queries.json $work/site $work
  fi
} | tee $work/report.md
