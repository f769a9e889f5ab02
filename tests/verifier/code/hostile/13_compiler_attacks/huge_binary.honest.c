// honest: ISOLATED
// A large array of nothing, and a small one of something.
static char empty[1 << 26];
static char full[1 << 16] = {2};
int twice(int x) { return x * (full[0] + empty[5]); }
