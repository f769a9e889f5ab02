// refused: WRONG_ANSWER RUNTIME_ERROR COMPILE_ERROR
// tests: structs
// The tests' main gets another name, and this program one of its own.
struct Pair {
  int first, second;
};
Pair both(int x) { return {0, 0}; }
int main() { return 0; }
#define main not_main
