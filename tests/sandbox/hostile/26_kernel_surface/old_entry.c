// outcome: violation
// System calls by the 32-bit gate, past a filter of 64-bit numbers.
int main(void) {
#if defined(__x86_64__)
  __asm__("mov $2, %eax; int $0x80");
#else
  __builtin_trap();
#endif
  return 0;
}
