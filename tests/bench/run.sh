#!/bin/sh
# Everything `make bench` does once the portal is built into target/bench/program. RIG, ARTICLES and ROUNDS are its settings.
set -eu
command -v node >/dev/null || { echo "The bench is written for Node, which is not there (Debian: apt-get install nodejs npm)." >&2; exit 1; }
cd "$(dirname "$0")/../.."
bench=tests/bench
work=target/bench
portal=target/tool/portal
corpus=../shared/corpus/vietnews-3000.jsonl.gz
rm -f $work/pages.json $work/page.json $work/builds.json

if [ -f "$RIG/measure.mjs" ]; then
  # The rig may be read-only, and its peers take minutes: a copy of our own, built once.
  rig=$work/rig
  if [ ! -e $rig/.built ]; then
    rm -rf $rig
    cp -r "$RIG" $rig
    chmod -R u+w $rig
    (cd $rig && npm ci --no-audit --no-fund && node build.mjs && touch .built)
  fi
  node $bench/content.mjs $rig $work/content $portal
  $portal check $work/content/api/v1
  rm -rf $work/dist
  cp -r $work/program $work/dist
  $portal build --api $work/content/api/v1 --out $work/dist
  node $bench/no-scripts.mjs $work/dist $work/dist-no-scripts
  node $rig/compress.mjs $work/dist $work/dist-no-scripts
  peers=$rig/peers
  node $rig/measure.mjs $peers/plain $peers/react $peers/sveltekit $peers/next $peers/solid $peers/preact $bench/no-scripts $bench \
    --rounds "$ROUNDS" --json $work/pages.json --md $work/pages.md >$work/measure.log
  node $bench/page.mjs $rig $work/page.json $bench $bench/no-scripts $peers/plain
fi

node $bench/many.mjs "$ARTICLES" $work/many public/api/v1 $corpus
$portal gather $work/many/portal/api/v1
node $bench/builds.mjs $work/many $portal $work/program $work/builds.json "$ARTICLES"
rm -rf $work/many

node $bench/report.mjs $work | tee $work/report.md
