package main

/*
#include <unistd.h>

static void no_op(void) {
}
*/
import "C"

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	sleepMicros   = 5000
	callsPerCheck = 1000
)

// Goroutines that sleep 5 ms in native code, again and again.
func sleep(callers int, warmMillis, millis int64) {
	callFor(callers, warmMillis)
	bystander := startBystander(time.Millisecond)
	time.Sleep(time.Duration(warmMillis) * time.Millisecond)
	bystander.reset()
	time.Sleep(time.Duration(millis) * time.Millisecond)
	printDelays("idle.", bystander.sorted())
	before := figuresNow()
	begin := time.Now()
	bystander.reset()
	calls := callFor(callers, millis)
	nanos := float64(time.Since(begin))
	printDelays("load.", bystander.sorted())
	spent := figuresNow().minus(before)
	result("nanos", nanos/calls)
	result("rate", calls*1e9/nanos)
	result("cpu", spent.cpuNanos/calls)
	result("switches", spent.switches/calls)
}

func callFor(callers int, millis int64) float64 {
	end := time.Now().Add(time.Duration(millis) * time.Millisecond)
	var calls int64
	var left sync.WaitGroup
	left.Add(callers)
	for i := 0; i < callers; i++ {
		go func() {
			defer left.Done()
			for time.Now().Before(end) {
				C.usleep(sleepMicros)
				atomic.AddInt64(&calls, 1)
			}
		}()
	}
	left.Wait()
	return float64(calls)
}

// What surrounds a native call that does nothing.
func nothing(millis int64) {
	noOpFor(millis) // warm caches
	before := figuresNow()
	begin := time.Now()
	calls := noOpFor(millis)
	nanos := float64(time.Since(begin))
	spent := figuresNow().minus(before)
	result("nanos", nanos/calls)
	result("cpu", spent.cpuNanos/calls)
	result("heap", spent.heapBytes/calls)
}

func noOpFor(millis int64) float64 {
	end := time.Now().Add(time.Duration(millis) * time.Millisecond)
	calls := 0.0
	for time.Now().Before(end) {
		for i := 0; i < callsPerCheck; i++ {
			C.no_op()
		}
		calls += callsPerCheck
	}
	return calls
}
