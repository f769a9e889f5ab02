// outcome: exited
// runs: 2
// says: tried
// Places by which a run could speak to the next one or to its neighbour.
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  if (shmget(0x51, 4096, IPC_CREAT | 0666) >= 0) puts("ESCAPED shmget");
  if (semget(0x51, 1, IPC_CREAT | 0666) >= 0) puts("ESCAPED semget");
  if (msgget(0x51, IPC_CREAT | 0666) >= 0) puts("ESCAPED msgget");
  if (mq_open("/left", O_CREAT | O_RDWR, 0666, 0) >= 0) puts("ESCAPED queue");
  if (shm_open("/left", O_CREAT | O_RDWR, 0666) >= 0) puts("ESCAPED shm_open");
  if (syscall(SYS_add_key, "user", "left", "x", 1, -3) >= 0)
    puts("ESCAPED key");
  if (syscall(SYS_keyctl, 0, -3, 0) >= 0) puts("ESCAPED keyring");
  if (syscall(SYS_request_key, "user", "left", "x", -3) >= 0)
    puts("ESCAPED request");
  if (inotify_init() >= 0) puts("ESCAPED inotify");
  if (syscall(SYS_fanotify_init, 0, 0) >= 0) puts("ESCAPED fanotify");
  puts("tried");
  return 0;
}
