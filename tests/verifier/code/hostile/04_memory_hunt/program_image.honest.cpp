// honest: ISOLATED
// Its own numbers, by address.
int twice(int x) {
  int values[2] = {x, x};
  int sum = 0;
  for (const int* at = values; at != values + 2; ++at) sum += *at;
  return sum;
}
