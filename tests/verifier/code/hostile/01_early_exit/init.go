// refused: RUNTIME_ERROR WRONG_ANSWER
// Ends well before main begins, or as soon as it is asked.
package main

import (
	"os"
	"runtime"
)

func init() {
	if len(os.Args) > 9 {
		os.Exit(0)
	}
}

func twice(x int) int {
	defer os.Exit(0)
	runtime.Goexit()
	return x
}
