/**
 * What is run on a computer, for its `sh`. All that varies comes as arguments. Nothing else is taken for granted there than
 * POSIX tools, `head -c` and Linux's /proc; with Slurm its commands.
 */

/** `$1` work folder; prints its full path, and refuses one that cannot be written. */
export const openWorkFolder = `
case $1 in /*) folder=$1 ;; *) folder=$HOME/$1 ;; esac
mkdir -p "$folder/runs" "$folder/blobs" "$folder/programs" && chmod 700 "$folder" && cd "$folder" || exit 1
pwd -P`;

/**
 * Starts an attempt, unless it was started: one command, however far the computer is. `$1` run folder, `$2` attempt, `$3` the job's name for
 * Slurm. Then three lists, each after its length: files that must be there, and nothing happens but that those missing are told; pairs of a file
 * and its name in the folder, copied; pairs of a name and a text, written. Then `submit` is done.
 */
const startRun = (submit: string) => `
attempt=$2 job_name=$3
mkdir -p "$1/claim" && cd "$1" || exit 1
if [ -e "claim/$attempt" ] || [ -s "submitted-$attempt" ]; then echo started; exit 0; fi
shift 3
left=$1; shift
missing=0
while [ "$left" -gt 0 ]; do
  [ -e "$1" ] || { printf 'missing %s\\n' "$1"; missing=1; }
  shift; left=$((left - 1))
done
[ "$missing" -eq 0 ] || exit 0
# Each attempt writes its progress from line one.
if [ "$attempt" -gt 1 ] && [ -e progress.jsonl ]; then mv progress.jsonl "progress-$((attempt - 1)).jsonl"; fi
make_room() { case $1 in */*) mkdir -p "\${1%/*}" ;; esac; }
left=$1; shift
while [ "$left" -gt 0 ]; do
  make_room "$2" && cp "$1" "./$2" && chmod u+w "./$2" || exit 1
  shift 2; left=$((left - 1))
done
left=$1; shift
while [ "$left" -gt 0 ]; do
  # A link that broke may have left a script of ours behind that writes yet: each has a name of its own.
  make_room "$1" && printf '%s' "$2" > "./$1.$$.part" && mv "./$1.$$.part" "./$1" || exit 1
  shift 2; left=$((left - 1))
done
${submit}
echo started`;

/** The script leads its own session, so that it outlives the connection and can be signalled as a whole. */
export const startDirect = startRun(`
detach=
command -v setsid > /dev/null && detach=setsid
nohup $detach sh "job-$attempt.sh" > /dev/null 2>&1 < /dev/null &
echo started > "submitted-$attempt"`);

/** A job of that name, in the queue or past it, is the one: sbatch is not called again. */
export const startSlurm = startRun(`
queued=$(squeue -h -t all -u "$(id -un)" -n "$job_name" -o %i) || exit 75
job=$(printf '%s\\n' "$queued" | tail -n 1)
[ -n "$job" ] || job=$(sbatch --parsable "job-$attempt.sh") || exit 76
printf '%s\\n' "\${job%%;*}" > "submitted-$attempt.tmp" && mv "submitted-$attempt.tmp" "submitted-$attempt"`);

/** `$1` run folder, `$2` attempt, `$3` signal: to the whole session, where it is still the one that wrote its pid. */
export const signalDirect = `
cd "$1" || exit 0
read -r attempt pid boot ticks rest < pid || exit 0
[ "$attempt" = "$2" ] || exit 0
[ "$boot" = "$(cat /proc/sys/kernel/random/boot_id)" ] || exit 0
[ "$ticks" = "$(sed 's/^.*) //' "/proc/$pid/stat" 2> /dev/null | cut -d' ' -f20)" ] || exit 0
kill -s "$3" -- "-$pid" 2> /dev/null
exit 0`;

/** `$1` name. */
export const cancelSlurm = `scancel -u "$(id -un)" -n "$1"`;

/** All jobs of ours in one question, those that ended some minutes ago among them. */
export const askQueue = `squeue -h -t all -u "$(id -un)" -o '%i|%j|%T|%r'`;

/** `$1` number of a job that the queue no longer shows: accounting where there is some, else what the controller remembers. */
export const askEnd = `
if found=$(sacct -n -P -X -j "$1" -o JobID,JobName%80,State 2> /dev/null) && [ -n "$found" ]; then printf '%s\\n' "$found"; exit 0; fi
scontrol -o show job "$1" 2> /dev/null | sed -n 's/^JobId=\\([^ ]*\\) JobName=\\([^ ]*\\) .* JobState=\\([A-Z_]*\\) .*/\\1|\\2|\\3/p'
exit 0`;

/**
 * Triples: run folder, attempt, bytes of progress that are known. For each a line
 * `run BEGAN CLAIMED SUBMITTED ALIVE EXIT PROGRESS` and as many bytes of progress as it says. Asked every few seconds of a hundred runs, it
 * starts no program that the shell's own words can do without, and one for the lengths of all: each costs some milliseconds.
 */
export const lookAtRuns = `
limit=262144
line_end='
'
now=
{ read -r now < /proc/sys/kernel/random/boot_id; } 2> /dev/null
lengths() {
  left=$#
  while [ "$left" -ge 3 ]; do
    [ ! -e "$1/progress.jsonl" ] || set -- "$@" "$1/progress.jsonl"
    shift 3; left=$((left - 3))
  done
  [ $# -eq 0 ] || wc -c "$@" 2> /dev/null
}
# Before the lengths: what a run that has ended wrote is then told of whole.
exits=
read_exits() {
  while [ $# -ge 3 ]; do
    exit=-; attempt=; if [ -s "$1/rc" ]; then read -r attempt code < "$1/rc"; [ "$attempt" = "$2" ] && exit=$code; fi
    exits="$exits $exit"
    shift 3
  done
}
read_exits "$@"
told=$(lengths "$@")
# Of the next file that wc told of, if it is this one: one that went meanwhile is told nothing of.
length_of() {
  line=\${told%%"$line_end"*}
  bytes=0
  [ "/\${line#*/}" = "$1" ] || return 0
  bytes=$((\${line%%/*}))
  told=\${told#*"$line_end"}
}
twentieth() { shift 19; since=$1; }
for_one() {
  exits=\${exits# }; exit=\${exits%% *}; exits=\${exits#* }
  cd "$1" 2> /dev/null || { echo 'run - 0 - 0 - 0'; return; }
  began=-; [ -s "began-$2" ] && read -r began < "began-$2"
  claimed=0; [ -e "claim/$2" ] && claimed=1
  submitted=-; [ -s "submitted-$2" ] && read -r submitted < "submitted-$2"
  alive=0; attempt=; boot=; ticks=; pid=; stat=
  if [ -s pid ]; then read -r attempt pid boot ticks job < pid; fi
  if [ "$attempt" = "$2" ]; then
    claimed=2
    { read -r stat < "/proc/$pid/stat"; } 2> /dev/null
    stat=\${stat##*) }
    case $stat in Z*|X*|'') ;; *)
      twentieth $stat
      if [ "$boot" = "$now" ] && [ "$ticks" = "$since" ]; then alive=1; fi ;;
    esac
  fi
  length_of "$1/progress.jsonl"
  new=$((bytes - $3))
  [ "$new" -lt 0 ] && new=0
  [ "$new" -gt "$limit" ] && new=$limit
  echo "run $began $claimed $submitted $alive $exit $new"
  [ "$new" -gt 0 ] && tail -c "+$(( $3 + 1 ))" progress.jsonl | head -c "$new"
}
while [ $# -ge 3 ]; do for_one "$1" "$2" "$3"; shift 3; done
exit 0`;

/**
 * `$1` run folder. Its plain files, each after a line `SIZE NAME`; what only a later attempt would read stays, and what a script of ours
 * that was left behind may take away meanwhile.
 */
export const readRun = `
cd "$1" || exit 1
find . \\( -name claim -o -name checkpoint -o -name 'wfc*' -o -name '*.wfc*' -o -name '*.part' -o -name .brine-probe \\) -prune -o -type f -exec wc -c {} + |
while read -r size file; do
  # The sum of several.
  case $file in ./*) ;; *) continue ;; esac
  [ -r "$file" ] || continue
  printf '%d %s\\n' "$size" "$file"
  head -c "$size" "$file"
done`;

/** `$1` run folder: whether a few bytes can still be written there; and the last that Slurm wrote. */
export const probeDisk = `
cd "$1" && head -c 65536 /dev/zero > .brine-probe; code=$?
rm -f .brine-probe
[ ! -e slurm.out ] || tail -c 4000 slurm.out
exit $code`;

/** `$1` runs folder, then names of some: each is removed only where it is a folder, no link, and has the mark of a run. */
export const removeRuns = `
cd "$1" || exit 0
shift
for run do
  case $run in */*|.*|-*|'') continue ;; esac
  if [ -d "$run/claim" ] && [ ! -L "$run" ] && [ ! -L "$run/claim" ]; then rm -rf -- "./$run" || exit 1; fi
done
exit 0`;

/** `$1` runs folder, then names of some: for each that is there a line of its kilobytes and its name. */
export const measureRuns = `
cd "$1" || exit 0
shift
for run do
  if [ -d "$run/claim" ] && [ ! -L "$run" ]; then printf '%s %s\\n' "$(du -sk -- "./$run" 2> /dev/null | cut -f1)" "$run"; fi
done
exit 0`;
