check_users() {
  local user
  for user in "${USERS[@]+"${USERS[@]}"}"; do
    look iam get-user --user-name "$user" >/dev/null || die "there is no user $user: make it first, or take it out of attach_to.users"
  done
}

make_group() {
  say "group $1: make it"
  change iam create-group --group-name "$1"
  note group-created "$1"
}

members_of() { aws iam get-group --group-name "$1" --query 'Users[].UserName' --output text | lines_of; }

add_member() {
  say "group $1: add the user $2"
  change iam add-user-to-group --group-name "$1" --user-name "$2"
  note member-added "$1" "$2"
}

# Users last: they come under the whole fence or under none. Several groups have the same members.
add_members() {
  local group members user wanted=''
  if [ -n "$DRY_RUN" ]; then members_or_none() { members_of "$1" 2>/dev/null || true; }; else members_or_none() { members_of "$1"; }; fi
  for group in "${GROUP_NAMES[@]+"${GROUP_NAMES[@]}"}"; do
    members=$(members_or_none "$group")
    [ -n "$wanted" ] || wanted=$(printf '%s\n' "$members" ${USERS[@]+"${USERS[@]}"} | sed '/^$/d' | sort -u)
    while IFS= read -r user; do
      if [ -n "$user" ] && ! has_line "$members" "$user"; then add_member "$group" "$user"; fi
    done <<<"$wanted"
  done
}
