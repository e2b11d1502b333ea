parse_arguments "$@"
if [ -n "$UNDO" ]; then
  undo
  exit 0
fi
check_undo_file
check_address
upload
finish
if declare -F list_others >/dev/null; then list_others; fi
