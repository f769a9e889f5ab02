// refused: COMPILE_ERROR MEMORY_LIMIT RUNTIME_ERROR
// A program of gigabytes, by two numbers and a directive.
char first[1L << 34] = {1};
__asm__(".data\n.fill 0x7fffffff, 8, 1\n");
int twice(int x) { return first[x]; }
