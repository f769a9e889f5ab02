// refused: TIME_LIMIT
// time: 200
// Half a message, and silence.
#include <unistd.h>
int twice(int x) {
  if (write(5, "return i4", 9) < 0) return 0;
  for (;;) pause();
}
