package main

import "testing"

func TestTwice(t *testing.T) {
	if twice(21) != 42 {
		t.Errorf("twice(21)")
	}
	if twice(-3) != -6 {
		t.Fatal("twice(-3)")
	}
}
