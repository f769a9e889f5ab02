// honest: 32
// Half as many threads as are allowed, all at once.
#include <pthread.h>
#include <stdio.h>
static int count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t all;
static void* add(void* unused) {
  pthread_mutex_lock(&lock);
  ++count;
  pthread_mutex_unlock(&lock);
  pthread_barrier_wait(&all);
  return unused;
}
int main(void) {
  pthread_t threads[32];
  pthread_barrier_init(&all, 0, 32);
  for (int i = 0; i < 32; ++i)
    if (pthread_create(&threads[i], 0, add, 0) != 0) return 1;
  for (int i = 0; i < 32; ++i) pthread_join(threads[i], 0);
  printf("%d\n", count);
  return 0;
}
