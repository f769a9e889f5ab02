// honest: SHARED
// tests: pairs
// A structure, by value.
struct pair {
  int first, second;
};
struct pair both(int x) {
  struct pair p = {x, 2 * x};
  return p;
}
