package main

import (
	"math"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

const (
	period   = 5 * time.Millisecond
	settle   = 200 * time.Millisecond
	few      = 10
	seed     = 42
	warmPart = 5
)

var sink int64

//go:noinline
func compute(steps int) {
	var x int64
	for i := 0; i < steps; i++ {
		x += x*31 + int64(i)
	}
	atomic.StoreInt64(&sink, x)
}

func computeAll(count, steps int) {
	var left sync.WaitGroup
	left.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			defer left.Done()
			compute(steps)
		}()
	}
	left.Wait()
}

// Computations that all begin at once, beside a bystander.
func hogs(count, steps int) {
	computeAll(few, steps)
	bystander := startBystander(period)
	time.Sleep(settle)
	before := figuresNow()
	bystander.reset()
	begin := time.Now()
	computeAll(count, steps)
	nanos := time.Since(begin)
	result("gap", bystander.worstGap())
	result("nanos", float64(nanos))
	result("cpu", figuresNow().minus(before).cpuNanos)
}

// When requests come that know nothing of each other: as in Schedule.java.
type schedule struct {
	state uint64
	mean  float64
}

func (s *schedule) next() time.Duration {
	s.state += 0x9E3779B97F4A7C15
	z := (s.state ^ s.state>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	z ^= z >> 31
	uniform := float64(z>>11+1) * 0x1p-53
	return time.Duration(-math.Log(uniform) * s.mean)
}

// Requests that come when they come: each computes in a goroutine of its own.
func requests(count, steps int, meanNanos int64) {
	times := &schedule{seed, float64(meanNanos)}
	serve(count/warmPart, steps, times)
	bystander := startBystander(period)
	bystander.reset()
	before := figuresNow()
	took, nanos := serve(count, steps, times)
	result("gap", bystander.worstGap())
	sum := 0.0
	for _, each := range took {
		sum += each
	}
	sort.Float64s(took)
	result("rate", float64(count)*1e9/nanos)
	result("mean", sum/float64(count))
	result("p99", percentile(took, 0.99))
	result("cpu", figuresNow().minus(before).cpuNanos/float64(count))
}

// How long each answer took from when its request was to come, and how long all did.
func serve(count, steps int, times *schedule) ([]float64, float64) {
	took := make([]float64, count)
	var left sync.WaitGroup
	left.Add(count)
	begin := time.Now()
	due := begin
	for i := 0; i < count; i++ {
		due = due.Add(times.next())
		time.Sleep(time.Until(due))
		go func(i int, due time.Time) {
			defer left.Done()
			compute(steps)
			took[i] = float64(time.Since(due))
		}(i, due)
	}
	left.Wait()
	return took, float64(time.Since(begin))
}
