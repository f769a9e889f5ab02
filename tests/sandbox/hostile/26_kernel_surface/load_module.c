// outcome: violation
// Loads code into the kernel.
#include <sys/syscall.h>
#include <unistd.h>
int main(void) { return syscall(SYS_finit_module, 0, "", 0) == 0; }
