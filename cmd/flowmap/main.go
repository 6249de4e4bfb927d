// Command flowmap maps the data that a company copies by hand between its
// systems, prices it, and says what to integrate first.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := here().run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
