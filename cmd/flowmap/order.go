package main

import (
	"context"
	"runtime"
	"sync"
)

// inOrder does work on 0 to n-1 on all processors, and hands the results over one
// by one in that order, so that how many processors there are changes nothing.
func inOrder[T any](n int, work func(int) T, use func(T)) {
	const most = 512 // results held at a time
	results := make([]T, min(n, most))
	for first := 0; first < n; first += most {
		last := min(n, first+most)
		var group sync.WaitGroup
		next := make(chan int, last-first)
		for i := first; i < last; i++ {
			next <- i
		}
		close(next)
		for range runtime.GOMAXPROCS(0) {
			group.Go(func() {
				for i := range next {
					results[i-first] = work(i)
				}
			})
		}
		group.Wait()
		for _, r := range results[:last-first] {
			use(r)
		}
	}
}

// aside does work that writes nothing, and does not wait for its end once the
// context is over, nor begin it then: what is left of it ends with the program.
// The error is then the context's.
func aside[T any](ctx context.Context, work func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := work()
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return none, ctx.Err()
	}
}
