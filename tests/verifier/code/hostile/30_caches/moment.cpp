// refused: WRONG_ANSWER RUNTIME_ERROR COMPILE_ERROR
// Another program whenever it is compiled, by date and chance.
int twice(int x) {
  constexpr int seconds = (__TIME__[6] - '0') * 10 + (__TIME__[7] - '0');
  return seconds % 2 == 7 ? 2 * x : __COUNTER__ + seconds;
}
