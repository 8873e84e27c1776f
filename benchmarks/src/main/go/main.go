// A rival in another language: the same loads as the Java applications, with goroutines. It prints key=value lines,
// as they do.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	switch os.Args[1] {
	case "sleep": // callers, milliseconds to warm up, milliseconds to measure
		sleep(int(number(2)), number(3), number(4))
	case "hogs": // computations, steps of each
		hogs(int(number(2)), int(number(3)))
	case "requests": // requests, steps of each, nanoseconds between two requests in the mean
		requests(int(number(2)), int(number(3)), number(4))
	case "nothing": // milliseconds to measure
		nothing(number(2))
	default:
		fmt.Fprintln(os.Stderr, "no such load: "+os.Args[1])
		os.Exit(2)
	}
}

func number(argument int) int64 {
	value, err := strconv.ParseInt(os.Args[argument], 10, 64)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	return value
}

func result(key string, value float64) {
	fmt.Printf("%s=%v\n", key, value)
}
