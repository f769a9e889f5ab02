// honest: ISOLATED
// A directive that means no harm.
package main

//go:noinline
func add(a, b int) int { return a + b }

func twice(x int) int { return add(x, x) }
