# Policies of an organization: made or updated, then attached to each root, unit or account given with --to.

id_of() {
  aws organizations list-policies --filter "$TYPE" --query "Policies[?Name=='$1'].Id" --output text | lines_of | head -n 1
}

undo_one() {
  case $1 in
    policy-created) change_back organizations delete-policy --policy-id "$2" ;;
    policy-was) change organizations update-policy --policy-id "$2" --content "$3" ;;
    attached) change_back organizations detach-policy --policy-id "$2" --target-id "$3" ;;
    detached) change_back organizations attach-policy --policy-id "$2" --target-id "$3" ;;
    *) die "$UNDO_FILE: unknown note $1" ;;
  esac
}

content_of() { aws organizations describe-policy --policy-id "$1" --query Policy.Content --output text; }

IDS=()
put_policies() {
  local i id current changed=0
  for i in "${!POLICY_NAMES[@]}"; do
    id=$(id_of "${POLICY_NAMES[i]}")
    IDS+=("$id")
    [ -n "$id" ] || continue
    current=$(content_of "$id" | packed)
    [ "$current" = "$(printf %s "${DOCUMENTS[i]}" | packed)" ] || changed=$((changed + 1))
  done
  if [ "$changed" -gt 1 ]; then
    die "$changed policies of a split would change one after the other, which can open or lock what is there for a moment." \
      'Nothing was changed. Give the policy another name (keymoat set name), upload that, and then detach the old policies'
  fi
  for i in "${!POLICY_NAMES[@]}"; do put_one "$i"; done
}

put_one() {
  local name=${POLICY_NAMES[$1]} document=${DOCUMENTS[$1]} id=${IDS[$1]} old
  if [ -z "$id" ]; then
    say "policy $name: make it"
    if [ -n "$DRY_RUN" ]; then
      change organizations create-policy --name "$name" --type "$TYPE" --description keymoat --content "$document"
      IDS[$1]="id-of-$name"
    else
      IDS[$1]=$(aws organizations create-policy --name "$name" --type "$TYPE" --description keymoat --content "$document" \
        --query Policy.PolicySummary.Id --output text)
      note policy-created "${IDS[$1]}"
    fi
    return
  fi
  old=$(content_of "$id")
  if [ "$(printf %s "$old" | packed)" = "$(printf %s "$document" | packed)" ]; then return; fi
  say "policy $name: update it"
  change organizations update-policy --policy-id "$id" --content "$document"
  note policy-was "$id" "$(printf %s "$old" | one_line)"
}

attached_names() {
  aws organizations list-policies-for-target --target-id "$1" --filter "$TYPE" --query 'Policies[].[Name, Id]' --output text
}

attach_to_targets() {
  local target attached name id
  for target in "${TARGETS[@]+"${TARGETS[@]}"}"; do
    attached=$(attached_names "$target")
    for id in "${IDS[@]}"; do
      case $'\n'"$attached"$'\n' in *$'\t'"$id"$'\n'*) continue ;; esac
      say "$target: attach $id"
      change organizations attach-policy --policy-id "$id" --target-id "$target"
      note attached "$id" "$target"
    done
    while IFS=$'\t' read -r name id; do
      [[ $name == "$NAME"* && ${name#"$NAME"} =~ ^(-[0-9]+)?$ ]] || continue
      case " ${IDS[*]} " in *" $id "*) continue ;; esac
      say "$target: detach $name, which is no longer needed"
      change organizations detach-policy --policy-id "$id" --target-id "$target"
      note detached "$id" "$target"
    done <<<"$attached"
  done
}

upload() {
  put_policies
  attach_to_targets
  [ "${#TARGETS[@]}" -gt 0 ] || say 'Attached nowhere: give --to ID, once for each root, organizational unit or account'
}
