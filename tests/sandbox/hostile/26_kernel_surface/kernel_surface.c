// outcome: exited
// Calls that have let programs out of their kernels.
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  long calls[] = {SYS_bpf,
                  SYS_perf_event_open,
                  SYS_userfaultfd,
                  SYS_keyctl,
                  SYS_add_key,
                  SYS_request_key,
                  425,
                  426,
                  427,
                  SYS_process_vm_writev,
                  SYS_vmsplice,
                  SYS_kcmp,
                  SYS_name_to_handle_at,
                  SYS_quotactl,
                  SYS_fanotify_init,
                  SYS_seccomp,
                  SYS_setns,
                  SYS_migrate_pages,
                  SYS_move_pages,
                  SYS_syslog,
                  SYS_personality,
                  SYS_mq_open,
                  SYS_shmget,
                  SYS_semget,
                  SYS_msgget,
                  SYS_sethostname,
                  SYS_settimeofday,
                  SYS_clock_settime,
                  SYS_adjtimex,
                  SYS_vhangup};
  for (unsigned i = 0; i < sizeof calls / sizeof *calls; ++i)
    if (syscall(calls[i], 0, 0, 0, 0, 0, 0) >= 0)
      printf("ESCAPED %ld\n", calls[i]);
  return 0;
}
