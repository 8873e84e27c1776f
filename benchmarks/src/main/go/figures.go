package main

import (
	"math"
	"runtime"
	"sort"
	"sync"
	"syscall"
	"time"
)

// What this process has used.
type figures struct {
	cpuNanos, switches, heapBytes float64
}

func figuresNow() figures {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return figures{float64(usage.Utime.Nano() + usage.Stime.Nano()), float64(usage.Nvcsw + usage.Nivcsw),
		float64(memory.TotalAlloc)}
}

func (f figures) minus(earlier figures) figures {
	return figures{f.cpuNanos - earlier.cpuNanos, f.switches - earlier.switches, f.heapBytes - earlier.heapBytes}
}

// By how much a bystander that wants to run every period is late; missed runs count as well, as in Delays.java.
type delays struct {
	lock   sync.Mutex
	period time.Duration
	last   time.Time
	seen   []float64
}

func startBystander(period time.Duration) *delays {
	d := &delays{period: period, last: time.Now()}
	go func() {
		for {
			time.Sleep(period)
			d.lock.Lock()
			d.tick()
			d.lock.Unlock()
		}
	}()
	return d
}

func (d *delays) tick() {
	now := time.Now()
	for late := max(0, now.Sub(d.last)-d.period); late >= 0; late -= d.period {
		d.seen = append(d.seen, float64(late))
	}
	d.last = now
}

func max(a, b time.Duration) time.Duration {
	if a > b {
		return a
	}
	return b
}

func (d *delays) reset() {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.seen = d.seen[:0]
	d.last = time.Now()
}

// Takes the present moment for a tick; what was seen since reset, ascending.
func (d *delays) sorted() []float64 {
	d.lock.Lock()
	defer d.lock.Unlock()
	d.tick()
	sorted := append([]float64(nil), d.seen...)
	sort.Float64s(sorted)
	return sorted
}

func (d *delays) worstGap() float64 {
	return percentile(d.sorted(), 1) + float64(d.period)
}

// The value that a share of all does not exceed.
func percentile(sorted []float64, share float64) float64 {
	index := int(math.Ceil(share*float64(len(sorted)))) - 1
	if index < 0 {
		index = 0
	}
	return sorted[index]
}

func printDelays(when string, sorted []float64) {
	result(when+"p50", percentile(sorted, 0.5))
	result(when+"p99", percentile(sorted, 0.99))
	result(when+"p999", percentile(sorted, 0.999))
	result(when+"worst", percentile(sorted, 1))
}
