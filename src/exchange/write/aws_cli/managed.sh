# At every moment what is let through holds what both the old and the new policy let through, and lies within
# what either does: everything new is attached before anything old is detached or changed in place. Two
# documents that deny in other regions than before change places through copies that are attached meanwhile.

# Policies of this name that exist: NAME, ARN, default version and attachments, separated by tabs.
EXISTING=''
read_policies() {
  EXISTING=$(aws iam list-policies --scope Local --output text \
    --query "Policies[?starts_with(PolicyName, '$NAME')].[PolicyName, Arn, DefaultVersionId, AttachmentCount]" |
    sed -e '/^None$/d' -e '/^$/d')
}

# The fields of a policy that exists.
policy_field() {
  local name arn version count
  while IFS=$'\t' read -r name arn version count; do
    if [ "$name" = "$1" ]; then
      case $2 in arn) printf '%s' "$arn" ;; version) printf '%s' "$version" ;; count) printf '%s' "$count" ;; esac
      return
    fi
  done <<<"$EXISTING"
}

exists() { [ -n "$(policy_field "$1" arn)" ]; }

# Policies of this name and of its splits, also of the copies that a broken run has left.
is_own() {
  [[ $1 == "$NAME"* && ${1#"$NAME"} =~ ^(-[0-9]+|-next-[0-9a-f]+)?$ ]]
}

document_of() {
  aws iam get-policy-version --policy-arn "$(policy_field "$1" arn)" --version-id "$(policy_field "$1" version)" \
    --query PolicyVersion.Document --output json | packed
}

# The addresses of an operator of a document, one a line; none where it does not have it.
addresses_of() {
  aws iam get-policy-version --policy-arn "$(policy_field "$1" arn)" --version-id "$(policy_field "$1" version)" \
    --query "PolicyVersion.Document.Statement[0].Condition.$2.\"aws:SourceIp\"" --output text | lines_of
}

# Whether the document that a policy has now denies in its new region only: it names the same, or it lists all
# that lies outside.
same_region() {
  local now listed outside
  now=$(addresses_of "${POLICY_NAMES[$1]}" IpAddressIfExists | tr '\n' ' ')
  if [ -n "$now" ]; then
    [ "$now" = "${REGIONS[$1]}" ]
    return
  fi
  listed=$(addresses_of "${POLICY_NAMES[$1]}" NotIpAddress)
  [ -n "${OUTSIDES[$1]}" ] || return 1
  for outside in ${OUTSIDES[$1]}; do has_line "$listed" "$outside" || return 1; done
}

# Makes a policy, or makes the document its default version.
put_policy() {
  local name=$1 document=$2 arn old new oldest versions
  if ! exists "$name"; then
    say "policy $name: make it"
    if [ -n "$DRY_RUN" ]; then
      change iam create-policy --policy-name "$name" --policy-document "$document"
      arn="arn-of-$name"
    else
      arn=$(aws iam create-policy --policy-name "$name" --policy-document "$document" --query Policy.Arn --output text)
      note policy-created "$name" "$arn"
    fi
    EXISTING="$EXISTING"$'\n'"$name"$'\t'"$arn"$'\t'v1$'\t'0
    return
  fi
  arn=$(policy_field "$name" arn)
  old=$(policy_field "$name" version)
  say "policy $name: new version"
  versions=$(aws iam list-policy-versions --policy-arn "$arn" --query 'Versions[].VersionId' --output text | lines_of)
  if [ "$(printf '%s\n' "$versions" | wc -l)" -ge 5 ]; then
    oldest=$(printf '%s\n' "$versions" | grep -Fxv -e "$old" | sed 's/^v//' | sort -n | head -n 1)
    change iam delete-policy-version --policy-arn "$arn" --version-id "v$oldest"
  fi
  if [ -n "$DRY_RUN" ]; then
    change iam create-policy-version --policy-arn "$arn" --policy-document "$document" --set-as-default
    return
  fi
  new=$(aws iam create-policy-version --policy-arn "$arn" --policy-document "$document" --set-as-default \
    --query PolicyVersion.VersionId --output text)
  note version-created "$arn" "$old" "$new"
}

# Holders are groups, or users where the settings name no group: `group NAME` or `user NAME`.
attached_to() {
  aws iam "list-attached-$1-policies" "--$1-name" "$2" --query 'AttachedPolicies[].PolicyName' --output text | lines_of
}

attach() {
  say "$1 $2: attach $3"
  change iam "attach-$1-policy" "--$1-name" "$2" --policy-arn "$(policy_field "$3" arn)"
  note attached "$1" "$2" "$(policy_field "$3" arn)"
}

detach() {
  say "$1 $2: detach $3"
  change iam "detach-$1-policy" "--$1-name" "$2" --policy-arn "$(policy_field "$3" arn)"
  note detached "$1" "$2" "$(policy_field "$3" arn)"
}

delete_policy() {
  local arn=$1 version
  for version in $(look iam list-policy-versions --policy-arn "$arn" --query 'Versions[?!IsDefaultVersion].VersionId' \
    --output text | lines_of); do
    change_back iam delete-policy-version --policy-arn "$arn" --version-id "$version"
  done
  change_back iam delete-policy --policy-arn "$arn"
}

undo_one() {
  case $1 in
    policy-created) delete_policy "$3" ;;
    policy-deleted) look iam get-policy --policy-arn "$3" >/dev/null ||
      change iam create-policy --policy-name "$2" --policy-document "$4" ;;
    version-created)
      change_back iam set-default-policy-version --policy-arn "$2" --version-id "$3"
      change_back iam delete-policy-version --policy-arn "$2" --version-id "$4"
      ;;
    attached) change_back iam "detach-$2-policy" "--$2-name" "$3" --policy-arn "$4" ;;
    detached) change_back iam "attach-$2-policy" "--$2-name" "$3" --policy-arn "$4" ;;
    group-created) change_back iam delete-group --group-name "$2" ;;
    member-added) change_back iam remove-user-from-group --group-name "$2" --user-name "$3" ;;
    *) die "$UNDO_FILE: unknown note $1" ;;
  esac
}

# Of each holder what is attached there, a name a line.
ATTACHED=()
NEW_GROUPS=()
read_holders() {
  local holder kind name
  for holder in "${HOLDERS[@]+"${HOLDERS[@]}"}"; do
    kind=${holder%% *}
    name=${holder#* }
    if look iam "get-$kind" "--$kind-name" "$name" >/dev/null; then
      ATTACHED+=("$(attached_to "$kind" "$name")")
    else
      NEW_GROUPS+=("$name")
      ATTACHED+=('')
    fi
  done
}

# Whether the policy at a position belongs to the holder at a position.
belongs() { [[ " ${POLICIES_OF[$2]} " == *" $1 "* ]]; }

CHANGED=() # positions of policies that are attached somewhere with another document
FRESH=()   # positions of policies that are attached nowhere
compare() {
  local i name current wanted
  for i in "${!POLICY_NAMES[@]}"; do
    name=${POLICY_NAMES[i]}
    current=''
    if exists "$name"; then current=$(document_of "$name"); fi
    wanted=$(printf %s "${DOCUMENTS[i]}" | packed)
    if [ "$current" = "$wanted" ]; then
      continue
    elif [ -n "$current" ] && [ "$(policy_field "$name" count)" -gt 0 ]; then
      CHANGED+=("$i")
    else
      FRESH+=("$i")
    fi
  done
}

# Whether all changed documents deny in the region that they denied in before, and no document comes or goes.
same_regions() {
  local i h name
  for i in "${CHANGED[@]}"; do
    same_region "$i" || return 1
  done
  for h in "${!HOLDERS[@]}"; do
    for i in "${!POLICY_NAMES[@]}"; do
      belongs "$i" "$h" || continue
      has_line "${ATTACHED[h]}" "${POLICY_NAMES[i]}" || return 1
    done
    while IFS= read -r name; do
      if [ -n "$name" ] && is_own "$name" && ! is_wanted "$name" "$h"; then return 1; fi
    done <<<"${ATTACHED[h]}"
  done
}

is_wanted() {
  local i
  for i in "${!POLICY_NAMES[@]}"; do
    if [ "${POLICY_NAMES[i]}" = "$1" ] && belongs "$i" "$2"; then return 0; fi
  done
  return 1
}

# How many times a policy is attached to the holders that this script looks after.
attached_here() {
  local h here=0
  for h in "${!HOLDERS[@]}"; do if has_line "${ATTACHED[h]}" "$1"; then here=$((here + 1)); fi; done
  printf '%s' "$here"
}

COPIES=() # positions of policies whose new document is attached as a copy meanwhile
plan_copies() {
  local i
  [ "${#CHANGED[@]}" -gt 1 ] || return 0
  ! same_regions || return 0
  for i in "${CHANGED[@]}"; do
    if [ "$(policy_field "${POLICY_NAMES[i]}" count)" -gt "$(attached_here "${POLICY_NAMES[i]}")" ]; then
      die "${POLICY_NAMES[i]} is attached elsewhere too, and the policy is now split in another way: changing it would" \
        'open or lock what is there for a moment. Nothing was changed. Give the policy another name (keymoat set name)' \
        'and upload that, then move over whoever has the old one'
    fi
  done
  # The last one needs none: with all others there, its change in place completes the new policy.
  COPIES=("${CHANGED[@]:0:${#CHANGED[@]}-1}")
}

# Copies have names of their own for each content, so one that is there is right.
copy_name() { printf '%s' "${COPY_NAMES[$1]}"; }

make_copies() {
  local i
  for i in "${COPIES[@]+"${COPIES[@]}"}"; do
    exists "$(copy_name "$i")" || put_policy "$(copy_name "$i")" "${DOCUMENTS[i]}"
  done
}

check_room() {
  local h i count
  for h in "${!HOLDERS[@]}"; do
    count=$(printf '%s\n' "${ATTACHED[h]}" | sed '/^$/d' | wc -l)
    for i in "${!POLICY_NAMES[@]}"; do
      if belongs "$i" "$h" && ! has_line "${ATTACHED[h]}" "${POLICY_NAMES[i]}"; then count=$((count + 1)); fi
    done
    for i in "${COPIES[@]+"${COPIES[@]}"}"; do
      if belongs "$i" "$h" && ! has_line "${ATTACHED[h]}" "$(copy_name "$i")"; then count=$((count + 1)); fi
    done
    if [ "$count" -gt "$LIMIT" ]; then
      die "${HOLDERS[h]} would have $count policies attached for a moment, and AWS allows $LIMIT: the old ones may go only" \
        'after the new ones are there. Nothing was changed. Detach policies that are not of this allowlist, or give the' \
        'policy and the group other names (keymoat set name, attach_to.group), upload that, and then take the users out' \
        'of the old group. Where AWS has raised the quota, set KEYMOAT_ATTACHMENTS to it'
    fi
  done
}

attach_new() {
  local h i kind name
  for h in "${!HOLDERS[@]}"; do
    kind=${HOLDERS[h]%% *}
    name=${HOLDERS[h]#* }
    for i in "${!POLICY_NAMES[@]}"; do
      if belongs "$i" "$h" && ! has_line "${ATTACHED[h]}" "${POLICY_NAMES[i]}"; then
        # One that is attached elsewhere with its old document comes after its change.
        case " ${CHANGED[*]-} " in *" $i "*) continue ;; esac
        attach "$kind" "$name" "${POLICY_NAMES[i]}"
        ATTACHED[h]="${ATTACHED[h]}"$'\n'"${POLICY_NAMES[i]}"
      fi
    done
    for i in "${COPIES[@]+"${COPIES[@]}"}"; do
      if belongs "$i" "$h" && ! has_line "${ATTACHED[h]}" "$(copy_name "$i")"; then
        attach "$kind" "$name" "$(copy_name "$i")"
        ATTACHED[h]="${ATTACHED[h]}"$'\n'"$(copy_name "$i")"
      fi
    done
  done
}

detach_old() {
  local h kind name policy
  for h in "${!HOLDERS[@]}"; do
    kind=${HOLDERS[h]%% *}
    name=${HOLDERS[h]#* }
    while IFS= read -r policy; do
      if [ -n "$policy" ] && is_own "$policy" && ! is_wanted "$policy" "$h"; then
        detach "$kind" "$name" "$policy"
        case $policy in "$NAME-next-"*) ;; *) say "policy $policy is no longer needed; it stays, detached, for --undo" ;; esac
      fi
    done <<<"${ATTACHED[h]}"
  done
}

# Copies have served, those of a run that did not end too.
delete_copies() {
  local name arn version count document
  while IFS=$'\t' read -r name arn version count; do
    case $name in "$NAME-next-"*) ;; *) continue ;; esac
    is_own "$name" || continue
    [ -z "$DRY_RUN" ] || { say "would delete the copy $name"; continue; }
    count=$(aws iam get-policy --policy-arn "$arn" --query Policy.AttachmentCount --output text)
    [ "$count" = 0 ] || { say "the copy $name is attached elsewhere: it stays"; continue; }
    version=$(aws iam get-policy --policy-arn "$arn" --query Policy.DefaultVersionId --output text)
    document=$(aws iam get-policy-version --policy-arn "$arn" --version-id "$version" --query PolicyVersion.Document --output json | one_line)
    delete_policy "$arn"
    note policy-deleted "$name" "$arn" "$document"
  done <<<"$EXISTING"
}

upload() {
  local i last
  LIMIT=${KEYMOAT_ATTACHMENTS:-10}
  check_users
  read_policies
  compare
  read_holders
  plan_copies
  check_room
  for i in "${NEW_GROUPS[@]+"${NEW_GROUPS[@]}"}"; do make_group "$i"; done
  for i in "${FRESH[@]+"${FRESH[@]}"}"; do put_policy "${POLICY_NAMES[i]}" "${DOCUMENTS[i]}"; done
  make_copies
  attach_new
  if [ "${#CHANGED[@]}" -gt 0 ]; then
    # The one without a copy first: with it the new policy is there as a whole.
    last=${CHANGED[${#CHANGED[@]} - 1]}
    put_policy "${POLICY_NAMES[last]}" "${DOCUMENTS[last]}"
    CHANGED=("${CHANGED[@]:0:${#CHANGED[@]}-1}")
    attach_new
    for i in "${CHANGED[@]+"${CHANGED[@]}"}"; do put_policy "${POLICY_NAMES[i]}" "${DOCUMENTS[i]}"; done
    CHANGED=()
    attach_new
  fi
  detach_old
  delete_copies
  add_members
}
