#include "sandbox/launcher/box_setup.h"

extern "C" int assay_serve(int control_fd) { return control_fd < 0 ? 1 : 0; }
