// outcome: violation
// Opens a file of the host by its handle, past the tree.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
int main(void) {
  struct file_handle* handle = calloc(1, sizeof *handle + 8);
  handle->handle_bytes = 8;
  handle->handle_type = 1;
  handle->f_handle[0] = 2;
  return open_by_handle_at(open("/usr", O_RDONLY), handle, O_RDONLY) >= 0;
}
