# Who has access keys and is not behind the fence.
list_others() {
  local user fenced='' group
  for group in "${GROUP_NAMES[@]+"${GROUP_NAMES[@]}"}"; do
    fenced="$fenced"$'\n'"$(members_of "$group" 2>/dev/null || true)"
  done
  [ "${#GROUP_NAMES[@]}" -gt 0 ] || fenced=$(printf '%s\n' ${USERS[@]+"${USERS[@]}"})
  say 'Users that have access keys and are not behind this policy:'
  while IFS= read -r user; do
    has_line "$fenced" "$user" && continue
    if [ -n "$(aws iam list-access-keys --user-name "$user" --query 'AccessKeyMetadata[].AccessKeyId' --output text | lines_of)" ]; then
      say "  $user"
    fi
  done < <(aws iam list-users --query 'Users[].UserName' --output text | lines_of)
}
