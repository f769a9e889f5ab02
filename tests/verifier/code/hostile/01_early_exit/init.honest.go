// honest: ISOLATED
// A table made before main begins.
package main

var factor int

func init() { factor = 2 }

func twice(x int) int {
	defer func() { recover() }()
	return x * factor
}
