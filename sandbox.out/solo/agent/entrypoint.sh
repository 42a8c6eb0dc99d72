#!/bin/sh
# The first program of a sandbox, started as the agent's own user: makes the folders the agent expects
# in its home, which is an empty tmpfs at every start, then becomes the command (`exec`, so that
# signals reach it and nothing of this script stays behind).
#
# SANDBOX_HOME_DIRS   absolute paths, colon separated; unset or empty means none
#
# A folder that cannot be made is reported, and the command runs all the same: it is no wall.
set -uf
umask 077

old_ifs=$IFS
IFS=:
for dir in ${SANDBOX_HOME_DIRS-}; do
  case $dir in
    /*) /bin/mkdir -p -- "$dir" || true ;;
    ?*) echo 'entrypoint: ignored a relative path in SANDBOX_HOME_DIRS' >&2 ;;
  esac
done
IFS=$old_ifs
unset SANDBOX_HOME_DIRS old_ifs dir

if [ "$#" -eq 0 ]; then
  echo 'entrypoint: no command to run' >&2
  exit 64
fi
exec "$@"
