// refused: WRONG_ANSWER RUNTIME_ERROR
// first: easy
// Passes other tests with the same binary.
int twice(int x) { return 0; }
