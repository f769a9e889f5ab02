// honest: 42
// A semaphore and a condition between threads of its own.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
static sem_t turn;
static int answer;
static void* find(void* unused) {
  answer = 42;
  sem_post(&turn);
  return unused;
}
int main(void) {
  pthread_t thread;
  sem_init(&turn, 0, 0);
  pthread_create(&thread, 0, find, 0);
  sem_wait(&turn);
  pthread_join(thread, 0);
  printf("%d\n", answer);
  return 0;
}
