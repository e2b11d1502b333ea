usage() {
  cat <<'USAGE'
Uploads the policy. Running it again changes nothing.
  --dry-run            say what would be done, change nothing
  --my-address A       the public address of this machine, where it cannot be found out
  --no-address-check   do not check that this machine stays let through
  --undo               go back to what was there before the last upload from here
  --undo-file PATH     where that is noted (default: beside this script)
USAGE
}

say() { printf '%s\n' "$*"; }
die() {
  printf 'keymoat: %s\n' "$*" >&2
  exit 1
}

DRY_RUN=''
UNDO=''
MY_ADDRESS=''
ADDRESS_CHECK=yes
UNDO_FILE="${BASH_SOURCE[0]:-$NAME}.undo"
TARGETS=()

parse_arguments() {
  while [ "$#" -gt 0 ]; do
    case $1 in
      --dry-run) DRY_RUN=yes ;;
      --undo) UNDO=yes ;;
      --no-address-check) ADDRESS_CHECK='' ;;
      --my-address | --undo-file | --to)
        [ "$#" -gt 1 ] || die "$1 needs a value"
        set_option "$1" "$2"
        shift
        ;;
      --my-address=* | --undo-file=* | --to=*) set_option "${1%%=*}" "${1#*=}" ;;
      --help | -h)
        usage
        exit 0
        ;;
      *) die "unknown argument $1: --help lists what there is" ;;
    esac
    shift
  done
  command -v aws >/dev/null 2>&1 || die 'the AWS CLI is not installed: there is no command aws'
}

set_option() {
  case $1 in
    --my-address) MY_ADDRESS=$2 ;;
    --undo-file) UNDO_FILE=$2 ;;
    --to) TARGETS+=("$2") ;;
  esac
}

# Calls that change something. A long document is named, not shown.
change() {
  if [ -n "$DRY_RUN" ]; then
    local words='' word
    for word in "$@"; do
      case $word in '{'*) word='(the document)' ;; esac
      words="$words $word"
    done
    say "would run: aws$words"
    return
  fi
  aws "$@" >/dev/null
}

# A call that may find nothing: fails with status 1 then, and ends the script on any other error.
look() {
  local status=0 said
  said=$(aws "$@" 2>&1) || status=$?
  if [ "$status" -eq 0 ]; then
    printf '%s\n' "$said"
    return 0
  fi
  case $said in *NoSuchEntity* | *NoSuchBucketPolicy* | *PolicyNotFound*) return 1 ;; esac
  printf '%s\n' "$said" >&2
  exit 2
}

# The lines of a tab-separated answer; none for no answer.
lines_of() { tr '\t' '\n' | sed -e '/^None$/d' -e '/^$/d'; }

# Whether a word stands on a line of its own.
has_line() { printf '%s\n' "$1" | grep -Fxq -e "$2"; }

# JSON without its white space; keymoat's documents have none within strings.
packed() { tr -d ' \t\r\n'; }

# The same on one line with its strings as they are, for the notes.
one_line() { tr -d '\t\r\n'; }

# What was done, the last first when undone. A run that did not end is continued in the same notes.
NOTING=''
note() {
  [ -z "$DRY_RUN" ] || return 0
  if [ -z "$NOTING" ]; then
    NOTING=yes
    if [ -s "$UNDO_FILE" ] && ! tail -n 1 "$UNDO_FILE" | grep -Fxq 'done'; then
      say "continuing an upload that did not end"
    else
      : >"$UNDO_FILE"
    fi
  fi
  local IFS=$'\t'
  printf '%s\n' "$*" >>"$UNDO_FILE"
}

check_undo_file() {
  [ -z "$DRY_RUN" ] || return 0
  if [ -e "$UNDO_FILE" ]; then
    [ -w "$UNDO_FILE" ] || die "cannot write $UNDO_FILE: give --undo-file PATH"
  else
    [ -w "$(dirname "$UNDO_FILE")" ] || die "cannot write $UNDO_FILE: give --undo-file PATH"
  fi
}

finish() {
  if [ -n "$NOTING" ]; then
    note 'done'
    say "Done. --undo goes back; AWS takes some seconds to act on it everywhere."
  elif [ -z "$DRY_RUN" ]; then
    say 'Nothing to change.'
  fi
}

undo() {
  [ -s "$UNDO_FILE" ] || die "no upload to undo: there is no $UNDO_FILE"
  local all=() line i
  while IFS= read -r line; do all+=("$line"); done <"$UNDO_FILE"
  for ((i = ${#all[@]} - 1; i >= 0; i--)); do
    local fields=()
    IFS=$'\t' read -r -a fields <<<"${all[i]}"
    [ "${fields[0]}" = 'done' ] || undo_one "${fields[@]}"
  done
  [ -n "$DRY_RUN" ] || rm -f "$UNDO_FILE"
  say 'Undone.'
}

# A change that may have been undone already.
change_back() {
  if [ -n "$DRY_RUN" ]; then
    change "$@"
  else
    look "$@" >/dev/null || say "already gone: aws $1 $2"
  fi
}

# An address as hexadecimal digits, 8 or 32 of them; fails where it is none.
hex_of() {
  local address=$1 head tail group groups=() fill i
  if [[ $address =~ ^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$ ]]; then
    for i in 1 2 3 4; do [ "${BASH_REMATCH[i]}" -le 255 ] || return 1; done
    printf '%02x%02x%02x%02x' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[3]}" "${BASH_REMATCH[4]}"
    return
  fi
  [[ $address =~ ^[0-9A-Fa-f:]+$ && $address == *:* ]] || return 1
  head=${address%%::*}
  tail=''
  [ "$head" = "$address" ] || tail=${address#*::}
  local IFS=:
  # Split at the colons on purpose: there is nothing but digits and colons in it.
  # shellcheck disable=SC2206
  local front=($head) back=($tail)
  fill=$((8 - ${#front[@]} - ${#back[@]}))
  if [ "$head" = "$address" ]; then [ "$fill" -eq 0 ] || return 1; else [ "$fill" -ge 1 ] || return 1; fi
  groups=(${front[@]+"${front[@]}"})
  for ((i = 0; i < fill; i++)); do groups+=(0); done
  groups+=(${back[@]+"${back[@]}"})
  for group in "${groups[@]}"; do
    [[ $group =~ ^[0-9A-Fa-f]{1,4}$ ]] || return 1
    printf '%04x' "$((16#$group))"
  done
}

find_address() {
  local line last=''
  if command -v curl >/dev/null 2>&1; then
    curl -fsS --max-time 10 https://checkip.amazonaws.com 2>/dev/null || true
    return
  fi
  # bash speaks TCP itself: no curl, no TLS, and nothing but this check depends on the answer.
  {
    exec 3<>/dev/tcp/checkip.amazonaws.com/80 || return 0
    printf 'GET / HTTP/1.0\r\nHost: checkip.amazonaws.com\r\n\r\n' >&3
    while IFS= read -r -t 10 line <&3; do [ -z "$line" ] || last=$line; done
    printf '%s\n' "$last"
  } 2>/dev/null
}

# Whoever uploads must not lock this machine out.
check_address() {
  [ -n "$ADDRESS_CHECK" ] || return 0
  local address=$MY_ADDRESS hex first last
  [ -n "$address" ] || address=$(find_address | tr -d '[:space:]')
  [ -n "$address" ] || die 'cannot find out the public address of this machine: give --my-address A, or --no-address-check'
  hex=$(hex_of "$address") || die "$address is no address: give --my-address A, or --no-address-check"
  while IFS=- read -r first last; do
    if [ "${#first}" -eq "${#hex}" ] && [[ ! $hex < $first && ! $hex > $last ]]; then
      say "This machine's address $address is let through."
      return 0
    fi
  done <<<"$ADMITTED"
  die "the policy would lock out this machine: its address $address is not in the allowlist. Nothing was changed." \
    'Add the address with keymoat, or give --no-address-check'
}
