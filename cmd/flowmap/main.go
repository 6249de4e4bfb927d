// Command flowmap maps the data that a company copies by hand between its
// systems, prices it, and says what to integrate first.
package main

import (
	"context"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// memory is what flowmap would rather not take more of: beyond it, it collects
// more often. Only workspaces of some 50,000 flows and more come near.
const memory = 700 << 20

// perFlow is what a report of very many flows holds for each of them. Collecting
// what is in use anyway takes as long as the report.
const perFlow = 20 << 10

// roomFor lets a report of so many flows take what it needs, unless GOMEMLIMIT
// says what it may take.
func roomFor(flows int) {
	if need := int64(flows) * perFlow; debug.SetMemoryLimit(-1) == memory && need > memory {
		debug.SetMemoryLimit(need)
	}
}

func main() {
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // GOMEMLIMIT says nothing
		debug.SetMemoryLimit(memory)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := here().run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
