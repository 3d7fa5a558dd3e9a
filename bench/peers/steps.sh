# Sourced by the scripts beside it: `step NAME` tells the bench that a step begins, in the form in which the action tells its own.
step() {
  printf '::group::%s\n' "$1"
}
