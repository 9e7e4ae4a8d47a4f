#!/usr/bin/env bash
# earful beside other programs on the same CSV file, as a Markdown table.
#
#   tests/bench/side_by_side.sh [CORPUS.csv [RUNS]]
#
# Every program runs RUNS times (3), one after the other in turn, so that a busy spell of the machine
# hits all alike; the table shows medians. The file needs a column `text`. A CORPUS.jsonl beside it is
# measured too. Without a file one is made: by ../shared/bench/make_corpus.py where that is there, else
# from examples/. What is not installed is left out and named below the table.
#
#   EARFUL   the binary                 (target/release/earful, built if it is not there)
#   RECORDS  size of a corpus it makes  (1000000)
#   PEER     a Rust peer: called as `$PEER sentimental 1 FILE` and `$PEER sentimental par FILE`
#   PYTHON   an interpreter             (python3), for vaderSentiment
set -euo pipefail
export LC_ALL=C  # `wc -w` takes a third less in a UTF-8 locale; one locale for all
cd "$(dirname "$0")/../.."

runs=${2:-3}
records=${RECORDS:-1000000}
python=${PYTHON:-python3}
shared=../shared
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

earful=${EARFUL:-target/release/earful}
[ -x "$earful" ] || cargo build --release --quiet

# Repeats the bakery's reviews and the laptop maker's posts, quoted cells and line breaks included.
make_small() {
    local texts=$work/texts.csv
    "$earful" score examples/bakery-reviews.csv examples/laptop-posts.jsonl --keep all --quiet --no-redact |
        sed -nE 's/.*"(Review|text)":"(([^"\\]|\\.)*)".*/\2/p' | sed 's/\\"/""/g; s/\\n/ /g; s/\\\\/\\/g' >"$texts"
    awk -v most="$records" '
        { text[NR] = $0 }
        END {
            print "id,author,date,product,rating,text"
            for (i = 1; i <= most; i++)
                printf "%d,user%d,2026-%02d-%02d,Model %d,%d,\"%s\"\n", i, i * 7919 % 9973, 1 + i % 12, 1 + i % 28, i % 25, 1 + i % 5, text[1 + (i - 1) % NR]
        }' "$texts" >"$1"
}

corpus=${1:-}
if [ -z "$corpus" ]; then
    corpus=$work/corpus.csv
    if [ -f $shared/bench/make_corpus.py ] && [ -d $shared/gold ]; then
        "$python" $shared/bench/make_corpus.py $shared/gold "$records" "$corpus" "$work/corpus.jsonl" >&2
    else
        make_small "$corpus"
    fi
fi
[ -r "$corpus" ] || { echo "side_by_side.sh: $corpus: cannot be read" >&2; exit 3; }
jsonl=${corpus%.csv}.jsonl

# The programs: a name, the file it reads, and a command. `@` in a command is the file.
names=() files=() commands=() missing=()
add() { names+=("$1"); files+=("$2"); commands+=("$3"); }
for file in "$corpus" "$jsonl"; do
    [ -r "$file" ] || continue
    kind=${file##*.}
    add "\`wc -w\`, ${kind^^}" "$file" 'wc -w @'
    add "earful report -j1, ${kind^^}" "$file" "$earful report --format csv --quiet -j1 @"
    add "earful report -j2, ${kind^^}" "$file" "$earful report --format csv --quiet -j2 @"
    add "earful score -j1, ${kind^^}" "$file" "$earful score --quiet -j1 @"
done
cat >"$work/vader.py" <<'PY'
import csv, sys
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
csv.field_size_limit(1 << 30)
analyzer, counts = SentimentIntensityAnalyzer(), [0, 0, 0]
for row in csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")):
    compound = analyzer.polarity_scores(row["text"])["compound"]
    counts[2 if compound >= .05 else 0 if compound <= -.05 else 1] += 1
print("negative %d neutral %d positive %d" % tuple(counts))
PY
if "$python" -c 'import vaderSentiment' 2>/dev/null; then
    add 'Python vaderSentiment' "$corpus" "$python $work/vader.py @"
else
    missing+=("Python vaderSentiment (pip install vaderSentiment)")
fi
if [ -n "${PEER:-}" ] && [ -x "$PEER" ]; then
    add 'Rust vader-sentimental, 1 thread' "$corpus" "$PEER sentimental 1 @"
    add 'Rust vader-sentimental, rayon' "$corpus" "$PEER sentimental par @"
else
    missing+=("a Rust peer (name its binary in PEER)")
fi

# Runs a command; appends "CPU wall MiB" to a file. Peak memory needs GNU time.
gnu_time=
[ -x /usr/bin/time ] && /usr/bin/time -f '' true 2>/dev/null && gnu_time=1
[ -n "$gnu_time" ] || missing+=("peak memory (apt-get install time)")
measure() {
    local out=$1 times=$2
    shift 2
    if [ -n "$gnu_time" ]; then
        /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' "$@" >"$out" 2>"$work/err" || { cat "$work/err" >&2; return 1; }
        awk '{ printf "%.3f %.3f %.1f\n", $2 + $3, $1, $4 / 1024 }' "$work/time" >>"$times"
    else
        local TIMEFORMAT='%R %U %S'
        { time "$@" >"$out" 2>"$work/err"; } 2>"$work/time" || { cat "$work/err" >&2; return 1; }
        awk '{ printf "%.3f %.3f -\n", $2 + $3, $1 }' "$work/time" >>"$times"
    fi
}

for ((run = 0; run <= runs; run++)); do
    for at in "${!names[@]}"; do
        # Paths may hold blanks, so the file is put in as one word. Round 0 fills the page cache and is
        # left out of the medians; slow programs skip it.
        [ "$run" -eq 0 ] && [[ ${names[at]} == *[Vv]ader* ]] && continue
        read -ra words <<<"${commands[at]}"
        for i in "${!words[@]}"; do [ "${words[i]}" = @ ] && words[i]=${files[at]}; done
        measure "$work/out.$at" "$work/times.$at" "${words[@]}"
        [ "$run" -eq 0 ] && rm "$work/times.$at"
    done
    [ "$run" -eq 0 ] || echo "run $run of $runs" >&2
done

median() { cut -d' ' -f"$2" "$1" | sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
# What a program counted, as proof of work.
proof() {
    case ${names[$1]} in
        *wc*) awk '{ print $1 " words" }' "$work/out.$1" ;;
        *report*) awk -F, '$1 == "total" { print "negative " $5 " neutral " $7 " mixed " $6 " positive " $4 }' "$work/out.$1" ;;
        *score*) grep -oE '"polarity":"[a-z]+","(praise|reason)"|"polarity":"unscored"' "$work/out.$1" | cut -d'"' -f4 |
            awk '{ n[$1]++ } END { printf "negative %d neutral %d mixed %d positive %d\n", n["negative"], n["neutral"], n["mixed"], n["positive"] }' ;;
        *) head -1 "$work/out.$1" ;;
    esac
}

count=$("$earful" report --format json --quiet "$corpus" | awk -F'[:,]' '/"records"/ { print $2 + 0; exit }')
cpu=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -1 || true)
echo "$count records, $(wc -c <"$corpus" | awk '{ printf "%.1f", $1 / 1e6 }') MB of CSV; medians of $runs; $(nproc 2>/dev/null || echo '?') cores${cpu:+ of $cpu}, $(uname -sm); $("$earful" --version)."
echo
echo '| program | CPU s | wall s | peak MiB | records/s | CPU ÷ `wc -w` | CPU ÷ earful report -j1 | counted |'
echo '|---|--:|--:|--:|--:|--:|--:|---|'
for at in "${!names[@]}"; do
    for base in "${!names[@]}"; do
        [ "${files[base]}" = "${files[at]}" ] || continue
        case ${names[base]} in
            *wc*) words_cpu=$(median "$work/times.$base" 1) ;;
            *'report -j1'*) report_cpu=$(median "$work/times.$base" 1) ;;
        esac
    done
    awk -v name="${names[at]}" -v cpu="$(median "$work/times.$at" 1)" -v wall="$(median "$work/times.$at" 2)" -v peak="$(median "$work/times.$at" 3)" \
        -v count="$count" -v words="$words_cpu" -v report="$report_cpu" -v proof="$(proof "$at")" '
        function over(a, b) { return b > 0 ? sprintf("%.2f", a / b) : "-" }
        BEGIN { rate = wall > 0 ? sprintf("%d", count / wall) : "-"; printf "| %s | %.2f | %.2f | %s | %s | %s | %s | %s |\n", name, cpu, wall, peak, rate, over(cpu, words), over(cpu, report), proof }'
done
if [ ${#missing[@]} -gt 0 ]; then
    echo
    printf 'Left out: %s.\n' "${missing[@]}"
fi
