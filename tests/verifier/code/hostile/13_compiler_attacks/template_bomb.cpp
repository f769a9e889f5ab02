// refused: COMPILE_ERROR
// Types that double at each step, and a sum that never ends.
template <class A, class B>
struct Pair {};
template <int N>
struct Bomb {
  using Type = Pair<typename Bomb<N - 1>::Type, typename Bomb<N + 1>::Type>;
};
constexpr long sum(long n) {
  long s = 0;
  for (long i = 0; i < n; ++i) s += i % 7;
  return s;
}
constexpr long all = sum(1L << 40);
Bomb<1>::Type bomb;
int twice(int x) { return 2 * x; }
