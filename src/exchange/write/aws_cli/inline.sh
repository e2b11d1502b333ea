# One document, put into the user, group or role itself: one call, which replaces what was there at once.

document_of() {
  look iam "get-$KIND-policy" "--$KIND-name" "$1" --policy-name "$NAME" --query PolicyDocument --output json
}

undo_one() {
  case $1 in
    inline-new) change_back iam "delete-$2-policy" "--$2-name" "$3" --policy-name "$NAME" ;;
    inline-was) change iam "put-$2-policy" "--$2-name" "$3" --policy-name "$NAME" --policy-document "$4" ;;
    group-created) change_back iam delete-group --group-name "$2" ;;
    member-added) change_back iam remove-user-from-group --group-name "$2" --user-name "$3" ;;
    *) die "$UNDO_FILE: unknown note $1" ;;
  esac
}

upload() {
  local holder old document
  if [ "$KIND" = role ]; then HOLDER_NAMES=(${TARGETS[@]+"${TARGETS[@]}"}); fi
  [ "${#HOLDER_NAMES[@]}" -gt 0 ] || die "which $KIND? Give --to NAME"
  check_users
  for holder in "${HOLDER_NAMES[@]}"; do
    if look iam "get-$KIND" "--$KIND-name" "$holder" >/dev/null; then continue; fi
    [ "$KIND" = group ] || die "there is no $KIND $holder: make it first"
    make_group "$holder"
  done
  for holder in "${HOLDER_NAMES[@]}"; do
    old=''
    if document=$(document_of "$holder"); then old=$document; fi
    if [ "$(printf %s "$old" | packed)" = "$(printf %s "${DOCUMENTS[0]}" | packed)" ]; then continue; fi
    say "$KIND $holder: put the inline policy $NAME"
    change iam "put-$KIND-policy" "--$KIND-name" "$holder" --policy-name "$NAME" --policy-document "${DOCUMENTS[0]}"
    if [ -z "$old" ]; then
      note inline-new "$KIND" "$holder"
    else
      note inline-was "$KIND" "$holder" "$(printf %s "$old" | one_line)"
    fi
  done
  if [ "$KIND" = group ]; then add_members; fi
}
