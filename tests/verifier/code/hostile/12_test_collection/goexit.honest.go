// honest: ISOLATED
// Leaves a goroutine of its own.
package main

import "runtime"

func twice(x int) int {
	done := make(chan bool)
	go func() {
		defer close(done)
		runtime.Goexit()
	}()
	<-done
	return 2 * x
}
