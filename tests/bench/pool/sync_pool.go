// pool-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Go's sync.Pool in the columns of pool_bench.cpp. Prints "COLUMN NANOSECONDS"
// for each sample; bursts and pairs on one goroutine, the rest on two.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"
)

type small struct{ bytes [64]byte }
type large struct{ bytes [4096]byte }

var smalls = sync.Pool{New: func() any { return new(small) }}
var larges = sync.Pool{New: func() any { return new(large) }}

func pairs(count int) {
	for i := 0; i < count; i++ {
		object := smalls.Get().(*small)
		object.bytes[0] = 1
		smalls.Put(object)
	}
}

func both(run func()) {
	var done sync.WaitGroup
	done.Add(2)
	for i := 0; i < 2; i++ {
		go func() {
			run()
			done.Done()
		}()
	}
	done.Wait()
}

func main() {
	runtime.GOMAXPROCS(2)
	const count = 50000
	report := func(column string, operations int, run func()) {
		begin := time.Now()
		run()
		fmt.Println(column, float64(time.Since(begin).Nanoseconds())/float64(operations))
	}
	for sample := 0; sample < 15; sample++ {
		report("pair_64", count, func() { pairs(count) })
		report("pair_4096", count, func() {
			for i := 0; i < count; i++ {
				object := larges.Get().(*large)
				object.bytes[0] = 1
				larges.Put(object)
			}
		})
		report("burst_64", count, func() {
			var out [64]*small
			for i := 0; i < count/64; i++ {
				for j := range out {
					out[j] = smalls.Get().(*small)
				}
				for _, object := range out {
					smalls.Put(object)
				}
			}
		})
		report("two_threads", 2*count, func() { both(func() { pairs(count) }) })
		report("across", count, func() {
			handover := make(chan *small, 512)
			go func() {
				for i := 0; i < count; i++ {
					handover <- smalls.Get().(*small)
				}
				close(handover)
			}()
			for object := range handover {
				smalls.Put(object)
			}
		})
	}
}
