// Programs that attack what runs them. `clean` is printed where nothing came
// of it, `leaked` where something did. Words between @ are filled in: see
// AttacksTest::Aim.
#ifndef TESTS_E2E_ATTACKS_H_
#define TESTS_E2E_ATTACKS_H_

namespace assay {

struct HostileProgram {
  const char* name;
  const char* language;
  const char* program;
};

inline constexpr HostileProgram kHostilePrograms[] = {
    {"connects to the loopback", "python", R"(
import socket
leaked = False
for family, host in ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET, '0.0.0.0'),
                     (socket.AF_INET6, '::1'), (socket.AF_INET, '127.1.2.3')):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            s = socket.socket(family, kind)
            s.settimeout(0.3)
            s.connect((host, @PORT@))
            if kind == socket.SOCK_STREAM:
                leaked = True
            s.send(b'hello')
        except OSError:
            pass
print('leaked' if leaked else 'clean')
)"},
    {"connects to the service's socket", "python", R"(
import socket
leaked = False
for name in ('@SOCKET@', '/proc/1/root@SOCKET@', '/proc/@PID@/root@SOCKET@'):
    try:
        s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        s.connect(name)
        leaked = True
    except OSError:
        pass
print('leaked' if leaked else 'clean')
)"},
    {"connects with plain system calls", "c", R"(
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
  struct sockaddr_in a = {0};
  a.sin_family = AF_INET;
  a.sin_port = htons(@PORT@);
  a.sin_addr.s_addr = htonl(0x7f000001);
  int fd = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
  int leaked = fd >= 0 && syscall(SYS_connect, fd, &a, sizeof a) == 0;
  puts(leaked ? "leaked" : "clean");
  return 0;
}
)"},
    {"reads every environment", "python", R"(
import glob, os
texts = [repr(dict(os.environ))]
for path in (glob.glob('/proc/*/environ') + glob.glob('/proc/*/task/*/environ')
             + ['/proc/@PID@/environ', '/proc/1/environ']):
    try:
        texts.append(open(path, 'rb').read().decode('latin1'))
    except OSError:
        pass
leaked = any('@CANARY@' in text for text in texts)
print('leaked ' + ' '.join(texts) if leaked else 'clean')
)"},
    {"reads the service's files", "python", R"(
import glob, os
texts = []
for path in ['@FILE@', '/proc/1/root@FILE@', '/proc/self/root@FILE@',
             '/proc/@PID@/root@FILE@', '../../../..@FILE@', '/proc/@PID@/mem',
             '/proc/1/mem', '@FOLDER@/log'] + glob.glob('/proc/*/cwd/canary'):
    try:
        texts.append(open(path, 'rb').read(4096).decode('latin1'))
    except (OSError, ValueError):
        pass
for start in ('@FOLDER@', '/tmp', '/var/tmp'):
    for folder, _, names in os.walk(start):
        for name in names:
            try:
                texts.append(open(os.path.join(folder, name), 'rb')
                             .read(4096).decode('latin1'))
            except OSError:
                pass
leaked = any('@START@' in text for text in texts
             if 'texts.append' not in text)
print('leaked ' + ' '.join(texts) if leaked else 'clean')
)"},
    {"opens by handle and by descriptor", "python", R"(
import os
texts = []
for fd in range(3, 300):
    try:
        target = os.readlink('/proc/self/fd/%d' % fd)
        if target.startswith('/') and not target.startswith(('/usr', '/box',
                '/proc', '/dev', '/lib', '/memfd')):
            texts.append(target)
        os.lseek(fd, 0, os.SEEK_SET)
        texts.append(os.read(fd, 65536).decode('latin1'))
    except OSError:
        pass
leaked = any('@START@' in t and 'texts.append' not in t or '@FOLDER@' in t and
             'texts.append' not in t for t in texts)
print('leaked' if leaked else 'clean')
)"},
    {"traces its parents", "c", R"(
#include <errno.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <unistd.h>
int main(void) {
  int leaked = 0;
  int pids[] = {1, getppid(), @PID@};
  for (int i = 0; i < 3; ++i) {
    if (pids[i] <= 0) continue;
    if (ptrace(PTRACE_ATTACH, pids[i], 0, 0) == 0) leaked = 1;
  }
  puts(leaked ? "leaked" : "clean");
  return 0;
}
)"},
    {"leaves daemons behind", "python", R"(
import ctypes, os, time
for i in range(4):
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(15, b'@MARKER@', 0, 0, 0)
            for fd in range(64):
                try:
                    os.close(fd)
                except OSError:
                    pass
            time.sleep(1000)
        os._exit(0)
print('clean', flush=True)
)"},
    {"leaves daemons of another name behind", "c", R"(
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(void) {
  for (int i = 1; i < 32; ++i) signal(i, SIG_IGN);
  for (int i = 0; i < 5; ++i) {
    if (fork() == 0) {
      setsid();
      if (fork() != 0) _exit(0);
      prctl(PR_SET_NAME, "@MARKER@", 0, 0, 0);
      for (int fd = 0; fd < 64; ++fd) close(fd);
      for (;;) pause();
    }
  }
  puts("clean");
  return 0;
}
)"},
    {"kills whom it can", "python", R"(
import os, signal
for pid in [1, os.getppid(), @PID@] + list(range(2, 50)):
    if pid == os.getpid():
        continue
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except (OSError, ProcessLookupError):
            pass
print('clean')
)"},
    {"writes everywhere", "python", R"(
import os
for folder in ('/', '/tmp', '/var/tmp', '/dev/shm', '/etc', '/usr/bin',
               '/box', '@FOLDER@', '/proc/1/root' '/tmp', '/proc/1/cwd',
               '/proc/self/root' '/tmp', '/proc/@PID@/root' '/tmp',
               '../../../tmp', '../../../../@FOLDER@'):
    try:
        with open(os.path.join(folder, '@MARKER@'), 'w') as out:
            out.write('was here')
    except OSError:
        pass
    try:
        os.symlink('/etc/passwd', os.path.join(folder, '@MARKER@'))
    except OSError:
        pass
print('clean')
)"},
    {"mounts and changes its root", "c", R"(
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
int main(void) {
  int leaked = 0;
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 &&
      mount("/", "/box", 0, MS_BIND | MS_REC, 0) == 0) leaked = 1;
  if (mount("proc", "/proc", "proc", 0, 0) == 0) leaked = 1;
  mkdir("/box/r", 0755);
  if (chroot("/box/r") == 0) {
    for (int i = 0; i < 64; ++i) if (chdir("..") != 0) break;
    if (chroot(".") == 0 && open("@FILE@", O_RDONLY) >= 0) leaked = 1;
  }
  puts(leaked ? "leaked" : "clean");
  return 0;
}
)"},
    {"meets its twin in shared memory", "c", R"(
#include <fcntl.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
int main(void) {
  int leaked = 0;
  if (shmget(0x4153, 4096, 0600) >= 0) leaked = 1;
  shmget(0x4153, 4096, IPC_CREAT | 0600);
  if (shm_open("/@MARKER@", O_RDWR, 0600) >= 0) leaked = 1;
  shm_open("/@MARKER@", O_RDWR | O_CREAT, 0600);
  puts(leaked ? "leaked" : "clean");
  return 0;
}
)"},
    {"finds what an earlier run left", "python", R"(
import os
leaked = [path for path in ('/tmp/left', '/box/left', '/dev/shm/left')
          if os.path.exists(path)]
for path in ('/tmp/left', '/box/left', '/dev/shm/left'):
    try:
        open(path, 'w').write('left')
    except OSError:
        pass
print('leaked' if leaked else 'clean')
)"},
};

}  // namespace assay

#endif  // TESTS_E2E_ATTACKS_H_
