// refused: COMPILE_ERROR
// Flags, files and foreign code by directives.
package main

// #cgo CFLAGS: -fplugin=/box/x.so -I/proc/1
// #include "/etc/shadow"
import "C"

//go:linkname exit os.runtime_beforeExit
//go:embed /etc/passwd
var secret string

//go:generate sh -c "exit 1"
func twice(x int) int { return 2 * x }
