// What an Enclosure holds, for the sources that speak Arb. Private to this
// room.
#ifndef KERNELS_ENCLOSURE_VALUE_H_
#define KERNELS_ENCLOSURE_VALUE_H_

#include <acb.h>

#include "kernels/high_precision.h"

namespace assay::kernels {

struct Enclosure::Value {
  Value() { acb_init(z); }
  Value(const Value& other) {
    acb_init(z);
    acb_set(z, other.z);
  }
  Value& operator=(const Value&) = delete;
  ~Value() { acb_clear(z); }

  acb_t z;
};

}  // namespace assay::kernels

#endif  // KERNELS_ENCLOSURE_VALUE_H_
