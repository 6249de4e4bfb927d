//go:build e2e

package e2etest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// chromium is one browser for all tests, each with a tab of its own.
var chromium struct {
	once  sync.Once
	ctx   context.Context
	close []context.CancelFunc
}

func browser() context.Context {
	chromium.once.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.NoSandbox,
			chromedp.DisableGPU,
			chromedp.Flag("disable-quic", true),
			chromedp.Flag("disable-component-update", true),
			// The network is cut: no name is found, and no address but this machine answers.
			chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
			chromedp.Flag("proxy-server", "127.0.0.1:1"),
		)
		allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
		chromium.close = append(chromium.close, end)
		chromium.ctx, end = chromedp.NewContext(allocator)
		chromium.close = append(chromium.close, end)
	})
	return chromium.ctx
}

func closeBrowser() {
	for i := len(chromium.close) - 1; i >= 0; i-- {
		chromium.close[i]()
	}
}

// tab is a page in Chromium with what it asked for and said since it was opened.
type tab struct {
	ctx  context.Context
	mu   sync.Mutex
	asks []string
	says []string
}

// open shows a file in a window of the given size in pixels.
func open(t *testing.T, file string, width, height int64) *tab {
	t.Helper()
	// The first tab starts the browser, and has to stay open for the others.
	if err := chromedp.Do(browser()); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	ctx, cancel := chromedp.NewContext(browser())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(stop)
	p := &tab{ctx: ctx}
	if err := chromedp.Listen(ctx, p.asked); err != nil {
		t.Fatalf("chromium: %v", err)
	}
	messages := chromedp.Console(ctx)
	go func() {
		for message, err := range messages {
			if err != nil {
				return
			}
			p.mu.Lock()
			p.says = append(p.says, message.String())
			p.mu.Unlock()
		}
	}()
	p.do(t, chromedp.EmulateViewport(width, height), chromedp.Navigate("file://"+file))
	return p
}

func (p *tab) asked(event any) {
	if request, ok := event.(*network.EventRequestWillBeSent); ok {
		p.mu.Lock()
		p.asks = append(p.asks, request.Request.URL)
		p.mu.Unlock()
	}
}

func (p *tab) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		t.Fatalf("chromium: %v", err)
	}
}

// evaluated is the value of an expression of JavaScript in the page.
func evaluated[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("chromium: %v in\n%s", err, expression)
	}
	return v
}

// loadsNothing fails when the page asked for anything but itself. What is written
// into the page (data:) is not asked for.
func (p *tab) loadsNothing(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, address := range p.asks {
		if i > 0 && !strings.HasPrefix(address, "data:") {
			t.Errorf("the page asks for %s", address)
		}
	}
	if len(p.asks) == 0 || !strings.HasPrefix(p.asks[0], "file:") {
		t.Errorf("the page itself is not among the requests: %q", p.asks)
	}
}

// staysQuiet fails when the page wrote an error to the console.
func (p *tab) staysQuiet(t *testing.T) {
	t.Helper()
	// A message of the page's own marks that all before it have been read.
	const mark = "all read"
	evaluated[chromedp.Void](t, p, fmt.Sprintf("console.log(%q)", mark))
	for p.ctx.Err() == nil {
		p.mu.Lock()
		says := p.says
		p.mu.Unlock()
		if len(says) == 0 || !strings.Contains(says[len(says)-1], mark) {
			time.Sleep(time.Millisecond)
			continue
		}
		for _, message := range says[:len(says)-1] {
			t.Errorf("the page says on the console: %s", message)
		}
		return
	}
	t.Errorf("the console gave no answer: %v", p.ctx.Err())
}

// screenshot keeps a picture of the whole page, if pictures are kept.
func (p *tab) screenshot(t *testing.T, name string) {
	t.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatalf("chromium: %v", err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		t.Fatal(err)
	}
	keep(t, file)
}
