package layout

import (
	"math"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// score says how well a layout reads: large texts first, then few crossings; a
// map from left to right is worth a little.
func (l layout) score() float64 {
	score := 100*min(1, l.scale) - 0.8*float64(l.crossings()) - 5*l.steepness()
	if !l.down {
		score += 6
	}
	return score
}

// crossings counts how often lines cross each other.
func (l layout) crossings() int {
	var lines [][]draw.Point
	for i := range l.tails {
		lines = append(lines, polyline(l.tails[i]), polyline(l.heads[i]))
	}
	n := 0
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			n += meetings(a, b)
		}
	}
	return n
}

// steepness is how much lines rise or fall for each point that they go along,
// on average: a line that jumps up in a narrow gap is hard to follow.
func (l layout) steepness() float64 {
	rise, curves := 0.0, 0.0
	for _, ways := range [][]Way{l.tails, l.heads} {
		for _, w := range ways {
			for i := 0; i+3 < len(w); i += 3 {
				if dy := math.Abs(w[i+3].Y - w[i].Y); dy > 0.01 {
					rise, curves = rise+dy/max(1, math.Abs(w[i+3].X-w[i].X)), curves+1
				}
			}
		}
	}
	return rise / max(1, curves)
}

// polyline is a way as straight pieces.
func polyline(w Way) []draw.Point {
	const pieces = 6
	out := []draw.Point{w[0]}
	for i := 0; i+3 < len(w); i += 3 {
		for s := 1; s <= pieces; s++ {
			out = append(out, bezier(w[i:i+4], float64(s)/pieces))
		}
	}
	return out
}

// bezier is the point at share t of a cubic Bézier curve.
func bezier(c []draw.Point, t float64) draw.Point {
	a, b, d := between(c[0], c[1], t), between(c[1], c[2], t), between(c[2], c[3], t)
	return between(between(a, b, t), between(b, d, t), t)
}

func meetings(a, b []draw.Point) int {
	n := 0
	for i := range len(a) - 1 {
		for j := range len(b) - 1 {
			if cross(a[i], a[i+1], b[j], b[j+1]) {
				n++
			}
		}
	}
	return n
}

// cross tells whether two straight pieces cross.
func cross(a, b, c, d draw.Point) bool {
	turn := func(p, q, r draw.Point) bool { return (q.X-p.X)*(r.Y-p.Y) > (q.Y-p.Y)*(r.X-p.X) }
	return turn(a, c, d) != turn(b, c, d) && turn(a, b, c) != turn(a, b, d)
}
