// honest: 8 8 1
// Calls of modern programs: events, timers, copies within the kernel.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/timerfd.h>
#include <unistd.h>
int main(void) {
  struct itimerspec soon = {{0, 0}, {0, 1000000}};
  struct epoll_event event = {EPOLLIN, {0}};
  uint64_t one = 1, got[2] = {0};
  int events = eventfd(0, 0), timer = timerfd_create(CLOCK_MONOTONIC, 0);
  int set = epoll_create1(0);
  timerfd_settime(timer, 0, &soon, 0);
  epoll_ctl(set, EPOLL_CTL_ADD, timer, &event);
  if (write(events, &one, 8) != 8 || getrandom(got, 8, 0) != 8) return 1;
  int ready = epoll_wait(set, &event, 1, 5000);
  printf("%d %d %d\n", (int)read(events, got, 8), (int)read(timer, got, 8),
         ready);
  return 0;
}
