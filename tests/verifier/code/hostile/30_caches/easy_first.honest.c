// honest: ISOLATED
// A program that is compiled once for many tests.
int twice(int x) { return x + x; }
