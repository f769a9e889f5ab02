// honest: SHARED
// tests: structs
// A structure, and a macro of its own.
#define DOUBLE(x) ((x)*2)
struct Pair {
  int first, second;
};
Pair both(int x) { return {x, DOUBLE(x)}; }
