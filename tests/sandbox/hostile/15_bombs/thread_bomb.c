// outcome: exited
// Threads until the limit says no.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void* sleep_long(void* unused) {
  pause();
  return unused;
}
int main(void) {
  int count = 0;
  pthread_t thread;
  while (pthread_create(&thread, 0, sleep_long, 0) == 0) ++count;
  puts(count < 64 ? "bounded" : "ESCAPED");
  return 0;
}
