// honest: ISOLATED
// A goroutine that answers through a channel.
package main

import "fmt"

func twice(x int) int {
	answers := make(chan int)
	go func() { answers <- 2 * x }()
	fmt.Println("return i7")
	return <-answers
}
