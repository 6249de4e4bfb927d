// Package layout says where the cards and labels of a map stand, and how the
// lines between them lead. It knows sizes and nothing of what stands in them.
//
// Systems go into columns of our own choosing; Graphviz orders each column and
// finds ways around what is in between; the lines are then drawn anew.
package layout

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-graphviz"

	"github.com/flowmap-dev/flowmap/pkg/draw"
	"github.com/flowmap-dev/flowmap/pkg/graph/diagram/wasmcache"
)

// The process has its temporary folder back as soon as Graphviz has started.
var errCache = wasmcache.Restore()

// One Graphviz serves the process, and a second caller would break it.
var alone sync.Mutex

// placed is where Graphviz put a node: its centre, in points, y downwards.
type placed struct {
	name string
	at   draw.Point
}

// led is the way that Graphviz found for an edge: the start and then three
// points for each cubic Bézier curve.
type led struct {
	tail, head string
	points     []draw.Point
}

// plain is what Graphviz says of a graph.
type plain struct {
	width, height float64 // points
	nodes         []placed
	edges         []led
}

// arrange lets Graphviz lay out a graph written in DOT, in which each node and
// edge has a name that needs no quotes.
func arrange(dot []byte) (plain, error) {
	if errCache != nil {
		return plain{}, fmt.Errorf("temporary folder: %w", errCache)
	}
	out, err := render(dot)
	if err != nil {
		return plain{}, err
	}
	return readPlain(out)
}

func render(dot []byte) (out []byte, err error) {
	alone.Lock()
	defer alone.Unlock()
	// Cancelling a call into Graphviz would leave it unusable for the next one.
	ctx := context.Background()
	viz, err := graphviz.New(ctx)
	if err != nil {
		return nil, err
	}
	defer viz.Close()
	graph, err := graphviz.ParseBytes(dot)
	if err != nil {
		return nil, err
	}
	defer graph.Close()
	var b bytes.Buffer
	err = viz.Render(ctx, graph, "plain", &b)
	return b.Bytes(), err
}

// readPlain reads Graphviz's "plain" format, which is in inches from the lower
// left corner. https://graphviz.org/docs/outputs/plain/
func readPlain(out []byte) (plain, error) {
	var p plain
	// A backslash at the end of a line continues it.
	for text := range strings.Lines(strings.ReplaceAll(string(out), "\\\n", "")) {
		// What a line lacks is read as empty, which is no number.
		f := append(strings.Fields(text), "", "")
		var err error
		switch f[0] {
		case "graph":
			var size []draw.Point
			size, err = points(f[2:], 1, 0)
			if err == nil {
				p.width, p.height = size[0].X, -size[0].Y
			}
		case "node":
			var at []draw.Point
			if at, err = points(f[2:], 1, p.height); err == nil {
				p.nodes = append(p.nodes, placed{f[1], at[0]})
			}
		case "edge":
			var e led
			if e, err = readEdge(f, p.height); err == nil {
				p.edges = append(p.edges, e)
			}
		}
		if err != nil {
			return plain{}, fmt.Errorf("layout %q: %w", strings.TrimSpace(text), err)
		}
	}
	return p, nil
}

func readEdge(f []string, height float64) (led, error) {
	if len(f) < 4 {
		return led{}, fmt.Errorf("want the edge's ends and points")
	}
	n, err := strconv.Atoi(f[3])
	if err != nil {
		return led{}, err
	}
	at, err := points(f[4:], n, height)
	if err == nil && (n < 4 || n%3 != 1) {
		err = fmt.Errorf("want 4, 7, 10 … points, not %d", n)
	}
	return led{f[1], f[2], at}, err
}

// points reads n pairs of inches and turns them into points of 1/72 inch, y
// downwards from height.
func points(f []string, n int, height float64) ([]draw.Point, error) {
	if n < 0 || n > len(f)/2 {
		return nil, fmt.Errorf("want %d pairs of numbers", n)
	}
	out := make([]draw.Point, n)
	for i := range out {
		x, errX := strconv.ParseFloat(f[2*i], 64)
		y, errY := strconv.ParseFloat(f[2*i+1], 64)
		if errX != nil || errY != nil {
			return nil, fmt.Errorf("%q and %q are no place", f[2*i], f[2*i+1])
		}
		out[i] = draw.Point{X: x * 72, Y: height - y*72}
	}
	return out, nil
}
