package diagram

import (
	"strconv"
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

func TestEveryIconCanBeDrawn(t *testing.T) {
	for _, k := range append(kinds(), "") {
		s := icon(Node{Kind: k}, 100, 200, 32, draw.RGB(0))
		if _, ok := icons[k]; len(s.Path) < 3 || !ok && k != "" {
			t.Errorf("%q has no icon", k)
		}
		for _, seg := range s.Path {
			for i, p := range seg.Points {
				if i == 0 && (seg.Kind == draw.Move || seg.Kind == draw.Line) && (p.X < 100 || p.X > 132 || p.Y < 200 || p.Y > 232) {
					t.Errorf("%q reaches %v, out of its square", k, p)
				}
			}
		}
		for _, w := range strings.Fields(icons[k]) {
			if _, isStep := steps[w]; !isStep {
				if _, err := strconv.ParseFloat(w, 64); err != nil {
					t.Errorf("%q has %q, which is neither a step nor a number", k, w)
				}
			}
		}
	}
}
