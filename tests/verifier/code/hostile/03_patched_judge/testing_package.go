// refused: WRONG_ANSWER RUNTIME_ERROR COMPILE_ERROR
// Asks for no test to be run.
package main

import (
	"flag"
	"os"
)

func init() {
	os.Args = append(os.Args, "-test.run=^$", "-test.list=.")
	flag.Parse()
}

func TestTwice() {}

func twice(x int) int { return 7 }
