#include "verifier/code/lift/dialect.h"

namespace assay::code {

const Dialect* FindDialect(std::string_view name) {
  for (const Dialect* dialect :
       {&CDialect(), &CppDialect(), &GoDialect(), &JavaDialect(),
        &JavaScriptDialect(), &RustDialect(), &BashDialect(),
        &TypeScriptDialect()}) {
    if (dialect->name == name) return dialect;
  }
  return nullptr;
}

}  // namespace assay::code
