// honest: ISOLATED
// Packages of the library, for its own ends.
package main

import "strconv"

func twice(x int) int {
	text := strconv.Itoa(x)
	n, _ := strconv.Atoi(text)
	return n + x
}
