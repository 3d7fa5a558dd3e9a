# Sourced by the scripts beside it: `step NAME` reports to the benchmark that a step begins, in the form of the action's log.
step() {
  printf '::group::%s\n' "$1"
}
