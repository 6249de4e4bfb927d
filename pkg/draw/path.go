package draw

// Path is a row of segments, each from where the one before it ended.
type Path []Segment

// Segment is one step of a path.
type Segment struct {
	Kind   SegmentKind
	Points [3]Point // those that the kind uses, the end last
}

// SegmentKind tells how a segment leads to its end.
type SegmentKind byte

// The kinds of segments, with how many of a segment's points they use: one, one,
// three (two controls and the end), none.
const (
	Move  SegmentKind = 'M'
	Line  SegmentKind = 'L'
	Curve SegmentKind = 'C' // cubic Bézier
	Close SegmentKind = 'Z'
)

// round is how far the controls of a quarter circle stand off, as a share of
// its radius: 4/3 × (√2 − 1).
const round = 0.5522847498

// used is how many points a segment of the kind has.
func (k SegmentKind) used() int {
	switch k {
	case Move, Line:
		return 1
	case Curve:
		return 3
	case Close:
	}
	return 0
}

// MoveTo begins a new part of the path.
func (p Path) MoveTo(x, y float64) Path {
	return append(p, Segment{Move, [3]Point{{x, y}}})
}

// LineTo adds a straight line.
func (p Path) LineTo(x, y float64) Path {
	return append(p, Segment{Line, [3]Point{{x, y}}})
}

// CurveTo adds a cubic Bézier curve.
func (p Path) CurveTo(c1, c2, end Point) Path {
	return append(p, Segment{Curve, [3]Point{c1, c2, end}})
}

// Close leads back to where the part of the path began.
func (p Path) Close() Path { return append(p, Segment{Kind: Close}) }

// Transform is the path with every place multiplied by k and then moved.
func (p Path) Transform(k float64, by Point) Path {
	out := make(Path, len(p))
	for i, s := range p {
		for j := range s.Kind.used() {
			s.Points[j] = Point{s.Points[j].X*k + by.X, s.Points[j].Y*k + by.Y}
		}
		out[i] = s
	}
	return out
}

// Rect is a rectangle by its upper left corner, with corners rounded by radius
// r, at most half of its shorter side.
func Rect(x, y, w, h, r float64) Path {
	r = min(r, w/2, h/2)
	if r <= 0 {
		return Path{}.MoveTo(x, y).LineTo(x+w, y).LineTo(x+w, y+h).LineTo(x, y+h).Close()
	}
	k := r * (1 - round)
	return Path{}.MoveTo(x+r, y).
		LineTo(x+w-r, y).CurveTo(Point{x + w - k, y}, Point{x + w, y + k}, Point{x + w, y + r}).
		LineTo(x+w, y+h-r).CurveTo(Point{x + w, y + h - k}, Point{x + w - k, y + h}, Point{x + w - r, y + h}).
		LineTo(x+r, y+h).CurveTo(Point{x + k, y + h}, Point{x, y + h - k}, Point{x, y + h - r}).
		LineTo(x, y+r).CurveTo(Point{x, y + k}, Point{x + k, y}, Point{x + r, y}).Close()
}

// Circle is a circle by its centre and radius.
func Circle(x, y, r float64) Path { return Rect(x-r, y-r, 2*r, 2*r, r) }
