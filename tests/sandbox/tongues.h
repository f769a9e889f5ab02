// Commands for programs of several languages, as simple as each allows.
//
//   std::string why_not;
//   Command command = InTongue(file, &why_not);
//   if (!why_not.empty()) GTEST_SKIP() << why_not;
//
// c and cpp are compiled outside the box, java in one go for all files: a
// file that_name.java has the class ThatName with main, its twin
// ThatNameHonest. python starts cold.
#ifndef TESTS_SANDBOX_TONGUES_H_
#define TESTS_SANDBOX_TONGUES_H_

#include <string>

#include "sandbox/command.h"
#include "tests/sandbox/hostile_files.h"

namespace assay::sandbox {

// `why_not` names what this host lacks.
Command InTongue(const HostileFile& file, std::string* why_not);

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_TONGUES_H_
