// honest: ISOLATED
// A line for the assembler.
int twice(int x) {
  __asm__ volatile("" : "+r"(x));
  return 2 * x;
}
